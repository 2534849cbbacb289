import pytest
from sqlalchemy import func, select

from editors.membership.models import Application
from editors.membership.queries import application_by_id, editor_by_handle, last_application
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.models import Message
from tests.editors.conftest import make_application, make_editor, make_product

WORDS = "For my sister, who starts a new job on Monday and owns one blazer."


def filled(**other):
    """The form as somebody who wants to send it fills it in."""
    form = {
        "do": "send",
        "name": "Nadia Rinaldi",
        "city": "Torino",
        "handle_wish": "nadia",
        "words": WORDS,
        "discloses": "y",
        "has_read": "y",
    }
    return form | other


def how_many(work):
    with work():
        return db.session.scalar(select(func.count()).select_from(Application))


@pytest.fixture
def nadia(account, client_of):
    """Nadia's account and her browser."""
    number = account("nadia@example.test")
    return number, client_of(number)


def test_a_stranger_reads_the_programme_and_is_led_to_an_account(client):
    page = client.get("/editors/apply").text
    assert "/account/sign-up?next=/editors/apply" in page
    assert "<textarea" not in page


def test_nobody_asks_for_followers(nadia):
    page = nadia[1].get("/editors/apply").text.lower()
    assert 'name="followers' not in page
    assert "instagram" not in page


def test_an_application_is_sent_and_answered_with_what_happens_next(work, nadia):
    number, browser = nadia
    with work():
        product = make_product()
    answer = browser.post("/editors/apply", data=filled(piece=str(product)))
    assert answer.location == "/editors/apply/sent"
    assert "A person reads it now" in browser.get("/editors/apply/sent").text
    with work():
        sent = last_application(number)
        assert (sent.name, sent.handle_wish) == ("Nadia Rinaldi", "nadia")
        assert sent.answers == {"pieces": [product]}


def test_what_was_typed_is_kept_when_something_is_missing(work, nadia):
    with work():
        product = make_product()
    answer = nadia[1].post("/editors/apply", data=filled(city="  ", piece=str(product)))
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert 'value="Nadia Rinaldi"' in answer.text
    assert f'name="piece" value="{product}"' in answer.text
    assert "Tell us which city you are in." in answer.text
    assert how_many(work) == 0


@pytest.mark.parametrize("wish", ["admin", "x", "-nadia", "st0re"])
def test_a_handle_that_cannot_be_had_is_named_before_anybody_decides(work, nadia, wish):
    assert nadia[1].post("/editors/apply", data=filled(handle_wish=wish)).status_code == 422
    assert how_many(work) == 0


def test_the_outfit_is_chosen_with_buttons_that_need_no_script(work, nadia):
    browser = nadia[1]
    with work():
        jacket, blouse = make_product(), make_product("lina-blouse", "Lina blouse", 5000)
    typed = filled(do="find", q="blouse", piece=str(jacket))
    found = browser.post("/editors/apply", data=typed)
    assert found.status_code == 200
    assert f'name="add" value="{blouse}"' in found.text
    assert WORDS in found.text
    added = browser.post("/editors/apply", data=typed | {"do": "", "add": str(blouse)}).text
    assert f'name="piece" value="{jacket}"' in added
    assert f'name="piece" value="{blouse}"' in added
    dropped = browser.post("/editors/apply", data=typed | {"do": "", "drop": str(jacket)}).text
    assert f'name="piece" value="{jacket}"' not in dropped
    assert how_many(work) == 0


def test_a_second_application_is_refused_kindly(work, nadia):
    browser = nadia[1]
    browser.post("/editors/apply", data=filled())
    assert browser.get("/editors/apply").location == "/editors/apply/sent"
    again = browser.post("/editors/apply", data=filled(), follow_redirects=True)
    assert again.status_code == 200
    assert "already with us" in again.text
    assert how_many(work) == 1


def test_an_application_can_be_taken_back(work, nadia):
    browser = nadia[1]
    browser.post("/editors/apply", data=filled())
    assert browser.post("/editors/apply/sent/withdraw").status_code == 303
    assert "You took it back" in browser.get("/editors/apply/sent").text
    assert browser.post("/editors/apply", data=filled()).status_code == 303


@pytest.fixture
def clerk(account, client_of):
    """A browser of somebody in the store who decides applications."""
    return client_of(account("store@example.test", Role.STORE))


