from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from storefront.collections.errors import (
    CollectionNotFound,
    HandleTaken,
    NotByHand,
    NothingByThatRule,
    TooManyPieces,
)
from storefront.collections.models import (
    COLLECTION_MOVES,
    Collection,
    CollectionPiece,
    CollectionRule,
    CollectionStatus,
)
from storefront.collections.parts import part_of
from storefront.collections.policy import (
    MOST_PIECES,
    MOST_RULES,
    Kind,
    Matches,
    Order,
    Rule,
    in_order,
    moved,
)
from storefront.collections.queries import collection_by_id, pieces_of, preview

_PLACES = text(
    """
    UPDATE collection_pieces piece SET position = placed.position
    FROM unnest(CAST(:products AS bigint[])) WITH ORDINALITY AS placed (product_id, position)
    WHERE piece.collection_id = :collection_id AND piece.product_id = placed.product_id
      AND piece.position <> placed.position
    """
)


@dataclass(frozen=True, kw_only=True)
class CollectionDraft:
    """What a collection says of itself, as somebody hands it in; see `Collection`. Its kind stays."""

    title: str
    handle: str
    title_it: str | None = None
    words: str = ""
    words_it: str | None = None
    sort: Order = Order.NEWEST
    matches: Matches = Matches.ALL
    rules: Sequence[Rule] = ()
    home_place: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    seo_title: str | None = None
    seo_title_it: str | None = None
    seo_description: str | None = None
    seo_description_it: str | None = None


@dataclass(frozen=True, kw_only=True)
class PictureKeys:
    """A picture that was brought in, stored in three widths; pixels of the largest."""

    small_key: str
    medium_key: str
    large_key: str
    width: int
    height: int


def make_collection(
    *, actor: Actor, title: str, kind: Kind, title_it: str | None = None, handle: str | None = None
) -> Collection:
    """A new collection as a draft: only staff see it. Its address is made of the title unless one is given.

    Raises `HandleTaken`.
    """
    now = clock.now()
    made = Collection(
        handle=handle or ids.slug(title, limit=120) or ids.code().lower(),
        title=title,
        title_it=title_it,
        words="",
        kind=kind,
        matches=Matches.ALL,
        status=CollectionStatus.DRAFT,
        sort=Order.HAND if kind == Kind.HAND else Order.NEWEST,
        created_at=now,
        updated_at=now,
    )
    with unless_taken(HandleTaken, "uq_collections_handle"):
        db.session.add(made)
        db.session.flush()
    after = {"title": title, "kind": str(kind)}
    record(actor=actor, action="collections.make", subject=("collection", made.id), after=after)
    return made


def change_collection(*, actor: Actor, collection_id: int, draft: CollectionDraft) -> Collection:
    """Other words, rules, dates. Raises `CollectionNotFound`, `HandleTaken`, and `ValueError` when it has
    more rules than anybody reads, or is by rule and sorted by hand."""
    if len(draft.rules) > MOST_RULES:
        raise ValueError(f"A collection has {MOST_RULES} rules at most.")
    collection = _locked(collection_id)
    if collection.kind == Kind.RULE and draft.sort == Order.HAND:
        raise ValueError("A collection by rule has no order by hand.")
    before = _told(collection, _rules_of(collection_id))
    values = asdict(draft)
    del values["rules"]
    with unless_taken(HandleTaken, "uq_collections_handle"):
        for name, value in values.items():
            setattr(collection, name, value)
        collection.updated_at = clock.now()
        db.session.flush()
    db.session.execute(delete(CollectionRule).where(CollectionRule.collection_id == collection_id))
    if draft.rules:
        db.session.execute(
            insert(CollectionRule),
            [
                {"collection_id": collection_id, "position": place, **asdict(rule)}
                for place, rule in enumerate(draft.rules, start=1)
            ],
        )
    after = _told(collection, draft.rules)
    changed = {name for name in after if after[name] != before[name]}
    if changed:
        record(
            actor=actor,
            action="collections.change",
            subject=("collection", collection_id),
            before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
        )
    return collection


def publish_collection(*, actor: Actor, collection_id: int) -> Collection:
    """Everybody sees it, between its dates. One without a picture gets that of its first piece.

    Raises `CollectionNotFound`, `IllegalMove`, and `NothingByThatRule` for one by rule that has none.
    """
    collection = _locked(collection_id)
    if collection.kind == Kind.RULE and not _rules_of(collection_id):
        raise NothingByThatRule()
    _move(actor, collection, CollectionStatus.PUBLISHED, "collections.publish")
    if collection.picture_product_id is None and collection.picture_large_key is None:
        first = preview(part_of(collection_by_id(collection_id)), 1).rows
        collection.picture_product_id = first[0].id if first else None
        db.session.flush()
    return collection


def unpublish_collection(*, actor: Actor, collection_id: int) -> Collection:
    """Only staff see it again. Raises as `publish_collection` does."""
    return _move(actor, _locked(collection_id), CollectionStatus.DRAFT, "collections.unpublish")


def archive_collection(*, actor: Actor, collection_id: int) -> Collection:
    """Put it away: off the web, and no voucher counts for it. Raises as `publish_collection` does."""
    return _move(actor, _locked(collection_id), CollectionStatus.ARCHIVED, "collections.archive")


def restore_collection(*, actor: Actor, collection_id: int, to: CollectionStatus) -> Collection:
    """Out of the archive, to where it was before or to a draft. Raises as `publish_collection` does."""
    return _move(actor, _locked(collection_id), to, "collections.restore")


