from datetime import timedelta

import pytest
from sqlalchemy import func, select

from commissions.claims.codes import _editor_of
from editors.membership import claiming, errors, policy
from editors.membership.models import Editor, HandleClaim
from editors.membership.queries import editor_by_id
from editors.profiles import actions
from editors.profiles.errors import HandleRests
from foundation.db import db
from tests.editors.conftest import STAFF, make_account, make_application, make_editor, make_product
from tests.races import at_once, meeting, without_unique


def move(editor: int, wish: str) -> Editor:
    return actions.change_handle(actor=STAFF, editor_id=editor, wish=wish)


def test_a_handle_that_was_left_leads_on_and_stays_its_editors_for_a_year(work, client, clock, statements):
    with work():
        giulia, olga = make_editor(), make_editor("Olga Neri", "olga")
    with work():
        move(giulia, "@Giulia-Ferri")
        assert (editor_by_id(giulia).handle, db.session.get(HandleClaim, "gllllaferrl")) == (
            "giulia-ferri",
            None,
        )
    for old in ("giulia", "GIULIA", "giu1ia"):
        moved = client.get(f"/@{old}?from=card")
        assert (moved.status_code, moved.location) == (301, "/@giulia-ferri?from=card"), old
    assert client.get("/@giulia-ferri").status_code == 200
    assert client.get("/@nobody").status_code == 404
    with statements() as ran:
        client.get("/@giulia-ferri")
    assert not [one for one in ran.sql if "handle_claims" in one]
    with work():
        assert _editor_of("@Giulia")[0].id == giulia
        for wish in ("giulia", "giu1ia"):
            with pytest.raises(errors.HandleTaken):
                move(olga, wish)
    clock.freeze(clock.now + timedelta(days=89))
    with work():
        with pytest.raises(HandleRests) as rests:
            move(giulia, "julia")
        assert rests.value.until == editor_by_id(giulia).handle_changed_at + timedelta(days=90)
    clock.freeze(clock.now + policy.KEPT_FOR - timedelta(days=89))
    with work():
        with pytest.raises(errors.HandleTaken):
            move(olga, "giu1ia")  # what looks like it is nobody else's, ever
        move(olga, "giulia")
    assert client.get("/@olga").location == "/@giulia"
    assert client.get("/@giulia").status_code == 200


def test_an_editor_goes_back_to_a_handle_that_was_theirs(work, client, clock):
    with work():
        giulia = make_editor()
        move(giulia, "giulia-ferri")
    clock.freeze(clock.now + policy.CHANGE_EVERY)
    with work():
        move(giulia, "giulia")
    assert client.get("/@giulia").status_code == 200
    assert client.get("/@giulia-ferri").location == "/@giulia"


@pytest.mark.parametrize("wish", ["checkout", "vetrina", "marta-staff", "vetr1na.it", "lana-co", "lanaco"])
def test_words_of_the_shop_and_its_brands_are_nobodys_handle(work, client_of, wish):
    with work():
        make_product(vendor="Lana & Co.")
        editor = make_editor()
        account = make_account("Olga Neri")
        browser = client_of(editor_by_id(editor).account_id)
        with pytest.raises(errors.HandleReserved):
            make_application(account, "Olga Neri", wish)
    refused = browser.post("/studio/profile/handle", data={"handle": wish})
    assert refused.status_code == 400
    assert "belongs to the shop" in refused.text
    assert f'value="{wish}"' in refused.text


def test_the_page_says_when_a_handle_can_change_again(work, client_of, client):
    with work():
        giulia = make_editor()
        make_editor("Olga Neri", "olga")
        browser = client_of(editor_by_id(giulia).account_id)
    assert "stays yours for 12 months" in browser.get("/studio/profile").text
    assert "looks just like it" in browser.post("/studio/profile/handle", data={"handle": "0lga"}).text
    assert browser.post("/studio/profile/handle", data={"handle": "a--b"}).status_code == 400
    assert browser.post("/studio/profile/handle", data={"handle": ""}).status_code == 422
    assert browser.post("/studio/profile/handle", data={"handle": "ferri"}).status_code == 303
    page = browser.get("/studio/profile").text
    assert "can change again from" in page
    assert 'name="handle"' not in page
    assert client.get("/@giulia").location == "/@ferri"
    assert browser.get("/studio/window").location == "/studio/profile"
    with work():
        editor_by_id(giulia).status = "removed"
    assert browser.get("/studio/profile").status_code == 303
    assert browser.post("/studio/profile/handle", data={"handle": "gone"}).status_code == 403
    assert client.get("/@giulia").status_code == 404


def test_two_editors_who_want_one_handle_at_once_do_not_share_it(app, work):
    with work():
        giulia, olga = make_editor(), make_editor("Olga Neri", "olga")
    met = at_once(app, lambda: move(giulia, "seta"), lambda: move(olga, "5eta"))
    assert [type(error) for error in met] == [errors.HandleTaken]
    with work():
        assert db.session.scalar(select(func.count()).where(Editor.handle_changed_at.is_not(None))) == 1
        left = set(db.session.scalars(select(HandleClaim.handle).where(HandleClaim.left_at.is_not(None))))
        assert len(left) == 1
        assert left < {"giulia", "olga"}


def test_without_the_constraints_two_editors_share_what_they_want_at_once(app, work, monkeypatch):
    with work():
        giulia, olga = make_editor(), make_editor("Olga Neri", "olga")
    # Both find the handle free before either takes it.
    monkeypatch.setattr(claiming, "unless_taken", meeting(claiming.unless_taken))
    with without_unique(work, "pk_handle_claims", "uq_editors_handle", "uq_editors_handle_shape"):
        assert at_once(app, lambda: move(giulia, "seta"), lambda: move(olga, "seta")) == []
        with work():
            assert db.session.scalar(select(func.count()).where(Editor.handle == "seta")) == 2
