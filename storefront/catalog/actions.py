from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Row, func

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import Act, record, record_many
from foundation.db import db, lock_rows
from foundation.jobs import queue
from storefront.catalog import ports, writing
from storefront.catalog.announcing import counts_of, tell_status, tell_variants
from storefront.catalog.descriptions import clean_body
from storefront.catalog.drafts import PictureDraft, ProductDraft, one_an_address
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import CutOut, Picture, PictureStatus, Product
from storefront.catalog.policy import shown_status
from storefront.catalog.queries import pictures_of, product_by_id, product_of_picture

FETCH_PICTURE = "catalog.fetch_picture"
FINISH_PICTURE = "catalog.finish_picture"


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """What became of one draft."""

    product_id: int
    handle: str
    outcome: Outcome


def save_product(*, actor: Actor, draft: ProductDraft, reason: str | None = None) -> Product:
    """Create or update one product by its handle; gives it back with variants and pictures loaded."""
    (saved,) = save_products(actor=actor, drafts=[draft], reason=reason)
    product = product_by_id(saved.product_id)
    assert product is not None
    return product


def save_products(*, actor: Actor, drafts: Sequence[ProductDraft], reason: str | None = None) -> list[Saved]:
    """Create or update products by their handles, in a fixed number of statements whatever their number.

    What would not change is not written, and leaves no audit row. Pictures that have only an address are
    put in the queue to be fetched. Raises `ValueError` when a handle appears twice or a draft has no
    variant, or two variants with the same options: whoever reads a file has to say so in its own words.
    """
    _check(drafts)
    if not drafts:
        return []
    run = db.session.execute
    now = clock.now()
    new = set(run(writing.INSERT_PRODUCTS, {"rows": _product_rows(drafts), "now": now}).scalars())
    before = {row.handle: row for row in run(writing.LOCK_PRODUCTS, {"handles": [d.handle for d in drafts]})}
    ids = {handle: row.id for handle, row in before.items()}
    known = [draft for draft in drafts if ids[draft.handle] not in new]
    changed: set[int] = set()
    if known:
        changed.update(run(writing.UPDATE_PRODUCTS, {"rows": _product_rows(known), "now": now}).scalars())
    changed |= _save_variants(actor, ids, drafts, known)
    changed |= _save_pictures(ids, drafts, known)
    changed -= new
    if changed:
        run(writing.MARK_CHANGED, {"products": sorted(changed), "now": now})
    _remember_digests({ids[d.handle]: d.digest for d in drafts if d.digest and ids[d.handle] not in new})
    became = {draft.handle: _status_of(draft, before[draft.handle], now) for draft in drafts}
    for handle, status in became.items():
        tell_status(before[handle].id, before[handle].status, status)
    acts = [
        Act(
            ("product", row.id),
            None if row.id in new else _facts(row.status, row.price_from_minor, row.price_to_minor),
            _facts(became[draft.handle], *_span(draft)),
        )
        for draft in drafts
        if (row := before[draft.handle]).id in new or row.id in changed
    ]
    record_many(actor=actor, action="catalog.save_product", acts=acts, reason=reason)
    db.session.flush()
    ports.tell_changed(new | changed)
    return [Saved(ids[d.handle], d.handle, _outcome(ids[d.handle], new, changed)) for d in drafts]


def attach_picture(*, actor: Actor, product_id: int, rendition: PictureDraft) -> Picture:
    """Hang a stored picture behind those a product has; the same large file twice is one picture.

    Raises `ProductNotFound`.
    """
    product = lock_product(product_id)
    hung = pictures_of(product_id)
    picture = next((one for one in hung if one.large_key == rendition.large_key), None)
    if picture is None:
        picture = Picture(product_id=product_id, position=max((one.position for one in hung), default=0) + 1)
        db.session.add(picture)
    _fill(picture, rendition)
    picture.alt, picture.alt_it = rendition.alt, rendition.alt_it
    touch(product)
    db.session.flush()
    _have_finished(picture)
    record(actor=actor, action="catalog.attach_picture", subject=("product", product_id))
    return picture


