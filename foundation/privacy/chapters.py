"""Who knows what of a person. Each feature that keeps something writes one chapter of their file.

A feature says in its `privacy.py` how its chapter reads (`tell`), what becomes of it when the person asks to
be forgotten (`forget`), what has to be settled first (`obstacle`), and what may go only later (`later`).
`tables` are those whose personal columns the chapter answers for: a test finds the ones nobody names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import TextClause

from foundation.accounts.models import Account
from foundation.db import db

_KEY = "vetrina.privacy"
# Stands wherever a forgotten person's name stood in books that may not be changed otherwise.
FORMER = "former account"


@dataclass(frozen=True, slots=True)
class Person:
    """Whose file it is. `email` is None, which equals nothing in SQL, while nobody has proved that the
    address is theirs: what was left under an address alone is told to its owner only, and what was left
    under no address at all (a sale at the till) to nobody."""

    account_id: int
    email: str | None

    @property
    def values(self) -> dict[str, Any]:
        """The person as values of a statement."""
        return {"account_id": self.account_id, "email": self.email}


Tell = Callable[[Person], Sequence[Mapping[str, Any]]]
Forget = Callable[[Person], None]


def _nothing_in_the_way(person: Person) -> str | None:
    return None


def _nothing_later() -> None:
    return None


def _nothing_to_hold(person: Person) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of somebody's file. `title` and `promise` are lazy translations; the promise says what the
    part is kept for and what becomes of it. `hold` locks what several chapters change and others lock in an
    order of their own, before anything is forgotten."""

    name: str
    title: Any
    promise: Any
    tables: tuple[str, ...]
    tell: Tell
    forget: Forget
    obstacle: Callable[[Person], str | None] = _nothing_in_the_way
    later: Callable[[], None] = _nothing_later
    hold: Forget = _nothing_to_hold


def cover(app: Flask, chapter: Chapter, *, order: int = 50) -> None:
    """Add a chapter; lower `order` is told first."""
    known: list[tuple[int, Chapter]] = app.extensions.setdefault(_KEY, [])
    known.append((order, chapter))
    known.sort(key=lambda entry: entry[0])


def chapters() -> list[Chapter]:
    """Every chapter, in the order it is told."""
    return [chapter for _, chapter in current_app.extensions[_KEY]]


def person_of(account: Account) -> Person:
    """Whose file an account opens."""
    return Person(account.id, account.email if account.email_verified_at is not None else None)


def told(statement: TextClause, person: Person) -> list[dict[str, Any]]:
    """What a statement finds of a person, as plain values that fit into a file."""
    found = db.session.execute(statement, person.values).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def forget_by(statements: Iterable[TextClause], person: Person) -> None:
    """Run what forgets a person, one statement after the other."""
    for statement in statements:
        db.session.execute(statement, person.values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
