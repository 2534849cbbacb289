"""What staff write on the page of the programme."""

from __future__ import annotations

from editors.programme.models import ONLY, ProgrammePage
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.seen import refuse_changed


def write_page(
    *,
    actor: Actor,
    title: str,
    title_it: str,
    words: str,
    words_it: str,
    seen: str | None = None,
    files: dict[str, str | None] | None = None,
) -> ProgrammePage:
    """Other words, and those `files` (keys by column) that change. Raises `ChangedMeanwhile`."""
    (page,) = lock_rows(ProgrammePage, [ONLY])
    refuse_changed(seen, page.seen)
    page.title, page.title_it, page.words, page.words_it = title, title_it, words, words_it
    for column, key in (files or {}).items():
        setattr(page, column, key)
    audit.record(actor=actor, action="programme.write", subject=("programme", ONLY))
    db.session.flush()
    return page
