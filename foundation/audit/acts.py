"""What each act is called on the pages that tell of it, in both languages.

The package whose act it is names it, together with the kinds of things its acts are about. An act without a
sentence fails a test; a row whose package is no longer installed is shown by its plain name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _

from foundation.actors import Actor

KEY = "vetrina.acts"


@dataclass(slots=True)
class Words:
    """Lazy translations of acts, of the kinds of things they are about, of the parts of the shop, and of the
    reasons that nobody typed.
    """

    acts: dict[str, Any] = field(default_factory=dict)
    subjects: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, Any] = field(default_factory=dict)


def name(
    app: Flask,
    acts: Mapping[str, Any],
    subjects: Mapping[str, Any] | None = None,
    parts: Mapping[str, Any] | None = None,
    reasons: Mapping[str, Any] | None = None,
) -> None:
    """Say what acts are called, what they are about, which parts of the shop do them by themselves, and what
    the reasons mean that an action writes down as a code.
    """
    words: Words = app.extensions.setdefault(KEY, Words())
    for known, more in (
        (words.acts, acts),
        (words.subjects, subjects or {}),
        (words.parts, parts or {}),
        (words.reasons, reasons or {}),
    ):
        twice = known.keys() & more.keys()
        if twice:
            raise ValueError(f"Named twice: {', '.join(sorted(twice))}")
        known.update(more)


def sentence_of(action: str) -> str:
    """What people call this act."""
    return str(words_here().acts.get(action, action))


def subject_of(kind: str, number: int) -> str:
    """The thing an act was about: `order 12`."""
    return f"{words_here().subjects.get(kind, kind)} {number}"


def part_of(label: str) -> str:
    """What people call the part of the shop that acted by itself."""
    return str(words_here().parts.get(label, label))


def reason_of(reason: str | None) -> str:
    """Why, in the reader's language when an action said so by itself, else as somebody typed it."""
    return str(words_here().reasons.get(reason or "", reason or ""))


def asked_by(label: str) -> str:
    """Who asked, where only the label of the actor was kept: a guest, a part of the shop, or a name."""
    if label == Actor.guest().label:
        return _("A guest")
    known = words_here().parts
    return _("The shop itself (%(part)s)", part=known[label]) if label in known else label


def named_acts() -> list[tuple[str, str]]:
    """Every act with its sentence in the reader's language, by sentence, as a list to choose from."""
    return sorted(((act, str(said)) for act, said in words_here().acts.items()), key=lambda pair: pair[1])


def words_here() -> Words:
    """The words of the application that is running."""
    words: Words = current_app.extensions.setdefault(KEY, Words())
    return words