def keep_fetched_picture(*, actor: Actor, picture_id: int, rendition: PictureDraft) -> None:
    """The picture arrived: name its stored files. Nothing happens when an import removed it meanwhile."""
    for picture in _lock_with_product(picture_id):
        _fill(picture, rendition)
        _have_finished(picture)
        record(actor=actor, action="catalog.fetch_picture", subject=("product", picture.product_id))


def give_up_picture(*, actor: Actor, picture_id: int, failure: str) -> None:
    """The address will never give a picture; `failure` says why, for staff."""
    for picture in _lock_with_product(picture_id):
        picture.status, picture.failure = PictureStatus.FAILED, failure[:200]
        record(
            actor=actor,
            action="catalog.give_up_picture",
            subject=("product", picture.product_id),
            reason=failure[:200],
        )


def lock_product(product_id: int) -> Product:
    """One product, nobody else's until the end of the transaction. Raises `ProductNotFound`."""
    for product in lock_rows(Product, [product_id]):
        return product
    raise ProductNotFound()


def touch(product: Product) -> None:
    """Note that what is shown of it is another from now on."""
    product.updated_at = clock.now()
    product.version = func.nextval("catalogue_versions")


def _lock_with_product(picture_id: int) -> Sequence[Picture]:
    """The product first, as everybody does, or an import at the same time would deadlock."""
    product_id = product_of_picture(picture_id)
    for product in lock_rows(Product, [product_id] if product_id is not None else []):
        touch(product)
    return lock_rows(Picture, [picture_id])


def _fill(picture: Picture, rendition: PictureDraft) -> None:
    for name in (
        *("small_key", "medium_key", "large_key", "width", "height"),
        *("body_x", "body_y", "body_width", "body_height", "real_height_mm"),
    ):
        setattr(picture, name, getattr(rendition, name))
    picture.status, picture.failure = PictureStatus.READY, None
    picture.avif_keys, picture.cut, picture.cut_doubt = [], CutOut.NONE, None
    picture.cut_medium_key = picture.cut_large_key = picture.cut_tolerance = None


def _have_finished(picture: Picture) -> None:
    """Ask for its lighter forms and its cut-out; a drawing that came measured needs neither."""
    if picture.body_width is None:
        queue.defer(FINISH_PICTURE, picture_id=picture.id)


def _save_variants(
    actor: Actor, ids: dict[str, int], drafts: Sequence[ProductDraft], known: Sequence[ProductDraft]
) -> set[int]:
    """Of products that were made just now there is nothing to lock, to change or to withdraw."""
    run, now = db.session.execute, clock.now()
    before: Sequence[Row[Any]] = ()
    updated: Sequence[Row[Any]] = ()
    gone: Sequence[Row[Any]] = ()
    if known:
        products, rows = sorted(ids[draft.handle] for draft in known), _variant_rows(ids, known)
        before = run(writing.LOCK_VARIANTS, {"products": products}).all()
        updated = run(writing.UPDATE_VARIANTS, {"rows": rows, "now": now}).all()
    made = run(writing.INSERT_VARIANTS, {"rows": _variant_rows(ids, drafts), "now": now}).all()
    if known:
        gone = run(writing.WITHDRAW_VARIANTS, {"rows": rows, "products": products, "now": now}).all()
    tell_variants(before, updated, gone)
    ports.counted(actor, counts_of(before, updated, made))
    return {row.product_id for row in (*made, *updated, *gone)}


def _variant_rows(ids: dict[str, int], drafts: Sequence[ProductDraft]) -> str:
    return _json(
        [
            {
                "product_id": ids[draft.handle],
                "position": position,
                "option_values": list(variant.option_values),
                "sku": variant.sku,
                "barcode": variant.barcode,
                "price_minor": variant.price.minor,
                "compare_at_minor": variant.compare_at.minor if variant.compare_at else None,
                "currency": variant.price.currency,
                "grams": variant.grams,
                "on_hand": variant.on_hand,
                "tracked": variant.tracked,
                "oversell": variant.oversell,
            }
            for draft in drafts
            for position, variant in enumerate(draft.variants, start=1)
        ]
    )


