"""Size guides: which one a piece shows, how figures are typed and read, and how staff keep them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from foundation.accounts.permissions import Role
from foundation.audit.queries import history
from foundation.db import db
from foundation.seen import ChangedMeanwhile
from storefront.catalog.size_guide import in_inches
from storefront.sizing import actions
from storefront.sizing.drafts import GuideDraft, Measure
from storefront.sizing.errors import NotForPieces, RangeTaken, TooManyPieces
from storefront.sizing.models import SizeGuide, SizeGuidePiece
from storefront.sizing.policy import Reach, Unit, figure, rows_from
from storefront.sizing.queries import guide_by_id, guides, sizes_worn
from tests.races import at_once, without_unique
from tests.storefront.shelf import CLERK, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
JACKET = "/shop/corso-denim-jacket"


@pytest.fixture
def desk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


def guide(reach: Reach = Reach.RANGE, figures: str = "50-52", **more: Any) -> int:
    """A guide with one measure and one size, M; call it inside `work()`."""
    draft = GuideDraft(
        **{"name": "Test", "measures": [Measure(name="Back", name_it="Schiena")], "rows": [("M", [figures])]}
        | more
    )
    return actions.make_guide(actor=CLERK, reach=reach, draft=draft).id


def seeded(category: str) -> int:
    return db.session.scalars(select(SizeGuide.id).where(SizeGuide.category == category)).one()


def typed(page: str) -> dict[str, str]:
    """What the form of a guide would send, as it stands on the page."""
    fields = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    fields |= {
        name: value for value, name in re.findall(r'<input[^>]*? value="([^"]*)"[^>]*? name="([^"]+)"', page)
    }
    for name, body in re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page):
        fields[name] = body
    for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return {
        name: html.unescape(value)
        for name, value in fields.items()
        if not name.endswith("gone") and name != "to"
    }


def test_a_piece_shows_the_measures_of_its_own_sizes_in_both_languages(client: FlaskClient, work: Work):
    with work():
        put_on_shelf(stock={"s": 2, "M": 1, "tall": 1})
        put_on_shelf("tote", "Tote bag", category="bags", stock={"one": 1})
    page = client.get(JACKET).text
    assert 'popovertarget="size-guide"' in page and "#evidence" in page
    assert "88–92" in page and "34¾–36¼" in page and "84–88" in page and "80–84" not in page
    assert "Around the fullest part of the chest" in page
    italian = client.get(f"{JACKET}?lang=it").text
    assert "Guida alle taglie" in italian and "Torace" in italian and "Pollici" in italian
    assert "size-guide" not in client.get("/shop/tote").text


def test_below_the_waist_nobody_asks_for_the_chest_and_shoes_are_feet(client: FlaskClient, work: Work):
    with work():
        put_on_shelf("gonna", "Skirt", category="skirts", stock={"38": 1, "40": 1})
        put_on_shelf("scarpe", "Shoes", category="shoes", stock={"37": 1, "38": 1})
    skirt = client.get("/shop/gonna").text
    assert "62" in skirt and "Hips" in skirt and "Chest" not in skirt
    assert "23.2" in client.get("/shop/scarpe").text and "9⅛" in client.get("/shop/scarpe").text
    assert "23,2" in client.get("/shop/scarpe?lang=it").text


def test_the_nearest_guide_counts_its_own_then_the_brands_then_the_departments(
    client: FlaskClient, work: Work
):
    def shown() -> str:
        found = re.search(r'class="in-cm">([^<]+)', client.get(JACKET).text)
        return found[1] if found else "none"

    with work():
        jacket = put_on_shelf(stock={"M": 1}, vendor="Lago").id
    assert shown() == "88–92", "that of clothing, above its department"
    with work():
        guide(category="outerwear", figures="51")
    assert shown() == "51"
    with work():
        guide(vendor="LAGO", figures="52")
    assert shown() == "52"
    with work():
        guide(vendor="lago", category="clothing", figures="53")
        guide(vendor="lago", category="shoes", figures="99")
        guide(vendor="Other", figures="98")
    assert shown() == "53"
    with work():
        own = guide(Reach.PIECES, figures="54")
    assert shown() == "53", "it holds no piece yet"
    with work():
        actions.add_piece(actor=CLERK, guide_id=own, product_id=jacket)
    assert shown() == "54"
    with work():
        actions.put_away(actor=CLERK, guide_id=own)
    assert shown() == "53"
    with work():
        actions.bring_back(actor=CLERK, guide_id=own)
        actions.remove_piece(actor=CLERK, guide_id=own, product_id=jacket)
        for one in db.session.scalars(select(SizeGuide.id)).all():
            actions.put_away(actor=CLERK, guide_id=one)
    assert shown() == "none"


def test_a_guide_without_a_table_hides_none_that_has_one(client: FlaskClient, work: Work):
    with work():
        jacket = put_on_shelf(stock={"M": 1}, vendor="Lago").id
        empty = guide(category="outerwear", measures=[], rows=[])
        guide(vendor="Lago", rows=[])
        guide(vendor="Lago", category="outerwear", measures=[], rows=[("M", [])])
        own = guide(Reach.PIECES, measures=[], rows=[])
        actions.add_piece(actor=CLERK, guide_id=own, product_id=jacket)
    assert "88–92" in client.get(JACKET).text, "that of clothing, the only one with figures"
    with work():
        for one in (empty, own):
            assert sizes_worn(one) == {"M": 1}, "the desk says what to write into it"
        table = GuideDraft(name="Own", measures=[Measure(name="Back")], rows=[("M", ["51"])])
        seen = guide_by_id(own).seen
        actions.change_guide(actor=CLERK, guide_id=own, seen=seen, draft=table)
    assert 'class="in-cm">51' in client.get(JACKET).text


def test_a_piece_that_moves_is_told_of_in_both_guides_and_a_full_guide_keeps_what_it_holds(
    work: Work, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(actions, "MOST_PIECES", 1)
    with work():
        jacket, coat = put_on_shelf().id, put_on_shelf("coat", "Coat").id
        first, second = guide(Reach.PIECES), guide(Reach.PIECES)
        for one in (first, second, second):
            actions.add_piece(actor=CLERK, guide_id=one, product_id=jacket)
        told = [
            [(act.action, act.before, act.after) for act in history("size_guide", one, limit=9)][:-1]
            for one in (first, second)
        ]
    piece = {"product_id": jacket}
    assert told[0][0] == ("sizing.remove_piece", piece, None)
    assert told[1] == [("sizing.add_piece", {"size_guide": first}, piece)]
    with pytest.raises(TooManyPieces), work():
        actions.add_piece(actor=CLERK, guide_id=second, product_id=coat)


def same_range_at_once(app: Flask, work: Work) -> int:
    """Two make a guide for the same brand at the same moment; how many there are afterwards."""
    met = at_once(app, *[lambda: guide(vendor="Lago")] * 2)
    assert all(isinstance(one, RangeTaken) for one in met)
    with work():
        return len(db.session.scalars(select(SizeGuide.id).where(SizeGuide.vendor == "Lago")).all())


def test_of_two_guides_for_the_same_range_at_once_there_is_one(app: Flask, work: Work):
    assert same_range_at_once(app, work) == 1


def test_without_its_index_there_would_be_two_guides_for_the_same_range(app: Flask, work: Work):
    with without_unique(work, "uq_size_guides_for"):
        assert same_range_at_once(app, work) == 2


def test_a_piece_has_one_guide_of_its_own_and_a_range_has_one_guide(work: Work):
    with work():
        jacket = put_on_shelf().id
        first, second = guide(Reach.PIECES), guide(Reach.PIECES)
        for one in (first, second, second):
            actions.add_piece(actor=CLERK, guide_id=one, product_id=jacket)
        rows = db.session.scalars(select(SizeGuidePiece)).all()
        assert [(row.product_id, row.guide_id) for row in rows] == [(jacket, second)]
        outer = guide(category="outerwear", vendor="Lago")
    for again in ("Lago", "lago"):
        with pytest.raises(RangeTaken), work():
            guide(category="outerwear", vendor=again)
    with work():
        actions.put_away(actor=CLERK, guide_id=outer)
        guide(category="outerwear", vendor="Lago")
    with pytest.raises(RangeTaken), work():
        actions.bring_back(actor=CLERK, guide_id=outer)
    with work():
        assert guide_by_id(outer).ended_at is not None
    with pytest.raises(NotForPieces), work():
        actions.add_piece(actor=CLERK, guide_id=outer, product_id=jacket)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("88-92", "88-92"),
        (" 88 – 92 cm ", "88-92"),
        ("88 to 92", "88-92"),
        ("da", None),
        ("23,5", "23.5"),
        ("23.0", "23"),
        ("", ""),
        ("92-88", None),
        ("88-88", None),
        ("0", None),
        ("8888", None),
        ("1.234,56", None),
        ("=1+1", None),
        ("٣٤", None),
    ],
)
def test_a_figure_is_read_as_people_type_it(written: str, kept: str | None):
    if kept is None:
        with pytest.raises(ValueError):
            figure(written)
    else:
        assert figure(written) == kept


@pytest.mark.parametrize(
    ("kept", "inches"),
    [
        ("88-92", "34¾–36¼"),
        ("76", "30"),
        ("23.2", "9⅛"),
        ("23.8", "9⅜"),
        ("", ""),
        ("0.1", "0"),
        ("101.6", "40"),
    ],
)
def test_inches_are_worked_out_to_the_quarter(kept: str, inches: str):
    assert in_inches(kept) == inches


def test_a_table_is_read_out_of_a_spreadsheet():
    assert rows_from("M\t88 - 92\t70\r\n\n L ;x\t92\n") == [["M", "88 - 92", "70"], ["L ;x", "92"]]
    assert rows_from("M;88;70") == [["M", "88", "70"]]


def test_staff_write_a_table_of_their_own_and_shoppers_read_it(
    desk: FlaskClient, client: FlaskClient, work: Work
):
    with work():
        put_on_shelf(stock={"M": 1, "4XL": 1}, vendor="Lago")
    page = desk.post(
        "/staff/sizes/new",
        data={"name": "Lago", "reach": "range", "vendor": "Lago", "category": "", "begins": ""},
        follow_redirects=True,
    ).text
    assert "has no sizes yet" in page and "4XL" in page
    with work():
        made = db.session.scalars(select(SizeGuide).where(SizeGuide.vendor == "Lago")).one().id
    own = f"/staff/sizes/{made}"
    table = typed(page) | {"pasted": "4XL\t130-136\t118\nM\t90,5\t72\n", "fill": "1"}
    filled = desk.post(own, data=table)
    assert filled.status_code == 200 and 'value="130-136"' in filled.text
    table = typed(filled.text) | {
        "measures-0-name": "Chest",
        "measures-0-name_it": "Torace",
        "measures-1-name": "UK",
        "measures-1-unit": str(Unit.WORDS),
        "words": "Cut wide.",
    }
    kept = desk.post(own, data=table, follow_redirects=True).text
    assert "Kept." in kept and "without a line" not in kept
    shop = client.get(JACKET).text
    assert "Cut wide." in shop and "130–136" in shop and "51¼–53½" in shop and ">118<" in shop
    assert shop.index(">M<") < shop.index(">4XL<") and "90.5" in shop
    with work():
        assert [row.size for row in guide_by_id(made).rows] == ["M", "4XL"]
        acts = db.session.scalars(
            text("SELECT action FROM audit_rows WHERE subject_type = 'size_guide'")
        ).all()
    assert acts == ["sizing.make", "sizing.change"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rows-0-figure_1": "wide"}, "Write centimetres, such as 88-92 or 23.5."),
        ({"rows-0-size": ""}, "Write the size, or empty the line."),
        ({"rows-1-size": "xxs"}, "This size is there already."),
        ({"measures-0-name": ""}, "Write what is measured, or take it out."),
        ({"category": "", "vendor": ""}, "Choose a department, or write a brand."),
        ({"category": "shoes"}, "Another size guide is for the same pieces."),
        ({"name": ""}, "Write what it is called."),
        ({"words": "x" * 501}, "That is too long."),
        ({"rows-0-size": "x" * 21}, "That is too long."),
        ({"rows-0-figure_1": "8\x079"}, "Please write it in one line."),
        ({"fill": "1", "pasted": "M\t" + "\t".join("123456789")}, "at most 8 figures beside it"),
        (
            {"fill": "1", "pasted": "\n".join(f"S{n}\t1" for n in range(41))},
            "A size guide has 40 sizes at most.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    desk: FlaskClient, work: Work, wrong: dict[str, str], said: str
):
    with work():
        own = f"/staff/sizes/{seeded('clothing')}"
    sent = typed(desk.get(own).text) | {"words_it": "Vestono larghi."} | wrong
    answer = desk.post(own, data=sent)
    assert answer.status_code == 422 and said in answer.text and "Vestono larghi." in answer.text
    with work():
        assert guide_by_id(seeded("clothing")).words_it is None


def test_a_line_and_a_measure_are_taken_out_and_lines_are_added(desk: FlaskClient, work: Work):
    with work():
        skirts = seeded("skirts")
    sent = typed(desk.get(f"/staff/sizes/{skirts}").text)
    longer = desk.post(f"/staff/sizes/{skirts}", data=sent | {"more": "1"}).text
    assert longer.count('-size"') > desk.get(f"/staff/sizes/{skirts}").text.count('-size"')
    desk.post(f"/staff/sizes/{skirts}", data=sent | {"rows-0-gone": "y", "measures-0-gone": "y"})
    with work():
        now = guide_by_id(skirts)
        assert [one.name for one in now.measures] == ["Hips"]
        assert (now.rows[0].size, now.rows[0].figures) == ("XS", ["86-90"])


def test_two_who_save_the_same_guide_keep_both_what_does_not_collide(desk: FlaskClient, work: Work):
    with work():
        shoes = seeded("shoes")
    at = f"/staff/sizes/{shoes}"
    sent = typed(desk.get(at).text)
    first = {"words": "Mine.", "rows-0-figure_1": "19.9", "measures-0-how": "Heel to toe."}
    for _twice in "ab":
        assert desk.post(at, data=sent | first).status_code == 303
    second = {"words_it": "Vostre.", "rows-1-figure_1": "21.1"}
    kept = desk.post(at, data=sent | second, follow_redirects=True).text
    assert "Kept, beside what somebody else changed meanwhile." in kept
    late = desk.post(at, data=sent | {"words": "Yours.", "rows-0-figure_1": "18.8", "name": "Feet"})
    assert late.status_code == 409 and "This was changed meanwhile" in late.text
    notice = late.text.split('<dl class="meanwhile">')[1].split("</dl>")[0]
    size, measure = sent["rows-0-size"], sent["measures-0-name"]
    assert re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)<", notice) == [
        ("What shoppers read above it, in English", "Mine."),
        (f"{size}, {measure}", "19.9"),
    ]
    with work():
        assert guide_by_id(shoes).words == "Mine.", "nothing is kept before it was decided"
    assert desk.post(at, data=typed(late.text)).status_code == 303
    with work():
        now = guide_by_id(shoes)
        assert (now.words, now.words_it, now.name) == ("Yours.", "Vostre.", "Feet")
        assert [row.figures[0] for row in now.rows[:2]] == ["18.8", "21.1"]
        assert now.measures[0].how == "Heel to toe."
    for nonsense in (
        "",
        "{",
        "[1]",
        '{"measures": 3, "rows": []}',
        '{"name": 1, "measures": [], "rows": []}',
    ):
        answer = desk.post(at, data=sent | {"was": nonsense, "words": "Third."})
        assert answer.status_code == 409 and "Yours." in answer.text, "whoever saw nothing is asked"
    with pytest.raises(ChangedMeanwhile), work():
        draft = GuideDraft(name="x", category="shoes")
        actions.change_guide(actor=CLERK, guide_id=shoes, seen="0", draft=draft)


def test_pieces_get_a_guide_of_their_own_at_the_desk(desk: FlaskClient, client: FlaskClient, work: Work):
    with work():
        jacket, clothing = put_on_shelf(stock={"M": 1}).id, seeded("clothing")
    page = desk.post(
        "/staff/sizes/new",
        data={"name": "Wide", "reach": "pieces", "category": "shoes", "begins": str(clothing)},
        follow_redirects=True,
    ).text
    with work():
        own = f"/staff/sizes/{db.session.scalars(select(SizeGuide.id).where(SizeGuide.name == 'Wide')).one()}"
    assert "None yet." in page and "Corso denim jacket" in desk.get(f"{own}?q=corso").text
    added = desk.post(f"{own}/pieces", data={"product_id": jacket, "to": "in"}, follow_redirects=True).text
    assert "Corso denim jacket" in added and "1 piece" in added
    assert "Wide" in desk.get(f"/staff/products/{jacket}").text
    desk.post(f"{own}/pieces", data={"product_id": jacket, "to": "out"})
    for nobody in ("x", "999999", "9" * 40):
        assert desk.post(f"{own}/pieces", data={"product_id": nobody}).status_code == 303
    with work():
        assert db.session.scalars(select(SizeGuidePiece)).all() == []
    away = desk.post(f"{own}/standing", data={"to": "away"}, follow_redirects=True).text
    assert "put away" in away and "Wide" in desk.get("/staff/sizes?state=away").text
    assert "Wide" not in desk.get("/staff/sizes").text
    assert "counts again" in desk.post(f"{own}/standing", data={"to": "use"}, follow_redirects=True).text
    with work():
        outer = guide(category="outerwear", name="Coats")
        actions.put_away(actor=CLERK, guide_id=outer)
        guide(category="outerwear")
    taken = desk.post(f"/staff/sizes/{outer}/standing", data={"to": "use"}, follow_redirects=True)
    assert taken.status_code == 200 and "Another size guide is for the same pieces." in taken.text


def test_a_new_guide_begins_with_the_table_of_another(desk: FlaskClient, work: Work):
    with work():
        clothing = seeded("clothing")
        put_on_shelf(category="knitwear", stock={"M": 1})
        assert sizes_worn(clothing) == {"M": 1}
    refused = desk.post("/staff/sizes/new", data={"name": "", "reach": "range", "category": "", "vendor": ""})
    assert refused.status_code == 422 and "Write what it is called." in refused.text
    desk.post(
        "/staff/sizes/new",
        data={"name": "Knits", "reach": "range", "category": "knitwear", "begins": str(clothing)},
    )
    with work():
        knits = guide_by_id(seeded("knitwear"))
        assert len(knits.rows) == 18 and knits.measures[0].name_it == "Torace"
        assert sizes_worn(knits.id) == {"M": 1} and sizes_worn(clothing) == {}


def test_only_the_catalogue_keeps_size_guides(desk_of: Callable[[Role], FlaskClient], client: FlaskClient):
    assert desk_of(Role.FINANCE).get("/staff/sizes").status_code == 403
    assert client.get("/staff/sizes").status_code in (302, 303)
    assert desk_of(Role.CATALOGUE).get("/staff/sizes/999999").status_code == 404


def test_jeans_in_inches_are_in_the_guide_the_shop_begins_with(work):
    with work():
        trousers = next(one for one in guides(ended=False) if one.category == "trousers")
        figures = {row.size: row.figures for row in trousers.rows}
        assert figures["25"] == ["64-68", "90-94"] and "32" in figures
