"""The collections of editors, and what hangs at the front of a window."""

import pytest
from sqlalchemy import text, update

from editors.gatherings import actions
from editors.gatherings.errors import NoSuchGathering, NothingGathered, NotToBePinned
from editors.gatherings.models import GatheringStatus
from editors.gatherings.queries import Front, front_of, gatherings_of, items_of
from editors.looks.actions import unpublish_look
from editors.looks.models import Look
from editors.membership.models import Editor
from foundation.db import db
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
from tests.races import at_once, read_without_lock, without_unique

DRAFT = actions.GatheringDraft(title="Ten days, one suitcase", title_it="Dieci giorni, una valigia")


def test_an_editor_gathers_looks_and_pieces_in_their_order(app, client, work, client_of) -> None:
    with work():
        editor_id = make_editor()
        own = db.session.get_one(Editor, editor_id).account_id
        jacket, shirt = make_product(), make_product("lina", "Lina shirt")
        first, second = (make_look(editor_id, [jacket], title=title) for title in ("Mondays", "Sundays"))
    desk = client_of(own)
    assert desk.post("/studio/collections", data={"title": " "}).status_code == 422
    page = desk.post("/studio/collections", data={"title": "Ten days, one suitcase"}).location
    empty = desk.post(page, data={"title": "Ten days", "words": "Typed <b>", "do": "publish"})
    assert (
        empty.status_code == 422 and "Nothing is in it yet" in empty.text and "Typed &lt;b&gt;" in empty.text
    )
    for what in (f"look-{first}", f"product-{shirt}", f"look-{second}", f"look-{first}", "look-x"):
        desk.post(f"{page}/items", data={"what": what})
    with work():
        items = items_of(int(page.rpartition("/")[2]))
        keys = [item.id for item in items]
        assert [(item.look_id, item.product_id) for item in items] == [
            (first, None), (None, shirt), (second, None)
        ]  # fmt: skip
    desk.post(f"{page}/items/{keys[2]}", data={"do": "earlier"})
    desk.post(f"{page}/items/order", data={"item": [keys[2], keys[0]]})
    desk.post(
        page, data={"title": "Ten days", "words": "Light.", "title_it": "Dieci giorni", "do": "publish"}
    )
    shown = client.get("/@giulia/collections/ten-days-one-suitcase")
    places = [shown.text.index(name) for name in (">Sundays<", ">Mondays<", ">Lina shirt<")]
    assert shown.status_code == 200 and places == sorted(places) and "commission" in shown.text
    window = client.get("/@giulia?lang=it").text
    assert "Dieci giorni" in window and "/@giulia/collections/ten-days-one-suitcase" in window
    with work():
        unpublish_look(actor=STAFF, look_id=second, editor_id=editor_id)
    assert ">Sundays<" not in client.get("/@giulia/collections/ten-days-one-suitcase").text
    assert "1 thing is not shown" in desk.get(page).text
    desk.post(f"{page}/remove")
    assert client.get("/@giulia/collections/ten-days-one-suitcase").location == "/@giulia"


def test_nobody_changes_the_collection_of_another(app, work, client_of) -> None:
    with work():
        giulia, marta = make_editor(), make_editor("Marta Conti", "marta")
        made = actions.make_gathering(actor=STAFF, editor_id=giulia, draft=DRAFT)
        key, foreign = made.id, make_look(marta, [make_product()], title="Hers")
        with pytest.raises(NoSuchGathering):
            actions.add_item(actor=STAFF, editor_id=giulia, gathering_id=key, look_id=foreign)
        with pytest.raises(NotToBePinned):
            actions.pin_looks(actor=STAFF, editor_id=giulia, look_ids=[foreign])
        with pytest.raises(NothingGathered):
            actions.publish_gathering(actor=STAFF, editor_id=giulia, gathering_id=key)
        own = db.session.get_one(Editor, marta).account_id
    other = client_of(own)
    page = f"/studio/collections/{key}"
    assert other.get(page).status_code == 404
    sent = [
        other.post(f"{page}{path}", data={"title": "Mine"}).status_code for path in ("", "/items", "/remove")
    ]
    assert sent == [404, 404, 404]
    with work():
        assert [one.title for one in gatherings_of(giulia, every=True)] == ["Ten days, one suitcase"]
        assert gatherings_of(giulia) == []


