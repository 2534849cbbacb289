"""Everything that changes the collections of an editor and the front of their window.

Each act names the editor: a collection of somebody else is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from editors.gatherings.errors import (
    GatheringFull,
    NoSuchGathering,
    NothingGathered,
    NotToBePinned,
    TooManyGatherings,
)
from editors.gatherings.models import (
    GATHERING_MOVES,
    MOST_PINS,
    GatheredItem,
    Gathering,
    GatheringStatus,
    LookPin,
    WindowCover,
)
from editors.gatherings.queries import items_of, number_of, slugs_of
from editors.looks.card_queries import looks_by_ids
from editors.membership.models import Editor
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from storefront.catalog.queries import products_by_ids
from storefront.collections.policy import in_order, moved

MOST_GATHERINGS = 24
MOST_ITEMS = 60

_PLACES = text(
    """
    UPDATE gathered_items item SET position = placed.position
    FROM unnest(CAST(:items AS bigint[])) WITH ORDINALITY AS placed (id, position)
    WHERE item.gathering_id = :gathering_id AND item.id = placed.id AND item.position <> placed.position
    """
)


@dataclass(frozen=True, kw_only=True)
class GatheringDraft:
    """What a collection says of itself."""

    title: str
    title_it: str | None = None
    words: str = ""
    words_it: str | None = None


def make_gathering(*, actor: Actor, editor_id: int, draft: GatheringDraft) -> Gathering:
    """Begin a collection; only its editor sees it. Raises `TooManyGatherings`.

    Under the editor's lock: two windows cannot begin a twenty-fifth, nor two of one address.
    """
    lock_rows(Editor, [editor_id])
    if number_of(editor_id) >= MOST_GATHERINGS:
        raise TooManyGatherings()
    taken = slugs_of(editor_id)
    stem = ids.slug(draft.title, limit=90) or ids.code().lower()
    slug = next(wish for number in count(1) if (wish := _numbered(stem, number)) not in taken)
    now = clock.now()
    made = Gathering(editor_id=editor_id, slug=slug, made_at=now, changed_at=now, **vars(draft))
    db.session.add(made)
    db.session.flush()
    audit.record(actor=actor, action="gatherings.make", subject=("gathering", made.id))
    return made


def change_gathering(*, actor: Actor, editor_id: int, gathering_id: int, draft: GatheringDraft) -> Gathering:
    """Other words; its address stays. Raises `NoSuchGathering`."""
    gathering = _locked(editor_id, gathering_id)
    for name, value in vars(draft).items():
        setattr(gathering, name, value)
    _touch(gathering)
    audit.record(actor=actor, action="gatherings.change", subject=("gathering", gathering_id))
    return gathering


def publish_gathering(*, actor: Actor, editor_id: int, gathering_id: int) -> Gathering:
    """Put it into the window. Raises `NoSuchGathering`, `IllegalMove`, and `NothingGathered` while nothing
    of it can be seen."""
    gathering = _locked(editor_id, gathering_id)
    items = items_of(gathering_id)
    looks = looks_by_ids([item.look_id for item in items if item.look_id])
    if not looks and not products_by_ids([item.product_id for item in items if item.product_id]):
        raise NothingGathered()
    return _move(actor, gathering, GatheringStatus.PUBLISHED, "gatherings.publish")


def hide_gathering(*, actor: Actor, editor_id: int, gathering_id: int) -> Gathering:
    """Take it out of the window. Raises `NoSuchGathering` and `IllegalMove`."""
    return _move(actor, _locked(editor_id, gathering_id), GatheringStatus.HIDDEN, "gatherings.hide")


def remove_gathering(*, actor: Actor, editor_id: int, gathering_id: int) -> None:
    """Put it away for good; its looks stay. Raises `NoSuchGathering`.

    The row stays, with its name and address and nothing in it: links to it may be out.
    """
    gathering = _locked(editor_id, gathering_id)
    GATHERING_MOVES.move(gathering, GatheringStatus.REMOVED)
    audit.record(
        actor=actor,
        action="gatherings.remove",
        subject=("gathering", gathering_id),
        before={"title": gathering.title},
    )
    db.session.execute(delete(GatheredItem).where(GatheredItem.gathering_id == gathering_id))
    _touch(gathering)


def add_item(
    *,
    actor: Actor,
    editor_id: int,
    gathering_id: int,
    look_id: int | None = None,
    product_id: int | None = None,
) -> None:
    """Put a look of theirs or a piece of the shop behind the others; what is in it already stays.

    Raises `NoSuchGathering` (also for a look or a piece nobody sees) and `GatheringFull`.
    """
    gathering = _locked(editor_id, gathering_id)
    if look_id is not None:
        found = any(look.editor_id == editor_id for look in looks_by_ids([look_id]))
    else:
        found = any(product.status == "active" for product in products_by_ids([product_id or 0]))
    if not found:
        raise NoSuchGathering()
    last, number = db.session.execute(
        select(func.coalesce(func.max(GatheredItem.position), 0), func.count()).where(
            GatheredItem.gathering_id == gathering_id
        )
    ).one()
    if number >= MOST_ITEMS:
        raise GatheringFull()
    db.session.execute(
        insert(GatheredItem)
        .values(gathering_id=gathering_id, position=last + 1, look_id=look_id, product_id=product_id)
        .on_conflict_do_nothing()
    )
    _touch(gathering)


def remove_item(*, actor: Actor, editor_id: int, gathering_id: int, item_id: int) -> None:
    """Take something out; twice is once. Raises `NoSuchGathering`."""
    gathering = _locked(editor_id, gathering_id)
    db.session.execute(
        delete(GatheredItem).where(GatheredItem.gathering_id == gathering_id, GatheredItem.id == item_id)
    )
    _touch(gathering)


def order_items(*, actor: Actor, editor_id: int, gathering_id: int, item_ids: Sequence[int]) -> None:
    """Put it into this order; what the list does not know stays behind. Raises `NoSuchGathering`."""
    gathering = _locked(editor_id, gathering_id)
    _place(gathering, in_order([item.id for item in items_of(gathering_id)], list(item_ids)))


def move_item(*, actor: Actor, editor_id: int, gathering_id: int, item_id: int, earlier: bool) -> None:
    """One place earlier or later; nothing happens at the ends. Raises `NoSuchGathering`."""
    gathering = _locked(editor_id, gathering_id)
    now = [item.id for item in items_of(gathering_id)]
    if item_id in now:
        _place(gathering, moved(now, item_id, earlier=earlier))


def pin_looks(*, actor: Actor, editor_id: int, look_ids: Sequence[int]) -> None:
    """Hang up to three looks at the front of the window, in this order; the others go back in line.

    Raises `NotToBePinned` for a look that is not theirs or not on show.
    """
    wanted = list(dict.fromkeys(look_ids))[:MOST_PINS]
    lock_rows(Editor, [editor_id])
    known = {look.id for look in looks_by_ids(wanted) if look.editor_id == editor_id}
    if known != set(wanted):
        raise NotToBePinned()
    db.session.execute(delete(LookPin).where(LookPin.editor_id == editor_id))
    db.session.add_all(
        LookPin(editor_id=editor_id, position=place, look_id=look_id)
        for place, look_id in enumerate(wanted, start=1)
    )
    audit.record(
        actor=actor, action="gatherings.pin", subject=("editor", editor_id), after={"look_ids": wanted}
    )
    db.session.flush()


def choose_cover(*, actor: Actor, editor_id: int, look_id: int | None) -> None:
    """Let the picture of one of their looks stand large at the head of their window; None: no picture.

    A look that is taken down is no cover while it is. Raises `NotToBePinned` for a look that is not theirs or
    not on show.
    """
    lock_rows(Editor, [editor_id])
    if look_id is None:
        db.session.execute(delete(WindowCover).where(WindowCover.editor_id == editor_id))
    else:
        if not any(look.editor_id == editor_id for look in looks_by_ids([look_id])):
            raise NotToBePinned()
        db.session.execute(
            insert(WindowCover)
            .values(editor_id=editor_id, look_id=look_id)
            .on_conflict_do_update(index_elements=["editor_id"], set_={"look_id": look_id})
        )
    audit.record(
        actor=actor, action="gatherings.cover", subject=("editor", editor_id), after={"look_id": look_id}
    )
    db.session.flush()


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _place(gathering: Gathering, item_ids: list[int]) -> None:
    db.session.execute(_PLACES, {"gathering_id": gathering.id, "items": item_ids})
    _touch(gathering)


def _move(actor: Actor, gathering: Gathering, end: GatheringStatus, action: str) -> Gathering:
    GATHERING_MOVES.move(gathering, end)
    _touch(gathering)
    audit.record(actor=actor, action=action, subject=("gathering", gathering.id))
    return gathering


def _touch(gathering: Gathering) -> None:
    gathering.changed_at = clock.now()
    db.session.flush()


def _locked(editor_id: int, gathering_id: int) -> Gathering:
    locked = lock_rows(Gathering, [gathering_id])
    if not locked or locked[0].editor_id != editor_id or locked[0].status == GatheringStatus.REMOVED:
        raise NoSuchGathering()
    return locked[0]
