"""What every change of a look shares: the lock before it, and what follows from it."""

from __future__ import annotations

from collections.abc import Set
from itertools import count
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from editors.looks import errors, piece_queries, queries
from editors.looks.authors.models import CoAuthorStatus
from editors.looks.authors.queries import coauthor_of
from editors.looks.models import Look
from foundation import clock, ids
from foundation.db import db, lock_rows
from foundation.jobs import queue
from storefront.search.actions import count_worn

COMPOSE = "editors.compose_look_picture"
SLUG_TRIES = 8


def locked_look(look_id: int, editor_id: int) -> Look:
    """An editor's own look with everything on it, locked; raises `NoSuchLook`."""
    locked = lock_rows(Look, [look_id])
    if not locked or locked[0].editor_id != editor_id:
        raise errors.NoSuchLook()
    look = queries.look_by_id(look_id)
    if look is None:
        raise errors.NoSuchLook()
    return look


def worn_by(look: Look) -> set[int]:
    """The products in a look."""
    return {piece.product_id for piece in look.pieces}


def count_in_looks(product_ids: Set[int]) -> None:
    """The shop sorts by how many looks a piece is worn in."""
    db.session.flush()
    count_worn(product_ids, piece_queries.worn_in)


def check_ready(look: Look) -> None:
    """Raises `LookUnready` with everything that keeps a look from being shown."""
    problems = []
    if not look.title.strip():
        problems.append(_l("Give the look a title."))
    if not look.story.strip():
        problems.append(_l("Say in a sentence or two where it goes."))
    if not look.pieces:
        problems.append(_l("Put at least one piece into the look."))
    problems += [
        _l("%(name)s is no longer sold. Take it out.", name=product.name)
        for product in piece_queries.unsold_products(worn_by(look))
    ]
    if look.published_at is None:
        problems += _not_agreed(look)
    if problems:
        raise errors.LookUnready(problems)


def _not_agreed(look: Look) -> list[Any]:
    """What keeps two editors from going on show together."""
    other = coauthor_of(look.id)
    if other is None:
        return []
    name = other.editor.name
    if other.status == CoAuthorStatus.INVITED:
        return [_l("%(name)s has not answered yet. Wait, or take the invitation back.", name=name)]
    if not other.editor.on_show:
        return [_l("%(name)s is no longer a style editor. Put it together alone.", name=name)]
    return []


def freeze_split(look: Look) -> None:
    """The look goes on show for the first time: what two agreed on stays from here on."""
    other = coauthor_of(look.id)
    if other is not None:
        other.frozen_at = clock.now()


def choose_slug(look: Look) -> None:
    """The title as an address; the unique constraint decides between two of the same moment."""
    stem = ids.slug(look.title) or "look"
    for _ in range(SLUG_TRIES):
        taken = queries.slugs_like(stem)
        wishes = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        try:
            with db.session.begin_nested():
                look.slug = next(wish for wish in wishes if wish not in taken)
                db.session.flush()
            return
        except IntegrityError:
            queries.look_by_id(look.id)  # the savepoint let go of everything read before it
    raise errors.LookChanged()


def ask_for_picture(look: Look) -> None:
    """Forget the picture of the earlier pieces and have a new one composed once this has committed."""
    look.picture_small_key = look.picture_medium_key = look.picture_large_key = None
    look.picture_avif_keys = []
    queue.defer(COMPOSE, once=f"{COMPOSE}:{look.id}", look_id=look.id)
