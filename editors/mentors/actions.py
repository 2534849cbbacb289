"""Asking, accepting and ending. Either may end; whoever was asked may say no by ending it."""

from __future__ import annotations

from editors.membership.features import Feature
from editors.membership.letters import write_to
from editors.membership.models import Editor
from editors.membership.policy import plain_handle
from editors.membership.ports import refuse_without
from editors.mentors.errors import AskedAlready, HasAMentor, NobodyThere, NoSuchMentorship, NotYourself
from editors.mentors.models import Mentorship
from editors.mentors.queries import active_editor
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


def ask(*, actor: Actor, editor_id: int, handle: str, to_learn: bool) -> Mentorship:
    """Ask somebody to be one's mentor (`to_learn`), or to be one's learner.

    Raises `NobodyThere`, `NotYourself`, `AskedAlready`, and `PilotOnly` for who may not try it yet.
    """
    refuse_without(Feature.MENTORS, editor_id)
    other = active_editor(plain_handle(handle))
    if other is None:
        raise NobodyThere()
    if other.id == editor_id:
        raise NotYourself()
    mentor, learner = (other.id, editor_id) if to_learn else (editor_id, other.id)
    asked = Mentorship(mentor_id=mentor, learner_id=learner, asked_by_id=editor_id, asked_at=clock.now())
    with unless_taken(AskedAlready, "uq_mentorships_pair"):
        db.session.add(asked)
        db.session.flush()
    audit.record(actor=actor, action="mentors.ask", subject=("mentorship", asked.id))
    _tell(other.id, "asked", by=editor_id, to_learn=to_learn)
    return asked


def accept(*, actor: Actor, mentorship_id: int, editor_id: int) -> Mentorship:
    """Say yes to what one was asked, also who cannot ask yet. Raises `HasAMentor` when the learner has one,
    `NoSuchMentorship`."""
    bond = _locked(mentorship_id, editor_id)
    if bond.asked_by_id == editor_id or bond.accepted_at is not None:
        raise NoSuchMentorship()
    with unless_taken(HasAMentor, "uq_mentorships_learner"):
        bond.accepted_at = clock.now()
        db.session.flush()
    audit.record(actor=actor, action="mentors.accept", subject=("mentorship", bond.id))
    _tell(bond.other_of(editor_id), "accepted", by=editor_id)
    return bond


def end(*, actor: Actor, mentorship_id: int, editor_id: int) -> None:
    """End it, take a question back, or say no to one."""
    bond = _locked(mentorship_id, editor_id)
    bond.ended_at = clock.now()
    audit.record(actor=actor, action="mentors.end", subject=("mentorship", bond.id))
    db.session.flush()
    if bond.accepted_at is not None or bond.asked_by_id != editor_id:
        _tell(bond.other_of(editor_id), "ended", by=editor_id)


def _locked(mentorship_id: int, editor_id: int) -> Mentorship:
    locked = lock_rows(Mentorship, [mentorship_id])
    if not locked or editor_id not in {locked[0].mentor_id, locked[0].learner_id} or locked[0].ended_at:
        raise NoSuchMentorship()
    return locked[0]


def _tell(editor_id: int, letter: str, *, by: int, to_learn: bool = False) -> None:
    other = db.session.get_one(Editor, by)
    write_to(editor_id, f"editors/mentors/mail/{letter}.txt", other=other.name, to_learn=to_learn)
