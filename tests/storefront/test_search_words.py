"""Words staff keep for the search, words nobody found, and what is suggested while one types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.search.actions import tidy
from storefront.search.models import KnownWord, Miss, Synonym
from storefront.search.policy import distance, slips_of
from tests.storefront.shelf import put_on_shelf

Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def shelf(clock: Any, work: Work) -> None:
    with work():
        put_on_shelf(title_it="Giacca di jeans Corso", colour="Indigo", colour_it="Indaco")
        put_on_shelf("passo-trainers", "Passo trainers", kind="Trainers", category="shoes", stock={"40": 1})


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


def add(clerk: FlaskClient, term: str, other: str, language: str = "en") -> Any:
    values = {"language": language, "term": term, "other": other}
    return clerk.post("/staff/synonyms", data=values, follow_redirects=True)


def missed(app: Flask) -> list[tuple[str, str, int, str | None]]:
    with app.app_context():
        rows = db.session.scalars(select(Miss).order_by(Miss.id)).all()
        return [(row.language, row.words, row.times, row.shown_instead) for row in rows]


def test_a_synonym_finds_in_both_directions_and_in_its_language_alone(
    clerk: FlaskClient, client: FlaskClient
) -> None:
    assert "Passo trainers" not in client.get("/shop?q=sneakers").text
    assert "find the same now" in add(clerk, "Sneakers", "trainers").text
    assert add(clerk, "jean jacket", "denim jacket").status_code == 200
    assert "Passo trainers" in client.get("/shop?q=sneakers").text
    assert "Passo trainers" in client.get("/shop?q=passo+sneakers").text
    assert "Corso denim jacket" in client.get("/shop?q=jean+jacket").text
    assert "Passo trainers" not in client.get("/shop?q=sneakers", headers={"Accept-Language": "it"}).text
    with_shoe = client.get("/shop?q=trainers").text
    assert "Passo trainers" in with_shoe


def test_a_pair_exists_once_whichever_way_round_it_is_written(clerk: FlaskClient, app: Flask) -> None:
    add(clerk, "sneakers", "trainers")
    again = add(clerk, "TRAINERS", "sneakers")
    assert "These two are synonyms already." in again.text
    with app.app_context():
        (pair,) = db.session.scalars(select(Synonym)).all()
        assert (pair.term, pair.other, pair.made_by) == ("sneakers", "trainers", "Carla")


@pytest.mark.parametrize(
    ("term", "other", "sentence"),
    [
        ("shoe", "Shoe!", "These are the same words already."),
        ("", "shoe", "Write one to three words"),
        ("?!", "shoe", "Write one to three words"),
        ("one two three four", "shoe", "Write one to three words"),
    ],
)
def test_what_is_no_pair_is_told_beside_the_field(
    clerk: FlaskClient, term: str, other: str, sentence: str
) -> None:
    answer = add(clerk, term, other)
    assert answer.status_code == 422
    assert sentence in answer.text
    if not sentence.startswith("These"):
        assert answer.text.index('id="term-wrong"') < answer.text.index('name="other"')
        assert 'id="other-wrong"' not in answer.text


def test_a_removed_pair_finds_no_longer(clerk: FlaskClient, client: FlaskClient, app: Flask) -> None:
    add(clerk, "sneakers", "trainers")
    with app.app_context():
        id_ = db.session.scalars(select(Synonym.id)).one()
    page = clerk.post(f"/staff/synonyms/{id_}/remove", follow_redirects=True)
    assert "are two things again" in page.text
    assert "Passo trainers" not in client.get("/shop?q=sneakers").text
    assert clerk.post(f"/staff/synonyms/{id_}/remove").status_code == 404


def test_what_nobody_found_is_counted_and_names_nobody(client: FlaskClient, app: Flask, clock: Any) -> None:
    client.get("/shop?q=Umbrella")
    clock.advance(hours=2)
    client.get("/shop?q=umbrella")
    client.get("/shop?q=jaket")
    client.get("/shop?q=jacket")
    assert missed(app) == [("en", "umbrella", 2, None), ("en", "jaket", 1, "jacket")]
    with app.app_context():
        row = db.session.scalars(select(Miss).where(Miss.words == "umbrella")).one()
        assert (row.last_at - row.first_at).total_seconds() == 7200
    assert set(Miss.__table__.columns.keys()) == {
        *("id", "language", "words", "times", "first_at", "last_at", "shown_instead")
    }


@pytest.mark.parametrize("typed", ["anna@example.test", "333 1234567", "!!!", "👗"])
def test_what_looks_like_a_person_or_like_nothing_is_not_noted(
    client: FlaskClient, app: Flask, typed: str
) -> None:
    assert client.get("/shop", query_string={"q": typed}).status_code == 200
    assert missed(app) == []


def test_filters_that_leave_nothing_are_no_search_in_vain(client: FlaskClient, app: Flask) -> None:
    client.get("/shop?q=jacket&size=40")
    assert missed(app) == []


def test_staff_read_what_nobody_found_and_see_to_it(
    client: FlaskClient, clerk: FlaskClient, app: Flask
) -> None:
    client.get("/shop?q=sneakers")
    page = clerk.get("/staff/searches").text
    assert "sneakers" in page
    assert "/staff/synonyms?language=en&amp;term=sneakers" in page
    assert 'value="sneakers"' in clerk.get("/staff/synonyms?language=en&term=sneakers").text
    with app.app_context():
        id_ = db.session.scalars(select(Miss.id)).one()
    done = clerk.post(f"/staff/searches/{id_}/forget", follow_redirects=True)
    assert "Nobody searched in vain" in done.text
    assert missed(app) == []


def test_a_search_in_vain_takes_three_statements(
    client: FlaskClient, statements: Callable[..., AbstractContextManager[Any]]
) -> None:
    with statements() as seen:
        client.get("/shop?q=jaket")
    assert seen.count == 3, seen.sql


def test_suggestions_name_departments_and_pieces(client: FlaskClient) -> None:
    page = client.get("/search/suggestions?q=sho").text
    assert 'data-href="/shop?category=shoes"' in page
    page = client.get("/search/suggestions?q=corso").text
    assert 'data-href="/shop/corso-denim-jacket"' in page
    assert 'data-href="/shop?q=corso"' in page
    assert 'data-says="1 suggestion"' in page
    assert "option" not in client.get("/search/suggestions?q=zzzz").text
    assert "option" not in client.get("/search/suggestions").text


def test_suggestions_keep_to_their_statements(
    client: FlaskClient, statements: Callable[..., AbstractContextManager[Any]]
) -> None:
    with statements() as seen:
        client.get("/search/suggestions?q=corso")
    assert seen.count <= 3, seen.sql


def test_at_night_words_that_no_product_has_are_forgotten(app: Flask, work: Work, clock: Any) -> None:
    with work():
        put_on_shelf("passo-trainers", "Passo boots", kind="Boots", category="shoes")
    clock.advance(days=200)
    with work():
        tidy()
    with app.app_context():
        words = set(db.session.scalars(select(KnownWord.word).where(KnownWord.language == "en")))
    assert "boots" in words
    assert "trainers" not in words


def test_a_slip_is_a_letter_more_or_less_or_two_swapped() -> None:
    assert [distance("jaket", "jacket"), distance("jakcet", "jacket"), distance("", "ab")] == [1, 1, 2]
    assert slips_of("blousse", ["house", "blouse", "blue"]) == ["blouse"]
    assert slips_of("bag", ["rag", "gas", "big"]) == ["rag", "big"]


def test_a_word_of_a_text_alone_is_offered_only_where_it_is_a_letter_nearer_than_any_name():
    names = frozenset({"shirt", "skirt"})
    assert slips_of("shrit", ["shift", "skirt", "shirt"], names) == ["shirt", "skirt"]
    assert slips_of("shiro", ["shire", "shirt"], names) == ["shirt"], "as near: the name"
    assert slips_of("sundey", ["sunday", "sardey"], frozenset({"sardey"})) == ["sunday", "sardey"]
    assert slips_of("sundai", ["sunday", "sundry"]) == ["sunday", "sundry"], "better than nothing"
