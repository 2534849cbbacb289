from sqlalchemy import func, select

from editors.looks import arranging, queries
from editors.looks.canvas.scene import CaptionThing, Face, Ink, Scene, Spot
from editors.looks.models import Look, LookVersion
from editors.looks.privacy import CHAPTER
from editors.membership.queries import editor_by_id
from foundation.db import db
from foundation.privacy.chapters import Person
from tests.editors.conftest import STAFF, make_editor, make_look, make_product


def test_looks_are_told_and_forgotten_with_drafts_captions_and_what_they_were(work):
    with work():
        mine, other = make_editor(), make_editor("Marta Conti", "marta")
        product = make_product()
        shown, theirs = make_look(mine, [product], "My Friday"), make_look(other, [product], "Hers")
        draft = arranging.begin_look(actor=STAFF, editor_id=mine)
        words = CaptionThing("For Anna", Face.BODY, Ink.INK, Spot(1, 1, 1000, 0))
        scene = Scene("plate", (words,))
        arranging.arrange_look(actor=STAFF, look_id=draft.id, editor_id=mine, version=1, scene=scene)
        person = Person(editor_by_id(mine).account_id, None)
        told = CHAPTER.tell(person)
    assert [one["title"] for one in told] == ["My Friday", ""]
    assert told[0]["versions"][0]["story"] == "Two days away, one small bag."
    assert told[1]["captions"][0]["text"] == "For Anna"
    with work():
        CHAPTER.forget(person)
    with work():
        left = queries.look_by_id(shown)
        assert (left.title, left.story, left.captions, left.picture_large_key) == ("", "", [], None)
        assert db.session.scalars(select(Look.id).order_by(Look.id)).all() == [shown, theirs]
        assert queries.look_by_id(theirs).title == "Hers"
        of_whom = select(func.count()).where(LookVersion.look_id == shown)
        assert db.session.scalars(of_whom).one() == 0