def _save_pictures(
    ids: dict[str, int], drafts: Sequence[ProductDraft], known: Sequence[ProductDraft]
) -> set[int]:
    run = db.session.execute
    changed: set[int] = set()
    hung = [draft for draft in known if draft.pictures is not None]
    if hung:
        products, rows = sorted(ids[draft.handle] for draft in hung), _picture_rows(ids, hung)
        changed.update(run(writing.REMOVE_PICTURES, {"rows": rows, "products": products}).scalars())
        changed.update(run(writing.UPDATE_PICTURES, {"rows": rows}).scalars())
    said = [draft for draft in drafts if draft.pictures]
    added = run(writing.INSERT_PICTURES, {"rows": _picture_rows(ids, said)}).all() if said else []
    changed.update(row.product_id for row in added)
    if changed and hung:
        run(writing.NUMBER_PICTURES, {"products": sorted(changed)})
    queue.defer_many(FETCH_PICTURE, [{"picture_id": row.id} for row in added])
    return changed


def _picture_rows(ids: dict[str, int], drafts: Sequence[ProductDraft]) -> str:
    return _json(
        [
            {
                "product_id": ids[draft.handle],
                "position": position,
                "source_url": picture.source_url,
                "alt": picture.alt,
                "alt_it": picture.alt_it,
            }
            for draft in drafts
            for position, picture in enumerate(one_an_address(draft.pictures or ()), start=1)
        ]
    )


def _remember_digests(digests: dict[int, str]) -> None:
    if digests:
        values = {"ids": list(digests), "digests": list(digests.values())}
        db.session.execute(writing.REMEMBER_DIGESTS, values)


def _check(drafts: Sequence[ProductDraft]) -> None:
    handles = [draft.handle for draft in drafts]
    if len(set(handles)) != len(handles):
        raise ValueError("A handle appears twice.")
    for draft in drafts:
        options = [tuple(variant.option_values) for variant in draft.variants]
        if not options or len(set(options)) != len(options):
            raise ValueError(f"{draft.handle} has no variant, or two with the same options.")


def _product_rows(drafts: Sequence[ProductDraft]) -> str:
    return _json([_product_row(draft) for draft in drafts])


def _product_row(draft: ProductDraft) -> dict[str, Any]:
    low, high = _span(draft)
    return {
        "handle": draft.handle,
        "title": draft.title,
        **{name: getattr(draft, name) for name in (*writing.TEXTS, *writing.OPEN, "status")},
        "description": _clean(draft.description),
        "description_it": _clean(draft.description_it),
        "tags": None if draft.tags is None else list(draft.tags),
        "option_names": list(draft.option_names),
        "currency": draft.variants[0].price.currency,
        "price_from_minor": low,
        "price_to_minor": high,
        "published_at": draft.published_at,
        "digest": draft.digest,
    }


def _status_of(draft: ProductDraft, row: Row[Any], now: datetime) -> str:
    """What `writing` makes of it."""
    return shown_status(draft.status or row.status, draft.published_at or row.published_at, now)


def _clean(text: str | None) -> str | None:
    return None if text is None else clean_body(text)


def _span(draft: ProductDraft) -> tuple[int, int]:
    prices = [variant.price.minor for variant in draft.variants]
    return min(prices), max(prices)


def _facts(status: str, low: int, high: int) -> dict[str, Any]:
    return {"status": str(status), "price_from_minor": low, "price_to_minor": high}


def _outcome(product_id: int, new: set[int], changed: set[int]) -> Outcome:
    if product_id in new:
        return Outcome.NEW
    return Outcome.CHANGED if product_id in changed else Outcome.UNCHANGED


def _json(rows: list[dict[str, Any]]) -> str:
    return orjson.dumps(rows).decode()