def test_staff_say_yes_in_place_and_the_window_opens(work, account, clerk, client):
    number = account("nadia@example.test")
    with work():
        application = make_application(number, "Nadia Rinaldi", "nadia")
    page = clerk.get("/staff/applications").text
    assert "Nadia Rinaldi wants to become a style editor" in page
    yes = {"do": "yes", "reply": "Dear Nadia, welcome.", "handle": "nadia"}
    assert clerk.post(f"/staff/applications/{application}", data=yes).status_code == 303
    assert client.get("/@nadia").status_code == 200
    with work():
        assert "Dear Nadia, welcome." in db.session.scalars(select(Message.text)).one()
    assert clerk.post(f"/staff/applications/{application}", data=yes | {"reply": "Twice"}).status_code == 303
    with work():
        assert "Twice" not in db.session.scalars(select(Message.text)).one()


def test_a_no_without_a_reason_keeps_the_words_and_asks(work, account, clerk):
    with work():
        application = make_application(account("nadia@example.test"), "Nadia Rinaldi", "nadia")
    answer = clerk.post(f"/staff/applications/{application}", data={"do": "no", "reply": "Not this year."})
    assert answer.status_code == 422
    assert "Not this year." in answer.text
    assert "Please write why" in answer.text


def test_words_for_somebody_who_was_answered_meanwhile_stand_under_nobody_else(work, account, clerk):
    with work():
        nadia, ada = (
            make_application(account(f"{name}@example.test"), name.title(), name) for name in ("nadia", "ada")
        )
    clerk.post(f"/staff/applications/{nadia}", data={"do": "no", "reply": "No.", "reason": "No outfit."})
    for late in ({"do": "no"}, {"do": "yes"}):
        answer = clerk.post(f"/staff/applications/{nadia}", data={"reply": "Dear Nadia"} | late)
        assert answer.location == "/staff/applications"
        page = clerk.get(answer.location).text
        assert "Nadia had an answer already, from" in page and "Dear Nadia" not in page
    with work():
        assert application_by_id(ada).status == "applied"


def test_a_handle_that_was_taken_meanwhile_is_answered_in_the_form(work, account, clerk):
    with work():
        make_editor()
        application = make_application(account("giulietta@example.test"), "Giulietta Neri", "giulla")
    page = clerk.get("/staff/applications").text
    assert 'value="giulietta"' in page
    answer = clerk.post(
        f"/staff/applications/{application}", data={"do": "yes", "reply": "Welcome.", "handle": "giulla"}
    )
    assert answer.status_code == 409
    assert "Somebody has that handle" in answer.text
    assert "Welcome." in answer.text
    with work():
        assert editor_by_handle("giulla") is None


def test_the_desk_tells_of_applications_and_only_to_those_who_decide(work, account, client_of, clerk):
    with work():
        make_application(account("nadia@example.test"), "Nadia Rinaldi", "nadia")
    assert "Nadia Rinaldi" in clerk.get("/staff").text
    catalogue = client_of(account("catalogue@example.test", Role.CATALOGUE))
    assert "Nadia Rinaldi" not in catalogue.get("/staff").text
    assert catalogue.get("/staff/applications").status_code == 403


def test_staff_pause_and_end_a_membership_with_a_reason(work, account, client_of, client):
    with work():
        editor = make_editor()
    community = client_of(account("community@example.test", Role.COMMUNITY))
    assert community.post(f"/staff/editors/{editor}/pause", data={"reason": ""}).status_code == 422
    assert community.post(f"/staff/editors/{editor}/pause", data={"reason": "Holidays."}).status_code == 303
    assert "takes a break" in client.get("/@giulia").text
    community.post(f"/staff/editors/{editor}/resume", data={"reason": "Back."})
    community.post(f"/staff/editors/{editor}/lead", data={"reason": "She began it."})
    assert "Leads the programme" in community.get("/staff/editors").text
    community.post(f"/staff/editors/{editor}/remove", data={"reason": "Asked to go."})
    assert client.get("/@giulia").status_code == 404
    assert community.post(f"/staff/editors/{editor}/resume", data={"reason": "No."}).status_code == 409
    assert community.post(f"/staff/editors/{editor}/promote", data={"reason": "No."}).status_code == 404


def test_before_anything_is_searched_for_the_newest_pieces_are_offered(work, nadia):
    browser = nadia[1]
    with work():
        jacket, blouse = make_product(), make_product("lina-blouse", "Lina blouse", 5000)
    page = browser.get("/editors/apply").text
    assert "Or begin with something new." in page
    assert f'name="add" value="{jacket}"' in page
    chosen = browser.post("/editors/apply", data=filled(do="", add=str(jacket))).text
    assert f'name="add" value="{jacket}"' not in chosen
    assert f'name="add" value="{blouse}"' in chosen