def test_three_looks_hang_at_the_front_in_their_order(app, client, work, client_of) -> None:
    with work():
        editor_id = make_editor()
        own = db.session.get_one(Editor, editor_id).account_id
        product = make_product()
        looks = [make_look(editor_id, [product], title=f"Look {number}") for number in range(5)]
    desk = client_of(own)
    desk.post("/studio/collections/front", data={"look": [looks[1], looks[0], "", looks[1]]})
    with work():
        assert front_of(editor_id).pins == (looks[1], looks[0])
    page = client.get("/@giulia").text
    places = [page.index(f">Look {number}<") for number in (1, 0, 4, 3, 2)]
    assert places == sorted(places)
    desk.post("/studio/collections/front", data={"look": looks})
    with work():
        assert front_of(editor_id).pins == tuple(looks[:3])


def test_a_window_has_the_cover_its_editor_chose_while_that_look_is_on_show(client, work, client_of) -> None:
    with work():
        editor_id, amina = make_editor(), make_editor("Amina Sesay", "amina")
        own = db.session.get_one(Editor, editor_id).account_id
        product = make_product()
        look, hers = make_look(editor_id, [product]), make_look(amina, [product], title="Hers")
        keys = {f"picture_{size}_key": f"{size}.webp" for size in ("small", "medium", "large")}
        db.session.execute(update(Look).values(keys))
    desk, front = client_of(own), "/studio/collections/front"
    assert desk.post(front, data={"cover": hers, "look": look}).status_code == 422
    with work():
        assert front_of(editor_id) == Front((), None)
    desk.post(front, data={"cover": look})
    page = client.get("/@giulia").text
    assert 'class="profile__cover' in page
    assert 'class="profile__cover' not in client.get("/@amina").text
    assert f'<option value="{look}" selected>' in desk.get("/studio/collections").text
    with work():
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor_id)
    assert 'class="profile__cover' not in client.get("/@giulia").text
    desk.post(front, data={"cover": ""})
    with work():
        assert front_of(editor_id).cover is None


def test_one_look_put_in_twice_at_once_is_in_it_once(app, work, monkeypatch) -> None:
    with work():
        editor_id = make_editor()
        look = make_look(editor_id, [make_product()])
        key = actions.make_gathering(actor=STAFF, editor_id=editor_id, draft=DRAFT).id
    put = lambda: actions.add_item(actor=STAFF, editor_id=editor_id, gathering_id=key, look_id=look)  # noqa: E731
    count = text("SELECT count(*) FROM gathered_items")
    assert at_once(app, put, put) == []
    with work():
        assert db.session.execute(count).scalar_one() == 1
    monkeypatch.setattr(actions, "lock_rows", read_without_lock)
    with without_unique(work, "uq_gathered_items_gathering_id_look_id"):  # the twin
        with work():
            db.session.execute(text("TRUNCATE gathered_items"))
        at_once(app, put, put)
        with work():
            assert db.session.execute(count).scalar_one() == 2


def test_a_window_shows_only_collections_with_something_to_see(app, client, work) -> None:
    with work():
        editor_id = make_editor()
        look = make_look(editor_id, [make_product()])
        for name in ("Shown", "Hidden"):
            key = actions.make_gathering(
                actor=STAFF, editor_id=editor_id, draft=actions.GatheringDraft(title=name)
            ).id
            actions.add_item(actor=STAFF, editor_id=editor_id, gathering_id=key, look_id=look)
            if name == "Shown":
                made = actions.publish_gathering(actor=STAFF, editor_id=editor_id, gathering_id=key)
                assert made.status == GatheringStatus.PUBLISHED
    page = client.get("/@giulia").text
    assert ">Shown<" in page and ">Hidden<" not in page
    assert client.get("/@giulia/collections/hidden").status_code == 302
    with work():
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor_id)
    assert ">Shown<" not in client.get("/@giulia").text
