"""Everything that changes a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import count

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from editors.looks import errors, queries
from editors.looks.layout import lay_out
from editors.looks.models import LOOK_MOVES, MOST_OF_ONE, MOST_PIECES, Look, LookPiece, LookStatus, Occasion
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.jobs import queue
from storefront.search.actions import count_worn

COMPOSE = "editors.compose_look_picture"
SLUG_TRIES = 8


@dataclass(frozen=True, slots=True)
class PieceDraft:
    product_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class LookDraft:
    """What an editor wrote and chose; empty Italian means there is none. Pieces in their order."""

    title: str
    story: str
    occasion: Occasion
    title_it: str = ""
    story_it: str = ""
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
    look = _locked(look_id, editor_id)
    if look.version != version:
        raise errors.LookChanged()
    worn = {piece.product_id for piece in look.pieces}
    _write(look, draft)
    if look.on_show:
        _check_ready(look)
        _ask_for_picture(look)
    look.version += 1
    look.changed_at = clock.now()
    if look.on_show:
        _count_worn(worn | _worn(look))
    audit.record(
        actor=actor, action="looks.change", subject=("look", look.id), after={"version": look.version}
    )
    db.session.flush()
    return look


def publish_look(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Put a look on show; its picture is composed by a job afterwards.

    Raises `LookUnready` naming everything that is missing, `IllegalMove` when it is on show already.
    """
    look = _locked(look_id, editor_id)
    _check_ready(look)
    LOOK_MOVES.move(look, LookStatus.PUBLISHED)
    worn = _worn(look)  # an address already taken rolls back to a savepoint and lets go of the pieces
    if look.published_at is None:
        look.published_at = clock.now()
        _choose_slug(look)
    look.version += 1
    look.changed_at = clock.now()
    _count_worn(worn)
    _ask_for_picture(look)
    audit.record(actor=actor, action="looks.publish", subject=("look", look.id), after={"slug": look.slug})
    db.session.flush()
    return look


def unpublish_look(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Take a look down; its links then lead to the editor's window. Raises `IllegalMove`."""
    look = _locked(look_id, editor_id)
    LOOK_MOVES.move(look, LookStatus.UNPUBLISHED)
    look.version += 1
    look.changed_at = clock.now()
    _count_worn(_worn(look))
    audit.record(actor=actor, action="looks.unpublish", subject=("look", look.id))
    db.session.flush()
    return look


def keep_picture(*, look_id: int, version: int, keys: Sequence[str], avif_keys: Sequence[str] = ()) -> bool:
    """Note the composed picture by its file keys, small to large, and by those of the same as AVIF.

    False when the look has changed since it was drawn.
    """
    (look,) = lock_rows(Look, [look_id])
    if look.version != version:
        return False
    look.picture_small_key, look.picture_medium_key, look.picture_large_key = keys
    look.picture_avif_keys = list(avif_keys)
    db.session.flush()
    return True


def _count_worn(product_ids: Set[int]) -> None:
    """The shop sorts by how many looks a piece is worn in."""
    db.session.flush()
    count_worn(product_ids, queries.worn_in)


def _worn(look: Look) -> set[int]:
    return {piece.product_id for piece in look.pieces}


def _locked(look_id: int, editor_id: int) -> Look:
    locked = lock_rows(Look, [look_id])
    if not locked or locked[0].editor_id != editor_id:
        raise errors.NoSuchLook()
    look = queries.look_by_id(look_id)
    if look is None:
        raise errors.NoSuchLook()
    return look


def _write(look: Look, draft: LookDraft) -> None:
    look.title, look.title_it = draft.title, draft.title_it or None
    look.story, look.story_it = draft.story, draft.story_it or None
    look.occasion = draft.occasion
    wanted = {piece.product_id: piece.quantity for piece in draft.pieces}
    if len(wanted) > MOST_PIECES or not all(1 <= number <= MOST_OF_ONE for number in wanted.values()):
        raise errors.TooManyPieces()
    known = queries.known_products(wanted)
    kept = {piece.product_id: piece for piece in look.pieces}
    look.pieces = [
        _placed(kept.get(product_id) or LookPiece(product_id=product_id), quantity, position)
        for position, (product_id, quantity) in enumerate(
            ((one, number) for one, number in wanted.items() if one in known), start=1
        )
    ]
    _lay_out(look)
    db.session.flush()


def _lay_out(look: Look) -> None:
    """Lay the pieces out anew, in true proportion; the same pieces in the same order lie the same way."""
    shapes = queries.garments_of(piece.product_id for piece in look.pieces)
    placements = lay_out([shapes[piece.product_id].for_layout() for piece in look.pieces])
    for piece, place in zip(look.pieces, placements, strict=True):
        piece.x, piece.y, piece.scale = place.x, place.y, place.scale
        piece.rotation, piece.layer, piece.flip = place.rotation, place.layer, False


def _placed(piece: LookPiece, quantity: int, position: int) -> LookPiece:
    piece.quantity, piece.position = quantity, position
    return piece


def _check_ready(look: Look) -> None:
    problems = []
    if not look.title.strip():
        problems.append(_l("Give the look a title."))
    if not look.story.strip():
        problems.append(_l("Say in a sentence or two where it goes."))
    if not look.pieces:
        problems.append(_l("Put at least one piece into the look."))
    problems += [
        _l("%(name)s is no longer sold. Take it out.", name=product.name)
        for product in queries.unsold_products(piece.product_id for piece in look.pieces)
    ]
    if problems:
        raise errors.LookUnready(problems)


def compose_again(product_ids: Iterable[int]) -> None:
    """These products lie differently now: have the pictures of the looks that hold them composed anew."""
    for look_id in queries.on_show_with(product_ids):
        queue.defer(COMPOSE, once=f"{COMPOSE}:{look_id}", look_id=look_id)


def _choose_slug(look: Look) -> None:
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
            db.session.refresh(look, ["slug"])
    raise errors.LookChanged()


def _ask_for_picture(look: Look) -> None:
    """Forget the picture of the earlier pieces and have a new one composed once this has committed."""
    look.picture_small_key = look.picture_medium_key = look.picture_large_key = None
    look.picture_avif_keys = []
    queue.defer(COMPOSE, once=f"{COMPOSE}:{look.id}", look_id=look.id)
