"""What the page of a look depends on, in one small statement: most visits ask nothing else.

Everything the page shows is in the key, so that nothing has to be thrown away when something changes: the
look's version and picture, its editor, which sizes of its pieces are left, the looks shown beside it, what
slots show besides. Names and prices of pieces are the catalogue's, whose version stands for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, String, bindparam, cast, func, literal, literal_column, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.engine import Compiled

from editors.looks.authors.models import CoAuthorStatus
from editors.looks.models import Look, LookPiece, LookStatus
from editors.looks.ports import card_files, shown_besides
from editors.membership.models import EditorStatus
from foundation.db import db, past_the_session
from storefront.catalog.models import Product, ProductStatus, Variant
from storefront.catalog.ports import left

#: Looks beside a look: with one of its pieces, and others for the same occasion.
BESIDE = 4


_STAYED = f"editors.status IN ('{EditorStatus.ACTIVE}', '{EditorStatus.PAUSED}')"
_SIGNED = (
    "md5(concat_ws('|', editors.name, editors.handle, editors.city, editors.style, editors.style_it,"
    " editors.status, editors.portrait_key, editors.specialities))"
)
#: Between the parts of what is said of an editor: no name holds it.
PARTED = "\x1f"
# The second editor, who agreed and has not left.
_WITH = f"""(
    SELECT concat_ws('{PARTED}', author.name, author.handle, author.city)
    FROM look_coauthors second JOIN editors author ON author.id = second.editor_id
    WHERE second.look_id = looks.id AND second.status = '{CoAuthorStatus.ACCEPTED}'
      AND author.status IN ('{EditorStatus.ACTIVE}', '{EditorStatus.PAUSED}'))"""
_SHOWN = f"""
    JOIN editors author ON author.id = other.editor_id
    WHERE other.id <> looks.id AND other.status = '{LookStatus.PUBLISHED}'
      AND author.status IN ('{EditorStatus.ACTIVE}', '{EditorStatus.PAUSED}')"""
_CARD = "other.id, other.version, other.picture_medium_key, author.name, other.published_at"
_LATEST = "published_at DESC, id DESC"
# Every look with a piece of this one, in one pass: who shares how many of them.
_SAME = """
    FROM look_pieces mine JOIN look_pieces same ON same.product_id = mine.product_id
    WHERE mine.look_id = looks.id"""
# Those that share most, then the newest.
_SHARING = f"""
    SELECT {_CARD}, -shares.pieces AS half
    FROM (SELECT same.look_id, count(*) AS pieces {_SAME} GROUP BY same.look_id) shares
    JOIN looks other ON other.id = shares.look_id {_SHOWN}
    ORDER BY half, {_LATEST} LIMIT {BESIDE}"""
# The newest with none of its pieces: for the same occasion first, then any. Each half stops at its limit, and
# asks once which looks it may not name.
_NEWEST = f"""
    SELECT {_CARD}, {{place}} AS half FROM looks other {_SHOWN}
      AND other.occasion {{is_}} looks.occasion AND other.id <> ALL (ARRAY(SELECT same.look_id {_SAME}))
    ORDER BY {_LATEST} LIMIT {BESIDE}"""
_OTHERS = f"""
    SELECT * FROM (
        ({_NEWEST.format(place=0, is_="=")}) UNION ALL ({_NEWEST.format(place=1, is_="<>")})) newest
    ORDER BY half, {_LATEST} LIMIT {BESIDE}"""


def _told(beside: str) -> str:
    """Looks in their order, each with what its card depends on: `17:3:abc.webp:…,12:1::…`."""
    return f"""(
        SELECT string_agg(concat_ws(':', id, version, coalesce(picture_medium_key, ''), md5(name)), ','
                          ORDER BY half, {_LATEST})
        FROM ({beside}) beside)"""


@dataclass(frozen=True, slots=True)
class LookState:
    """A look on show. `key` changes whenever its page would; the rest is read only when it is rendered."""

    id: int
    key: tuple[object, ...]
    said_cards: str | None
    said_left: str | None
    said_sharing: str | None
    said_others: str | None
    said_second: str | None

    @property
    def cards(self) -> dict[str, str]:
        """The file that networks show for its address, by language; empty until it is drawn."""
        return dict(one.split(":", 1) for one in (self.said_cards or "").split(",") if one)

    @property
    def left(self) -> frozenset[int]:
        """The variants that can be bought."""
        return frozenset(_ids(self.said_left))

    @property
    def sharing(self) -> Sequence[int]:
        """The looks with some of its pieces."""
        return _ids(self.said_sharing)

    @property
    def others(self) -> Sequence[int]:
        """Looks with none of them."""
        return _ids(self.said_others)

    @property
    def second(self) -> tuple[str, ...]:
        """Name, handle and city of whom it was put together with; empty for none."""
        return tuple(self.said_second.split(PARTED)) if self.said_second else ()


def look_state(slug: str) -> LookState | None:
    """None when no look on show has that address."""
    sql, values = _state_statement()
    with past_the_session() as connection:
        row = connection.execute(sql, values.construct_params({"slug": slug})).fetchone()
    return LookState(row[0], row, *row[-5:]) if row is not None else None


def _ids(said: str | None) -> list[int]:
    return [int(one.partition(":")[0]) for one in said.split(",")] if said else []


@cache
def _state_statement() -> tuple[str, Compiled]:
    """Compiled once: this runs for every visit of a look."""
    statement = (
        select(
            Look.id,
            Look.version,
            Look.picture_medium_key,
            literal_column(_SIGNED),
            select(func.max(Product.version)).scalar_subquery(),
            shown_besides(),
            card_files(),
            _left(),
            literal_column(_told(_SHARING)),
            literal_column(_told(_OTHERS)),
            literal_column(_WITH),
        )
        .join(Look.editor)
        .where(
            Look.slug == bindparam("slug"), text(f"looks.status = '{LookStatus.PUBLISHED}'"), text(_STAYED)
        )
    )
    compiled = statement.compile(db.engine)
    return str(compiled), compiled


def _left() -> ColumnElement[str]:
    """The variants of the look's pieces that can be bought, as `1,2,3`.

    The pieces as an array: whatever the planner thinks of the tables, it begins with these few.
    """
    pieces = select(LookPiece.product_id).where(LookPiece.look_id == Look.id).correlate(Look)
    return (
        select(func.string_agg(cast(Variant.id, String), aggregate_order_by(literal(","), Variant.id)))
        .select_from(Variant)
        .join(Product, Product.id == Variant.product_id)
        .where(
            Variant.product_id == func.any(func.array(pieces.scalar_subquery())),
            Product.status == ProductStatus.ACTIVE,
            Variant.withdrawn_at.is_(None),
            left() > 0,
        )
        .correlate(Look)
        .scalar_subquery()
    )
