"""Everything that changes a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editors.looks import errors, laying, piece_queries
from editors.looks.facts import LookComposed, LookTakenDown
from editors.looks.models import (
    LOOK_MOVES,
    MOST_OF_ONE,
    MOST_PIECES,
    Look,
    LookPiece,
    LookStatus,
    Occasion,
    Season,
    Style,
)
from editors.looks.versions import another_version, keep_version
from editors.looks.writing import (
    COMPOSE,
    ask_for_picture,
    check_ready,
    choose_slug,
    count_in_looks,
    freeze_split,
    locked_look,
    worn_by,
)
from foundation import clock, facts, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.jobs import queue


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """A product, so many of it, and where it lies if somebody said so by numbers."""

    product_id: int
    quantity: int = 1
    numbers: laying.Numbers | None = None


@dataclass(frozen=True, slots=True)
class LookDraft:
    """What an editor wrote and chose; empty Italian means there is none. Pieces in their order."""

    title: str
    story: str
    occasion: Occasion
    title_it: str = ""
    story_it: str = ""
    season: Season = Season.ALL
    styles: tuple[Style, ...] = ()
    pieces: tuple[PieceDraft, ...] = ()


def draft_look(*, actor: Actor, editor_id: int, draft: LookDraft) -> Look:
    """Begin a look that only its editor sees; raises `TooManyPieces`."""
    now = clock.now()
    look = Look(
        editor_id=editor_id,
        slug=f"draft-{ids.code(10)}",
        title=draft.title,
        story=draft.story,
        occasion=draft.occasion,
        created_at=now,
        changed_at=now,
    )
    look.pieces = []
    db.session.add(look)
    _write(look, draft)
    db.session.flush()
    audit.record(actor=actor, action="looks.draft", subject=("look", look.id))
    return look


def change_look(*, actor: Actor, look_id: int, editor_id: int, version: int, draft: LookDraft) -> Look:
    """Save a look; a published one must stay fit to be shown.

    Raises `NoSuchLook` for somebody else's, `LookChanged` when `version` is not the stored one,
    `TooManyPieces`, `LookUnready`.
    """
    look = locked_look(look_id, editor_id)
    if look.version != version:
        raise errors.LookChanged()
    with another_version(look):
        _write(look, draft)
    audit.record(
        actor=actor, action="looks.change", subject=("look", look.id), after={"version": look.version}
    )
    db.session.flush()
    return look


def publish_look(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Put a look on show; its picture is composed by a job afterwards.

    Raises `LookUnready` naming everything that is missing, `IllegalMove` when it is on show already.
    """
    look = locked_look(look_id, editor_id)
    check_ready(look)
    LOOK_MOVES.move(look, LookStatus.PUBLISHED)
    worn = worn_by(look)  # an address already taken rolls back to a savepoint and lets go of the pieces
    if look.published_at is None:
        look.published_at = clock.now()
        choose_slug(look)
        freeze_split(look)
    look.version += 1
    look.changed_at = clock.now()
    look.publish_at = None
    count_in_looks(worn)
    ask_for_picture(look)
    keep_version(look)
    audit.record(actor=actor, action="looks.publish", subject=("look", look.id), after={"slug": look.slug})
    db.session.flush()
    return look


def unpublish_look(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Take a look down; its links then lead to what comes closest. Raises `IllegalMove`."""
    look = locked_look(look_id, editor_id)
    LOOK_MOVES.move(look, LookStatus.UNPUBLISHED)
    look.version += 1
    look.changed_at = clock.now()
    count_in_looks(worn_by(look))
    facts.record(LookTakenDown(look_id=look.id))
    audit.record(actor=actor, action="looks.unpublish", subject=("look", look.id))
    db.session.flush()
    return look


def keep_picture(*, look_id: int, version: int, keys: Sequence[str], avif_keys: Sequence[str] = ()) -> bool:
    """Note the composed picture by its file keys, small to large, and by those of the same as AVIF.

    False when the look has changed since it was drawn, or is there no more.
    """
    look = next(iter(lock_rows(Look, [look_id])), None)
    if look is None or look.version != version:
        return False
    look.picture_small_key, look.picture_medium_key, look.picture_large_key = keys
    look.picture_avif_keys = list(avif_keys)
    facts.record(LookComposed(look_id=look_id, version=version))
    db.session.flush()
    return True


def compose_again(product_ids: Iterable[int]) -> None:
    """These products lie differently now: have the pictures of the looks that hold them composed anew."""
    for look_id in piece_queries.on_show_with(product_ids):
        queue.defer(COMPOSE, once=f"{COMPOSE}:{look_id}", look_id=look_id)


def _write(look: Look, draft: LookDraft) -> None:
    look.title, look.title_it = draft.title, draft.title_it or None
    look.story, look.story_it = draft.story, draft.story_it or None
    look.occasion, look.season, look.styles = draft.occasion, draft.season, list(draft.styles)
    wanted = {piece.product_id: piece for piece in draft.pieces}
    if len(wanted) > MOST_PIECES or not all(1 <= one.quantity <= MOST_OF_ONE for one in wanted.values()):
        raise errors.TooManyPieces()
    known = piece_queries.known_products(wanted)
    kept = {piece.product_id: piece for piece in look.pieces}
    look.pieces = [
        _placed(kept.get(product_id) or LookPiece(product_id=product_id, copies=[]), one.quantity, position)
        for position, (product_id, one) in enumerate(
            ((product_id, one) for product_id, one in wanted.items() if product_id in known), start=1
        )
    ]
    moved = [
        laying.move_by_numbers(piece, numbers)
        for piece in look.pieces
        if piece.product_id in kept and (numbers := wanted[piece.product_id].numbers)
    ]
    look.by_hand = look.by_hand or any(moved)
    laying.lay(look, [piece for piece in look.pieces if piece.product_id not in kept])
    db.session.flush()


def _placed(piece: LookPiece, quantity: int, position: int) -> LookPiece:
    """What is bought less often than it lies is taken off the canvas as often, the copies first."""
    piece.quantity, piece.position = quantity, position
    piece.copies = piece.copies[: quantity - 1]
    return piece
