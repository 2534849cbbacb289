from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation import days
from foundation.db import Base
from foundation.files.named import FileKey
from foundation.states import Transitions
from storefront.catalog.models import Product

MOST_PIECES = 40
MOST_OF_ONE = 9


class Occasion(StrEnum):
    """Where somebody goes in a look; the words on the page are in `OCCASION_WORDS`."""

    MEETING = "meeting"
    CELEBRATION = "celebration"
    DINNER = "dinner"
    AWAY = "away"
    OUTDOORS = "outdoors"
    HOME = "home"


OCCASION_WORDS: dict[Occasion, Any] = {
    Occasion.MEETING: _l("A Monday meeting"),
    Occasion.CELEBRATION: _l("Somebody’s wedding"),
    Occasion.DINNER: _l("Lunch that becomes dinner"),
    Occasion.AWAY: _l("Two days, one small bag"),
    Occasion.OUTDOORS: _l("A cold morning outside"),
    Occasion.HOME: _l("Nowhere, comfortably"),
}


class Season(StrEnum):
    ALL = "all"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


SEASON_WORDS: dict[Season, Any] = {
    Season.ALL: _l("All year"),
    Season.SPRING: _l("Spring"),
    Season.SUMMER: _l("Summer"),
    Season.AUTUMN: _l("Autumn"),
    Season.WINTER: _l("Winter"),
}


class Style(StrEnum):
    CLASSIC = "classic"
    MINIMAL = "minimal"
    ROMANTIC = "romantic"
    SPORTY = "sporty"
    BOLD = "bold"
    RELAXED = "relaxed"
    ELEGANT = "elegant"
    VINTAGE = "vintage"


STYLE_WORDS: dict[Style, Any] = {
    Style.CLASSIC: _l("Classic"),
    Style.MINIMAL: _l("Minimal"),
    Style.ROMANTIC: _l("Romantic"),
    Style.SPORTY: _l("Sporty"),
    Style.BOLD: _l("Bold"),
    Style.RELAXED: _l("Relaxed"),
    Style.ELEGANT: _l("Elegant"),
    Style.VINTAGE: _l("Vintage"),
}
MOST_STYLES = 3


class LookStatus(StrEnum):
    """draft: seen by its editor alone; published: on show and for sale; unpublished: taken down."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


STATUS_WORDS: dict[str, Any] = {
    LookStatus.DRAFT: _l("Draft"),
    LookStatus.PUBLISHED: _l("On show"),
    LookStatus.UNPUBLISHED: _l("Taken down"),
}

LOOK_MOVES = Transitions(
    {
        LookStatus.DRAFT: {LookStatus.PUBLISHED},
        LookStatus.PUBLISHED: {LookStatus.UNPUBLISHED},
        LookStatus.UNPUBLISHED: {LookStatus.PUBLISHED},
    }
)


class Look(Base):
    """Pieces put together by an editor. `version` goes up with every change: the form sends back the one it
    was shown, so two open windows cannot overwrite each other in silence.

    `slug` is chosen from the title when the look is first published and stays; before, it is a random word.
    The three picture keys are set together by a job after publishing; None until it has run.
    `photo_key` is the photograph of a look that begins with one: its pieces are points on it, by `x` and `y`.
    `ground` is what the pieces lie on (`canvas.grounds`), `captions` are words that lie among them.
    `publish_at` is the moment from which a look that is not on show goes on show by itself; `unfit_told_at`
    is when its editor was written that it could not.
    `by_hand` is set once somebody moved something: from then on nothing is laid out anew unasked.
    """

    __tablename__ = "looks"
    __table_args__ = (
        Index("ix_looks_editor_id_status", "editor_id", "status"),
        Index("ix_looks_status_published_at", "status", "published_at"),
        CheckConstraint(days.checked("publish_at"), name="publish_known"),
        Index("ix_looks_publish_at", "publish_at", postgresql_where="publish_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    title_it: Mapped[str | None] = mapped_column(String(80))
    story: Mapped[str] = mapped_column(String(1000))
    story_it: Mapped[str | None] = mapped_column(String(1000))
    occasion: Mapped[str] = mapped_column(String(16))
    season: Mapped[str] = mapped_column(String(16), default=Season.ALL, server_default="all")
    styles: Mapped[list[str]] = mapped_column(ARRAY(String(16)), default=list, server_default="{}")
    status: Mapped[str] = mapped_column(String(16), default=LookStatus.DRAFT)
    publish_at: Mapped[datetime | None]
    unfit_told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    photo_key: Mapped[str | None] = mapped_column(FileKey(100))
    ground: Mapped[str] = mapped_column(String(16), default="plate", server_default="plate")
    captions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default="[]")
    by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    picture_small_key: Mapped[str | None] = mapped_column(FileKey(100))
    picture_medium_key: Mapped[str | None] = mapped_column(FileKey(100))
    picture_large_key: Mapped[str | None] = mapped_column(FileKey(100))
    # The same three as AVIF; none on a look composed before there was any.
    picture_avif_keys: Mapped[list[str]] = mapped_column(
        ARRAY(FileKey(80)), server_default="{}", default=list
    )

    editor: Mapped[Editor] = relationship(lazy="raise")
    pieces: Mapped[list[LookPiece]] = relationship(
        lazy="raise", order_by="LookPiece.position", cascade="all, delete-orphan", back_populates="look"
    )

    @property
    def on_show(self) -> bool:
        return self.status == LookStatus.PUBLISHED


class LookPiece(Base):
    """A product in a look, so many of it, and where it lies.

    `x`, `y`: middle of the garment in tenths of a unit on a canvas of 720 x 960; `scale` in thousandths,
    `rotation` in tenths of a degree, higher `layer` lies on top, `flip` mirrors it, `locked` keeps the canvas
    from moving it. What lies a second time has a dict of the same numbers in `copies`; all of
    them are bought, so `quantity` is never below the number of them.
    """

    __tablename__ = "look_pieces"
    __table_args__ = (
        UniqueConstraint("look_id", "product_id"),
        CheckConstraint("quantity BETWEEN 1 AND 9", name="quantity"),
        Index("ix_look_pieces_product_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]
    x: Mapped[int] = mapped_column(default=3600)
    y: Mapped[int] = mapped_column(default=4800)
    scale: Mapped[int] = mapped_column(default=1000)
    rotation: Mapped[int] = mapped_column(default=0)
    layer: Mapped[int] = mapped_column(default=0)
    flip: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    copies: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default="[]")

    look: Mapped[Look] = relationship(lazy="raise", back_populates="pieces")
    product: Mapped[Product] = relationship(lazy="raise")


class LookVersion(Base):
    """A look as it was: words and scene (`versions.py`), kept when it goes on show or changes there.

    `photo_key` is the photograph it was then; a column, so that the file stays for as long as this names it.
    """

    __tablename__ = "look_versions"
    __table_args__ = (UniqueConstraint("look_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))
    number: Mapped[int]
    made_at: Mapped[datetime]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    photo_key: Mapped[str | None] = mapped_column(FileKey(100))
