"""An answer on its way into an application."""

from __future__ import annotations

from dataclasses import dataclass

from editors.questions.models import Kind


@dataclass(frozen=True)
class Answered:
    """One answer with its question as it was asked. What is chosen from a list is said in both languages."""

    question_id: int
    kind: Kind
    asked: str
    asked_it: str | None
    said: str
    said_it: str | None = None
    file_key: str | None = None
