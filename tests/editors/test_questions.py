"""What staff ask of whoever applies, how it is answered, and who may read that."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from editors.membership.models import Answer
from editors.membership.queries import last_application
from editors.questions import actions, policy
from editors.questions.actions import QuestionDraft
from editors.questions.errors import AudienceAsked
from editors.questions.models import Kind, Question
from editors.questions.queries import questions_asked
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from tests.editors.conftest import STAFF, make_product
from tests.editors.programme import PDF
from tests.editors.test_apply_pages import WORDS, filled, how_many


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(buffer, "JPEG", comment=b"taken at home")
    return buffer.getvalue()


def asked(kind: Kind, words: str, **more) -> int:
    return actions.ask(actor=STAFF, draft=QuestionDraft(kind=kind, words=words, **more)).id


@pytest.fixture
def six(work):
    """A question of each kind, by kind; a piece hangs in the shop, to be put into the outfit."""
    with work():
        make_product()
        ways = {"options": ["By train", "By car"], "options_it": ["In treno", "In auto"]}
        return {
            Kind.TEXT: asked(
                Kind.TEXT, "Whose wardrobe do you know best?", words_it="Quale armadio conosci?"
            ),
            Kind.CHOICE: asked(Kind.CHOICE, "How do you travel?", words_it="Come viaggi?", **ways),
            Kind.CHOICES: asked(Kind.CHOICES, "What else?", options=["Sewing", "Colour"], required=True),
            Kind.LINK: asked(Kind.LINK, "A page of yours"),
            Kind.FILE: asked(Kind.FILE, "One outfit you wore", required=True),
            Kind.CONSENT: asked(Kind.CONSENT, "You may ring me", required=True),
        }


@pytest.fixture
def nadia(account, client_of):
    number = account("nadia@example.test")
    return number, client_of(number)


@pytest.fixture
def community(account, client_of):
    return client_of(account("community@example.test", Role.COMMUNITY))


def answers(six, **other):
    """The whole form; the keys of `other` are kinds, None leaves one out."""
    said = {"text": "My mother's.", "choice": "1", "choices": ["0", "1"], "consent": "y"}
    said |= {"link": "https://example.test/me", "file": (io.BytesIO(picture()), "me.jpg")}
    said |= other
    return filled() | {
        f"question_{six[Kind(kind)]}": value for kind, value in said.items() if value is not None
    }


def test_answers_are_kept_as_they_were_asked(work, six, nadia, community):
    number, browser = nadia
    page = browser.get("/editors/apply").text
    assert page.index("Whose wardrobe") < page.index("How do you travel?") < page.index("You may ring me")
    assert "Come viaggi?" in browser.get("/editors/apply?lang=it").text
    sent = browser.post("/editors/apply", data=answers(six))
    assert sent.location == "/editors/apply/sent"
    with work():
        actions.reword(
            actor=STAFF,
            question_id=six[Kind.TEXT],
            draft=QuestionDraft(kind=Kind.TEXT, words="Something else?"),
        )
        actions.retire(actor=STAFF, question_id=six[Kind.CHOICE])
        said = db.session.scalars(select(Answer).order_by(Answer.position)).all()
        assert [(one.kind, one.said, one.said_it) for one in said[:4]] == [
            ("text", "My mother's.", None),
            ("choice", "By car", "In auto"),
            ("choices", "Sewing\nColour", "Sewing\nColour"),
            ("link", "https://example.test/me", None),
        ]
        assert said[4].file_key.endswith(".webp-private")
        application = last_application(number).id
        file = f"/staff/applications/{application}/files/{said[4].id}"
        key = said[4].file_key
    queue = community.get("/staff/applications").text
    assert "Whose wardrobe do you know best?" in queue
    assert "Something else?" not in queue
    assert "By car" in queue
    shown = community.get(file)
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert b"taken at home" not in shown.data
    assert "no-store" in shown.headers["Cache-Control"]
    assert browser.get(file).status_code == 403
    assert browser.get(f"/media/{key}").status_code == 404
    assert community.get(file.replace(str(application), str(application + 1), 1)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("choices", None, "Choose at least one."),
        ("choices", ["9"], "not"),
        ("choice", "9", "choice"),
        ("consent", None, "We need your word on this."),
        ("link", "javascript:alert(1)", "beginning with https://"),
        ("link", "https://me:secret@example.test", "beginning with https://"),
        ("text", "x" * 3001, "Up to 3,000 characters"),
        ("file", None, "Choose a picture or a PDF."),
        ("file", (b"<html><script>", "me.jpg"), "no picture we can read"),
        ("file", (b"%PDF-1.7 cut off", "cv.pdf"), "no whole PDF"),
        ("file", (PDF.replace(b"/Type", b"/OpenAction"), "cv.pdf"), "does something by itself"),
        ("file", (PDF + b"x" * 11_000_000 + b"%%EOF", "cv.pdf"), "10 MB at most"),
    ],
)
def test_what_does_not_fit_is_said_beside_it_and_nothing_typed_is_lost(
    work, six, nadia, kind, value, sentence
):
    if isinstance(value, tuple):
        value = (io.BytesIO(value[0]), value[1])
    answer = nadia[1].post("/editors/apply", data=answers(six, **{kind: value}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert WORDS in answer.text
    assert ("Choose your file again" in answer.text) == (kind != "file")
    assert how_many(work) == 0


def test_blanks_are_no_answer_to_what_has_to_be_answered(work, nadia):
    with work():
        needed = [asked(kind, "Say it", required=True) for kind in (Kind.TEXT, Kind.LINK)]
    answer = nadia[1].post("/editors/apply", data=filled() | {f"question_{one}": "   " for one in needed})
    assert answer.status_code == 422 and how_many(work) == 0
    assert "Write a line. We read it" in answer.text and "Write the address of the page." in answer.text


def test_what_may_stay_empty_may(work, six, nadia):
    form = answers(six, text=None, choice=None, link="", file=(io.BytesIO(PDF), "../../cv.pdf"))
    assert nadia[1].post("/editors/apply", data=form).location == "/editors/apply/sent"
    with work():
        said = db.session.scalars(select(Answer).order_by(Answer.position)).all()
        assert [one.kind for one in said] == ["choices", "file", "consent"]
        assert said[1].file_key.endswith(".pdf-private")


def test_staff_ask_reword_move_and_retire(work, community):
    new = {"kind": "text", "words": "Why us?", "words_it": "Perché noi?"}
    at = "/staff/programme/questions"
    assert community.post(f"{at}/new", data=new).status_code == 303
    assert community.post(f"{at}/new", data=new | {"words": "Why not?", "words_it": ""}).status_code == 303
    with work():
        *_, first, second = [question.id for question in questions_asked()]
        seen = db.session.get_one(Question, first).seen
    community.post(f"{at}/{second}/move", data={"do": "up"})
    page = community.get(at).text
    assert page.index("Why not?") < page.index("Why us?")
    changed = community.post(f"{at}/{first}", data=new | {"words": "Why here?", "seen": seen})
    assert changed.status_code == 303
    late = community.post(f"{at}/{first}", data=new | {"words": "Why there?", "seen": seen})
    assert late.status_code == 409
    assert "Why here?" in late.text
    assert "Why there?" in late.text
    community.post(f"{at}/{first}/retire")
    assert "Why here?" in community.get(at).text.partition("Asked no more")[2]
    community.post(f"{at}/{first}/again")
    with work():
        assert [question.words for question in questions_asked()][-2:] == ["Why not?", "Why here?"]
        acts = db.session.scalars(select(AuditRow.action).where(AuditRow.subject_type == "question")).all()
        assert set(acts) == {f"questions.{act}" for act in ("ask", "reword", "move", "retire", "ask_again")}


def test_a_list_of_one_or_with_an_uneven_italian_is_no_list(community):
    at = "/staff/programme/questions/new"
    one = {"kind": "choice", "words": "Which?", "options": "Only this"}
    assert "from two to twenty" in community.post(at, data=one).text
    uneven = one | {"options": "This\nThat", "options_it": "Questo"}
    assert "As many lines as in English" in community.post(at, data=uneven).text
    assert community.post(at, data=uneven | {"options_it": ""}).status_code == 303


def test_nobody_can_make_the_form_ask_for_followers(work, community):
    new = {"kind": "text", "words": "How many followers have you got?"}
    answer = community.post("/staff/programme/questions/new", data=new)
    assert answer.status_code == 422
    assert "We never ask how many people follow somebody" in answer.text
    with work(), pytest.raises(AudienceAsked):
        asked(Kind.CHOICE, "Where?", options=["Here", "Quanti ti seguono?"])
    assert policy.asks_for_an_audience("Quanti iscritti hai?")
    assert not policy.asks_for_an_audience("Which fabric do you follow through the year?")
