"""What staff ask, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from editors.questions import policy
from editors.questions.errors import AudienceAsked, NoSuchQuestion, TooManyQuestions
from editors.questions.models import WITH_OPTIONS, Kind, Question
from editors.questions.queries import asked_count, questions_asked
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.seen import refuse_changed


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """A question as somebody hands it in; see `models.Question`."""

    kind: Kind
    words: str
    words_it: str | None = None
    hint: str = ""
    hint_it: str | None = None
    options: Sequence[str] = ()
    options_it: Sequence[str] = ()
    required: bool = False


def ask(*, actor: Actor, draft: QuestionDraft) -> Question:
    """Ask something new, at the end of the form. Raises `AudienceAsked`, `TooManyQuestions`."""
    _refuse_audience(draft)
    if asked_count() >= policy.MOST_QUESTIONS:
        raise TooManyQuestions()
    last = db.session.scalars(select(func.coalesce(func.max(Question.position), 0))).one()
    question = Question(position=last + 1)
    _fill(question, draft)
    db.session.add(question)
    db.session.flush()
    audit.record(actor=actor, action="questions.ask", subject=("question", question.id))
    return question


def reword(*, actor: Actor, question_id: int, draft: QuestionDraft, seen: str | None = None) -> Question:
    """Ask it in other words from now on; answers keep the words they were given to.

    Raises `AudienceAsked`, and `ChangedMeanwhile` when it no longer is what was `seen`.
    """
    _refuse_audience(draft)
    question = _locked(question_id)
    before = question.words
    refuse_changed(seen, question.seen)
    _fill(question, draft)
    audit.record(
        actor=actor,
        action="questions.reword",
        subject=("question", question.id),
        before={"words": before},
        after={"words": question.words},
    )
    db.session.flush()
    return question


def retire(*, actor: Actor, question_id: int) -> Question:
    """Ask it no more; saying it twice is saying it once. Answers stay."""
    question = _locked(question_id)
    if question.retired_at is None:
        question.retired_at = clock.now()
        audit.record(actor=actor, action="questions.retire", subject=("question", question.id))
        db.session.flush()
    return question


def ask_again(*, actor: Actor, question_id: int) -> Question:
    """Ask a retired question again, where it stood. Raises `TooManyQuestions`."""
    question = _locked(question_id)
    if question.retired_at is not None:
        if asked_count() >= policy.MOST_QUESTIONS:
            raise TooManyQuestions()
        question.retired_at = None
        audit.record(actor=actor, action="questions.ask_again", subject=("question", question.id))
        db.session.flush()
    return question


def move(*, actor: Actor, question_id: int, by: int) -> None:
    """One place up (-1) or down (1) among the questions that are asked."""
    locked = {question.id: question for question in lock_rows(Question, _asked_ids())}
    if question_id not in locked:
        raise NoSuchQuestion()
    order = sorted(locked, key=lambda one: (locked[one].position, one))
    for place, one in enumerate(policy.moved(order, question_id, by), start=1):
        locked[one].position = place
    audit.record(actor=actor, action="questions.move", subject=("question", question_id))
    db.session.flush()


def _asked_ids() -> list[int]:
    return [question.id for question in questions_asked()]


def _fill(question: Question, draft: QuestionDraft) -> None:
    question.kind = draft.kind
    question.words, question.words_it = draft.words, draft.words_it
    question.hint, question.hint_it = draft.hint, draft.hint_it
    chosen = draft.kind in WITH_OPTIONS
    question.options = list(draft.options) if chosen else []
    question.options_it = list(draft.options_it) if chosen else []
    question.required = draft.required


def _refuse_audience(draft: QuestionDraft) -> None:
    said = (draft.words, draft.words_it or "", draft.hint, draft.hint_it or "")
    if policy.asks_for_an_audience(*said, *draft.options, *draft.options_it):
        raise AudienceAsked()


def _locked(question_id: int) -> Question:
    locked = lock_rows(Question, [question_id])
    if not locked:
        raise NoSuchQuestion()
    return locked[0]
