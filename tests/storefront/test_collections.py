"""What a collection holds: by hand in its order, by rule whatever fits at that moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.money import Money
from foundation.states import IllegalMove
from storefront.catalog.actions import save_product
from storefront.catalog.models import Variant
from storefront.catalog.standing import archive_product
from storefront.collections import actions
from storefront.collections.actions import CollectionDraft
from storefront.collections.errors import HandleTaken, NotByHand, NothingByThatRule, TooManyPieces
from storefront.collections.models import Collection, CollectionPiece, CollectionStatus
from storefront.collections.parts import part_of
from storefront.collections.policy import Field, Kind, Matches, Order, Rule, in_order, moved
from storefront.collections.queries import belonging, collection_by_id, pieces_of, shown_collection
from storefront.search.filters import Filters, Sort
from storefront.search.queries import find
from storefront.stock.keeping import correct
from tests.races import at_once, meeting, read_without_lock
from tests.storefront.hung import by_hand, by_rule
from tests.storefront.shelf import CLERK, draft, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def shelf(work: Work, clock: Any) -> dict[str, int]:
    """Three products that differ in everything a rule may look at; their ids by handle."""
    with work():
        jacket = put_on_shelf(tags=["winter", "denim"], vendor="Corso", stock={"S": 5, "M": 5})
        blouse = put_on_shelf(
            *("lina-blouse", "Lina blouse"),
            category="tops",
            kind="Blouse",
            price=5000,
            stock={"M": 2},
            tags=["work"],
        )
        shoes = put_on_shelf(
            *("passo-loafers", "Passo loafers"),
            category="flats",
            kind="Loafers",
            price=12000,
            stock={"40": 0},
        )
        return {one.handle: one.id for one in (jacket, blouse, shoes)}


def held(collection_id: int, sort: Sort | None = None) -> list[str]:
    """What a collection has now, by the list of its page; the question a bag asks must agree."""
    part = part_of(collection_by_id(collection_id))
    found = [row.handle for row in find(Filters(part=part, at_home=True, sort=sort)).rows]
    every = db.session.execute(db.text("SELECT id, handle FROM products")).all()
    asked = {product for _, product in belonging([collection_id], [row[0] for row in every])}
    assert sorted(row[1] for row in every if row[0] in asked) == sorted(found)
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(Field.TAG, "winter"), ["corso-denim-jacket"]),
        (Rule(Field.TAG, "Winter"), []),
        (Rule(Field.CATEGORY, "tops"), ["lina-blouse"]),
        (Rule(Field.CATEGORY, "clothing"), ["corso-denim-jacket", "lina-blouse"]),
        (Rule(Field.CATEGORY, "shoes"), ["passo-loafers"]),
        (Rule(Field.CATEGORY, "flats"), ["passo-loafers"]),
        (Rule(Field.CATEGORY, "boots"), []),
        (Rule(Field.TYPE, "Loafers"), ["passo-loafers"]),
        (Rule(Field.VENDOR, "Corso"), ["corso-denim-jacket"]),
        (Rule(Field.PRICE_FROM, number=8000), ["corso-denim-jacket", "passo-loafers"]),
        (Rule(Field.PRICE_TO, number=8000), ["corso-denim-jacket", "lina-blouse"]),
        (Rule(Field.IN_STOCK), ["corso-denim-jacket", "lina-blouse"]),
        (Rule(Field.LEFT_AT_MOST, number=2), ["lina-blouse", "passo-loafers"]),
        (Rule(Field.LEFT_AT_MOST, number=10), ["corso-denim-jacket", "lina-blouse", "passo-loafers"]),
        (Rule(Field.NEWER_THAN, number=1), ["corso-denim-jacket", "lina-blouse", "passo-loafers"]),
        (Rule(Field.ON_SALE), []),
        (Rule(Field.TAG, "'; DROP TABLE products; -- %(x)s"), []),
    ],
    ids=str,
)
def test_each_rule_finds_what_it_says(work: Work, shelf: dict[str, int], rule: Rule, expected: list[str]):
    with work():
        assert sorted(held(by_rule(rule).id)) == expected


def test_every_field_of_the_vocabulary_can_be_asked(work: Work, shelf: dict[str, int]) -> None:
    values = {field: Rule(field) for field in (Field.IN_STOCK, Field.ON_SALE)}
    values |= {field: Rule(field, "x") for field in (Field.TAG, Field.CATEGORY, Field.TYPE, Field.VENDOR)}
    values |= {field: Rule(field, number=5) for field in set(Field) - set(values)}
    with work():
        assert set(values) == set(Field)
        held(by_rule(*values.values()).id)


def test_a_piece_fits_all_rules_or_any(work: Work, shelf: dict[str, int]) -> None:
    rules = (Rule(Field.CATEGORY, "tops"), Rule(Field.TAG, "winter"))
    with work():
        assert held(by_rule(*rules).id) == []
        either = by_rule(*rules, title="Either", matches=Matches.ANY)
        assert sorted(held(either.id)) == ["corso-denim-jacket", "lina-blouse"]


def test_without_a_rule_nothing_belongs(work: Work, shelf: dict[str, int]) -> None:
    with work():
        made = by_rule(on_web=False)
        assert held(made.id) == []
        with pytest.raises(NothingByThatRule):
            actions.publish_collection(actor=CLERK, collection_id=made.id)


def test_what_changes_is_in_or_out_at_once(work: Work, shelf: dict[str, int], clock: Any) -> None:
    with work():
        cheap = by_rule(Rule(Field.PRICE_TO, number=6000), title="Cheap").id
        last = by_rule(Rule(Field.IN_STOCK), Rule(Field.LEFT_AT_MOST, number=2), title="Last").id
        new = by_rule(Rule(Field.NEWER_THAN, number=7), title="New").id
        assert held(cheap) == ["lina-blouse"]
        assert held(last) == ["lina-blouse"]
        assert len(held(new)) == 3
        put_on_shelf(price=5900)
        blouse = db.session.scalars(select(Variant).where(Variant.product_id == shelf["lina-blouse"])).one()
        correct(actor=CLERK, place_id=1, variant_id=blouse.id, counted=0, reason="A test")
    with work():
        assert sorted(held(cheap)) == ["corso-denim-jacket", "lina-blouse"]
        assert held(last) == []
    clock.advance(days=7, seconds=1)
    with work():
        assert held(new) == []


def test_what_nobody_counts_is_never_among_the_last(work: Work, shelf: dict[str, int]) -> None:
    with work():
        db.session.execute(
            update(Variant).where(Variant.product_id == shelf["lina-blouse"]).values(tracked=False)
        )
        assert held(by_rule(Rule(Field.LEFT_AT_MOST, number=5)).id) == ["passo-loafers"]


def test_what_left_the_shop_is_in_no_collection(work: Work, shelf: dict[str, int]) -> None:
    with work():
        picked = by_hand(list(shelf.values())).id
        ruled = by_rule(Rule(Field.CATEGORY, "tops")).id
        archive_product(actor=CLERK, product_id=shelf["lina-blouse"], reason="A test")
        assert "lina-blouse" not in held(picked)
        assert held(ruled) == []


def test_by_hand_means_in_that_order(work: Work, shelf: dict[str, int]) -> None:
    wanted = [shelf["passo-loafers"], shelf["corso-denim-jacket"], shelf["lina-blouse"]]
    with work():
        made = by_hand(wanted).id
        assert held(made) == ["passo-loafers", "corso-denim-jacket", "lina-blouse"]
        assert held(made, Sort.CHEAPEST) == ["lina-blouse", "corso-denim-jacket", "passo-loafers"]
        actions.move_piece(actor=CLERK, collection_id=made, product_id=wanted[2], earlier=True)
        assert held(made) == ["passo-loafers", "lina-blouse", "corso-denim-jacket"]
        actions.move_piece(actor=CLERK, collection_id=made, product_id=wanted[0], earlier=True)
        actions.order_pieces(actor=CLERK, collection_id=made, product_ids=wanted[::-1])
        assert pieces_of(made) == wanted[::-1]
        actions.remove_piece(actor=CLERK, collection_id=made, product_id=wanted[0])
        actions.remove_piece(actor=CLERK, collection_id=made, product_id=wanted[0])
        assert held(made) == ["lina-blouse", "corso-denim-jacket"]


def test_a_piece_is_hung_in_once(work: Work, shelf: dict[str, int]) -> None:
    with work():
        made = by_hand([shelf["lina-blouse"]]).id
        added = actions.add_pieces(
            actor=CLERK, collection_id=made, product_ids=[shelf["passo-loafers"], *[shelf["lina-blouse"]] * 2]
        )
        assert (added, pieces_of(made)) == (1, [shelf["lina-blouse"], shelf["passo-loafers"]])


def test_an_order_from_an_old_page_loses_nothing() -> None:
    assert in_order([1, 2, 3, 4], [3, 1]) == [3, 1, 2, 4]
    assert in_order([1, 2], [9, 2, 2, 1]) == [2, 1]
    assert in_order([], [1]) == []
    assert moved([1, 2, 3], 3, earlier=True) == [1, 3, 2]
    assert moved([1, 2, 3], 3, earlier=False) == [1, 2, 3]


def test_hands_and_rules_are_not_mixed(work: Work, shelf: dict[str, int], monkeypatch: Any) -> None:
    with work():
        ruled = by_rule(Rule(Field.IN_STOCK)).id
        with pytest.raises(NotByHand):
            actions.add_pieces(actor=CLERK, collection_id=ruled, product_ids=[shelf["lina-blouse"]])
        with pytest.raises(ValueError, match="order by hand"):
            draft_ = CollectionDraft(title="Denim days", handle="denim-days", sort=Order.HAND)
            actions.change_collection(actor=CLERK, collection_id=ruled, draft=draft_)
        monkeypatch.setattr(actions, "MOST_PIECES", 2)
        with pytest.raises(TooManyPieces):
            by_hand(list(shelf.values()))


def _bring(
    app: Flask, work: Work, shelf: dict[str, int], racing: bool = False
) -> tuple[list[Exception], list[int]]:
    """Two people hang in one piece each behind the one that hangs there; who failed, and the places taken."""
    with work():
        db.session.execute(delete(CollectionPiece))
        db.session.execute(delete(Collection))
        made = by_hand([shelf["corso-denim-jacket"]], on_web=False).id
    others = [[shelf["lina-blouse"]], [shelf["passo-loafers"]]]

    def bring(ids: list[int]) -> None:
        db.session.info["racing"] = racing
        actions.add_pieces(actor=CLERK, collection_id=made, product_ids=ids)

    met = at_once(app, *(partial(bring, ids) for ids in others))
    with work():
        return met, sorted(db.session.scalars(select(CollectionPiece.position)))


def test_two_who_hang_in_pieces_at_once_hang_them_behind_each_other(app: Flask, work: Work, shelf: Any):
    for _ in range(5):
        assert _bring(app, work, shelf) == ([], [1, 2, 3])


def test_without_the_lock_both_take_the_same_place(
    app: Flask, work: Work, shelf: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(actions, "lock_rows", read_without_lock)
    together, update_last = meeting(lambda: None), actions.insert

    def wait_then_insert(model: Any) -> Any:
        if model is CollectionPiece and db.session.info.get("racing"):
            together()
        return update_last(model)

    monkeypatch.setattr(actions, "insert", wait_then_insert)
    assert _bring(app, work, shelf, racing=True) == ([], [1, 2, 2])


@pytest.mark.parametrize(
    "wrong",
    [
        *((Field.TAG, None, None), (Field.TAG, "", None), (Field.TAG, "x", 1), (Field.TAG, "x" * 256, None)),
        *((Field.PRICE_TO, None, None), (Field.PRICE_TO, "x", 5), (Field.PRICE_TO, None, -1)),
        *((Field.LEFT_AT_MOST, None, 0), (Field.NEWER_THAN, None, 10**9), (Field.IN_STOCK, "x", None)),
    ],
)
def test_a_rule_that_says_nonsense_is_never_made(wrong: tuple[Field, str | None, int | None]) -> None:
    with pytest.raises(ValueError):
        Rule(*wrong)


def test_an_address_is_taken_once(work: Work) -> None:
    with work():
        first = actions.make_collection(actor=CLERK, title="Winter, at last", kind=Kind.HAND)
        assert first.handle == "winter-at-last"
        with pytest.raises(HandleTaken):
            actions.make_collection(actor=CLERK, title="Winter at last!", kind=Kind.RULE)
        assert actions.make_collection(actor=CLERK, title="冬", kind=Kind.HAND).handle


def test_it_is_shown_between_its_days_alone(work: Work, shelf: dict[str, int], clock: Any) -> None:
    begins, ends = clock.now.replace(day=3), clock.now.replace(day=5)
    with work():
        made = by_hand(list(shelf.values()), starts_at=begins, ends_at=ends)
        assert not made.is_shown(clock.now)
        assert shown_collection("evening") is None
    clock.advance(days=1)
    with work():
        assert shown_collection("evening") is not None
    clock.advance(days=2)
    with work():
        assert shown_collection("evening") is None


def test_it_goes_on_the_web_and_off_and_comes_back_from_the_archive(work: Work, shelf: Any) -> None:
    with work():
        made = by_hand(list(shelf.values()), on_web=False).id
        assert shown_collection("evening") is None
        shown = actions.publish_collection(actor=CLERK, collection_id=made)
        assert shown.picture_product_id == shelf["corso-denim-jacket"]
        with pytest.raises(IllegalMove):
            actions.publish_collection(actor=CLERK, collection_id=made)
        actions.archive_collection(actor=CLERK, collection_id=made)
        assert shown_collection("evening") is None
        assert not belonging([made], shelf.values())
        actions.restore_collection(actor=CLERK, collection_id=made, to=CollectionStatus.PUBLISHED)
        assert shown_collection("evening") is not None
        actions.unpublish_collection(actor=CLERK, collection_id=made)
        acts = db.session.scalars(
            select(AuditRow.action).where(AuditRow.subject_type == "collection").order_by(AuditRow.id)
        ).all()
    assert [act.partition(".")[2] for act in acts] == [
        *("make", "add_pieces", "publish", "archive", "restore", "unpublish")
    ]


def test_keeping_what_did_not_change_writes_no_act(work: Work) -> None:
    same = CollectionDraft(title="Denim days", handle="denim-days", rules=(Rule(Field.IN_STOCK),))
    with work():
        made = by_rule(Rule(Field.IN_STOCK)).id
        before = db.session.scalars(select(AuditRow.id)).all()
        actions.change_collection(actor=CLERK, collection_id=made, draft=same)
        assert db.session.scalars(select(AuditRow.id)).all() == before
        other = CollectionDraft(title="Jeans", handle="denim-days", rules=(Rule(Field.ON_SALE),))
        actions.change_collection(actor=CLERK, collection_id=made, draft=other)
        (act,) = db.session.scalars(select(AuditRow).where(AuditRow.id.not_in(before))).all()
        assert act.before == {"title": "Denim days", "rules": [["in_stock", None, None]]}
        assert act.after == {"title": "Jeans", "rules": [["on_sale", None, None]]}
        assert collection_by_id(made).rules[0].rule == Rule(Field.ON_SALE)


def test_what_an_import_says_anew_decides_anew(work: Work, shelf: dict[str, int]) -> None:
    """Type and tags of a product file are what rules look at."""
    with work():
        tagged = by_rule(Rule(Field.TAG, "new season"), title="Tagged").id
        typed = by_rule(Rule(Field.TYPE, "Shirt"), title="Typed").id
        assert held(tagged) == held(typed) == []
        put_on_shelf("lina-blouse", "Lina blouse", category="tops", kind="Shirt", tags=["new season"])
        assert held(tagged) == held(typed) == ["lina-blouse"]


def test_reduced_means_reduced_now(work: Work, shelf: dict[str, int]) -> None:
    with work():
        made = by_rule(Rule(Field.ON_SALE)).id
        now = draft(price=6000)
        variants = [replace(one, compare_at=Money(8000, "EUR")) for one in now.variants]
        save_product(actor=CLERK, draft=replace(now, variants=variants))
        assert held(made) == ["corso-denim-jacket"]


def test_a_collection_of_the_whole_shop_costs_one_statement_at_any_size(work: Work, statements: Any) -> None:
    with work():
        for number in range(30):
            put_on_shelf(f"piece-{number}", f"Piece {number}")
        made = by_rule(Rule(Field.IN_STOCK), Rule(Field.TYPE, "Denim jacket")).id
        part = part_of(collection_by_id(made))
        with statements() as seen:
            found = find(Filters(part=part, at_home=True))
        assert (found.total, len(found.rows), seen.count) == (30, 24, 1)
        assert db.session.get(Collection, made) is not None
