"""One of each thing of the programme, so that every page of it can be read."""

from __future__ import annotations

from typing import Any

from editors.membership.actions import apply
from editors.membership.queries import answers_to
from editors.questions.answers import Answered
from editors.questions.models import Kind
from editors.questions.queries import questions_asked
from foundation.actors import Actor
from foundation.files.private import keep_private
from tests.editors.conftest import make_account

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


def programme_values() -> dict[str, dict[str, Any]]:
    """What each route with arguments is read with; to be called in a unit of work."""
    question = questions_asked()[0]
    account = make_account("Ines Moreau")
    application = apply(
        actor=Actor.person(account, "Ines Moreau"),
        account_id=account,
        name="Ines Moreau",
        city="Milano",
        words="I alter dresses for friends.",
        handle_wish="ines",
        said=[
            Answered(question.id, Kind.FILE, "A paper", None, "paper.pdf", None, keep_private(PDF, "paper"))
        ],
    )
    answer = answers_to(application.id)[0]
    return {
        "questions_staff.question": {"question_id": question.id},
        "membership_staff.file": {"application_id": application.id, "answer_id": answer.id},
    }