def add_pieces(*, actor: Actor, collection_id: int, product_ids: Sequence[int]) -> int:
    """Hang products behind those there are, and say how many came; what is there already stays where it is.

    Raises `CollectionNotFound`, `NotByHand`, `TooManyPieces`.
    """
    _by_hand(collection_id)
    wanted = list(dict.fromkeys(product_ids))
    last, number = db.session.execute(
        select(func.coalesce(func.max(CollectionPiece.position), 0), func.count()).where(
            CollectionPiece.collection_id == collection_id
        )
    ).one()
    if not wanted:
        return 0
    came = db.session.scalars(
        insert(CollectionPiece)
        .values(
            [
                {"collection_id": collection_id, "product_id": product_id, "position": last + place}
                for place, product_id in enumerate(wanted, start=1)
            ]
        )
        .on_conflict_do_nothing()
        .returning(CollectionPiece.product_id)
    ).all()
    if number + len(came) > MOST_PIECES:
        raise TooManyPieces()
    if came:
        _touch(collection_id)
        added = {"product_ids": sorted(came)}
        record(
            actor=actor, action="collections.add_pieces", subject=("collection", collection_id), after=added
        )
    return len(came)


def remove_piece(*, actor: Actor, collection_id: int, product_id: int) -> None:
    """Take a product out; taking it out twice is taking it out once. Raises as `add_pieces` does."""
    _by_hand(collection_id)
    gone = db.session.scalars(
        delete(CollectionPiece)
        .where(CollectionPiece.collection_id == collection_id, CollectionPiece.product_id == product_id)
        .returning(CollectionPiece.position)
    ).all()
    for position in gone:
        _touch(collection_id)
        record(
            actor=actor,
            action="collections.remove_piece",
            subject=("collection", collection_id),
            before={"product_id": product_id, "position": position},
        )


def order_pieces(*, actor: Actor, collection_id: int, product_ids: Sequence[int]) -> None:
    """Put its products into this order; see `policy.in_order` for a list that is out of date.

    Raises as `add_pieces` does.
    """
    _by_hand(collection_id)
    now = pieces_of(collection_id)
    _place(actor, collection_id, now, in_order(now, list(product_ids)))


def move_piece(*, actor: Actor, collection_id: int, product_id: int, earlier: bool) -> None:
    """One place earlier or later; nothing happens at the ends, or when it is gone meanwhile."""
    _by_hand(collection_id)
    now = pieces_of(collection_id)
    if product_id in now:
        _place(actor, collection_id, now, moved(now, product_id, earlier=earlier))


def set_picture(
    *, actor: Actor, collection_id: int, product_id: int | None = None, brought: PictureKeys | None = None
) -> None:
    """Its picture is that of a product, or one that was brought in; the other one goes.

    Raises `CollectionNotFound`.
    """
    collection = _locked(collection_id)
    collection.picture_product_id = product_id
    for name, value in (
        asdict(brought) if brought else dict.fromkeys(PictureKeys.__dataclass_fields__)
    ).items():
        setattr(collection, f"picture_{name}", value)
    collection.updated_at = clock.now()
    db.session.flush()
    told = {"product_id": product_id} if brought is None else {"key": brought.large_key}
    record(actor=actor, action="collections.picture", subject=("collection", collection_id), after=told)


def _locked(collection_id: int) -> Collection:
    found = lock_rows(Collection, [collection_id])
    if not found:
        raise CollectionNotFound()
    return found[0]


def _by_hand(collection_id: int) -> Collection:
    collection = _locked(collection_id)
    if collection.kind != Kind.HAND:
        raise NotByHand()
    return collection


def _move(actor: Actor, collection: Collection, end: CollectionStatus, action: str) -> Collection:
    before = {"status": str(collection.status)}
    COLLECTION_MOVES.move(collection, end)
    collection.updated_at = clock.now()
    db.session.flush()
    subject = ("collection", collection.id)
    record(actor=actor, action=action, subject=subject, before=before, after={"status": str(end)})
    return collection


def _place(actor: Actor, collection_id: int, now: list[int], wanted: list[int]) -> None:
    if wanted == now:
        return
    db.session.execute(_PLACES, {"products": wanted, "collection_id": collection_id})
    _touch(collection_id)
    record(
        actor=actor,
        action="collections.order_pieces",
        subject=("collection", collection_id),
        before={"product_ids": now},
        after={"product_ids": wanted},
    )


def _touch(collection_id: int) -> None:
    db.session.execute(
        update(Collection).where(Collection.id == collection_id).values(updated_at=clock.now())
    )


def _rules_of(collection_id: int) -> list[Rule]:
    return [
        row.rule
        for row in db.session.scalars(
            select(CollectionRule)
            .where(CollectionRule.collection_id == collection_id)
            .order_by(CollectionRule.position)
        )
    ]


def _told(collection: Collection, rules: Sequence[Rule]) -> dict[str, Any]:
    """What the audit keeps of it: all but the long words."""
    names = ("title", "title_it", "handle", "sort", "matches", "home_place", "starts_at", "ends_at")
    told = {name: getattr(collection, name) for name in names}
    told |= {name: told[name].isoformat() if told[name] else None for name in ("starts_at", "ends_at")} | {
        "sort": str(told["sort"]),
        "matches": str(told["matches"]),
    }
    return told | {
        "words": bool(collection.words),
        "rules": [[str(rule.field), rule.words, rule.number] for rule in rules],
    }
