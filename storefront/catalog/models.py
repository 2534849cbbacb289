from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    case,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation import days
from foundation.db import Base
from foundation.files.named import FileKey
from foundation.i18n import pick
from foundation.money import Money
from foundation.states import Transitions
from storefront.catalog.codes import SKU_LETTERS
from storefront.catalog.naming import title_and_colour


class ProductStatus(StrEnum):
    """draft: not shown yet. scheduled: comes into the shop by itself at `published_at`. active: in the shop.
    archived: gone from the shop, kept for orders and looks.
    """

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    ARCHIVED = "archived"


PRODUCT_MOVES = Transitions(
    {
        ProductStatus.DRAFT: [ProductStatus.SCHEDULED, ProductStatus.ACTIVE, ProductStatus.ARCHIVED],
        ProductStatus.SCHEDULED: [ProductStatus.DRAFT, ProductStatus.ACTIVE, ProductStatus.ARCHIVED],
        ProductStatus.ACTIVE: [ProductStatus.DRAFT, ProductStatus.SCHEDULED, ProductStatus.ARCHIVED],
        ProductStatus.ARCHIVED: [ProductStatus.ACTIVE, ProductStatus.SCHEDULED, ProductStatus.DRAFT],
    }
)


class PictureStatus(StrEnum):
    """waiting: its address is known, it is fetched later. ready: stored with us. failed: see `failure`."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class CutOut(StrEnum):
    """none: nobody tried yet, or nothing is to cut. used: looks show it. unused: staff want the picture as it
    is. impossible: see `cut_doubt`.
    """

    NONE = "none"
    USED = "used"
    UNUSED = "unused"
    IMPOSSIBLE = "impossible"


class Focus(StrEnum):
    """Which part of a picture stays in sight. whole: all of it, as it is; any other crops it to the frame."""

    WHOLE = "whole"
    CENTRE = "centre"
    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


class Product(Base):
    """A product as it hangs on the rail.

    `version` is drawn from one sequence at every change of what is shown (everything but the stock), so the
    highest of all is the version of the whole catalogue: what was rendered once can be kept by it.

    `description` is clean HTML. `price_from_minor` and `price_to_minor` repeat the span of the variants'
    prices, gross, so that a list sorts without looking at them. `category` is a key of `categories.py`
    or a slug made at the import; `slot` says where it is worn (top, bottom, shoes ...). `seo_title` and
    `seo_description` are for search engines and shared links, where the title and the description do not do.
    `imported_as` is the version it had when a file was last brought in, and a hash of what that file said of
    it: while both are the same, the file has nothing new to say but its counts.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'scheduled', 'active', 'archived')", name="status"),
        CheckConstraint("status <> 'scheduled' OR published_at IS NOT NULL", name="scheduled"),
        CheckConstraint(days.checked("published_at"), name="published_known"),
        CheckConstraint("price_from_minor >= 0 AND price_to_minor >= price_from_minor", name="price_span"),
        Index("ix_products_new", "published_at", "id", postgresql_where="status = 'active'"),
        Index("ix_products_category", "category", "published_at", postgresql_where="status = 'active'"),
        Index("ix_products_title", "title", postgresql_where="status = 'active'"),
        Index("ix_products_version", "version"),
        Index("ix_products_scheduled", "published_at", postgresql_where="status = 'scheduled'"),
        Index("ix_products_tags", "tags", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(255))
    title_it: Mapped[str | None] = mapped_column(String(255))
    description: Mapped[str] = mapped_column(Text)
    description_it: Mapped[str | None] = mapped_column(Text)
    vendor: Mapped[str] = mapped_column(String(255))
    category: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(255))
    slot: Mapped[str] = mapped_column(String(20))
    colour: Mapped[str] = mapped_column(String(120))
    colour_it: Mapped[str | None] = mapped_column(String(120))
    fabric: Mapped[str] = mapped_column(Text)
    fabric_it: Mapped[str | None] = mapped_column(Text)
    care: Mapped[str] = mapped_column(Text)
    care_it: Mapped[str | None] = mapped_column(Text)
    seo_title: Mapped[str | None] = mapped_column(String(255))
    seo_title_it: Mapped[str | None] = mapped_column(String(255))
    seo_description: Mapped[str | None] = mapped_column(Text)
    seo_description_it: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    option_names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    status: Mapped[ProductStatus] = mapped_column(String(10))
    currency: Mapped[str] = mapped_column(String(3))
    price_from_minor: Mapped[int]
    price_to_minor: Mapped[int]
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]
    imported_as: Mapped[str | None] = mapped_column(String(60))
    variants: Mapped[list[Variant]] = relationship(
        lazy="raise",
        viewonly=True,
        order_by="Variant.position",
        primaryjoin="and_(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None))",
    )
    pictures: Mapped[list[Picture]] = relationship(
        lazy="raise", viewonly=True, order_by="Picture.position, Picture.id"
    )
    cover: Mapped[Picture | None] = relationship(
        lazy="raise",
        viewonly=True,
        uselist=False,
        primaryjoin="and_(Picture.product_id == Product.id, Picture.position == 1)",
    )

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return pick(self.title, self.title_it)

    @property
    def full_name(self) -> str:
        """Title and colour in the reader's language, for lists without a picture."""
        return title_and_colour(self)

    @property
    def colour_name(self) -> str:
        return pick(self.colour, self.colour_it)

    @property
    def price(self) -> Money:
        """The lowest price of its variants, tax included."""
        return Money(self.price_from_minor, self.currency)

    @property
    def has_price_span(self) -> bool:
        return self.price_from_minor != self.price_to_minor


class Variant(Base):
    """One thing that can be put in a bag: a size and colour of a product.

    `on_hand` counts what lies in the stock room, reserved or not. Not `tracked`: never runs out.
    `oversell`: may be sold below zero. `withdrawn_at`: the last import no longer had it.
    """

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("product_id", "option_values", name="uq_variants_product_id_option_values"),
        CheckConstraint("price_minor >= 0", name="price"),
        Index("ix_variants_sku", "sku", postgresql_where="sku <> ''"),
        Index("ix_variants_sku_letters", text(SKU_LETTERS), postgresql_where="sku <> ''"),
        Index("ix_variants_barcode", "barcode", postgresql_where="barcode <> ''"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    sku: Mapped[str] = mapped_column(String(255))
    barcode: Mapped[str] = mapped_column(String(255))
    position: Mapped[int]
    option_values: Mapped[list[str]] = mapped_column(ARRAY(Text))
    price_minor: Mapped[int]
    compare_at_minor: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3))
    grams: Mapped[int]
    on_hand: Mapped[int]
    tracked: Mapped[bool]
    oversell: Mapped[bool]
    withdrawn_at: Mapped[datetime | None]

    product: Mapped[Product] = relationship(lazy="raise", viewonly=True)

    @property
    def price(self) -> Money:
        """What one costs, tax included."""
        return Money(self.price_minor, self.currency)

    @property
    def compare_at(self) -> Money | None:
        """The price before a reduction, where there is one."""
        if self.compare_at_minor is None or self.compare_at_minor <= self.price_minor:
            return None
        return Money(self.compare_at_minor, self.currency)

    @property
    def label(self) -> str:
        """Its options in one line, `M / Navy`; empty for the only variant of a product without options."""
        return " / ".join(value for value in self.option_values if value)


class Picture(Base):
    """A picture of a product. Keys name stored files in three widths; without them a placeholder is drawn.

    `width` and `height` are the pixels of the large one; `body_*` is the box of the garment within it;
    `real_height_mm` is how tall that body is in life. `source_url` is where an import said to fetch it.
    `avif_keys` are the same three widths again, for browsers that know the format: none until the job made
    them. `cut_*`: the picture without its backdrop, in the pixels of the large one, and its box in it.
    """

    __tablename__ = "pictures"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'ready', 'failed')", name="status"),
        CheckConstraint("cut IN ('none', 'used', 'unused', 'impossible')", name="cut"),
        CheckConstraint("focus IN ('whole', 'centre', 'top', 'bottom', 'left', 'right')", name="focus"),
        UniqueConstraint("product_id", "source_url", name="uq_pictures_product_id_source_url"),
        Index("ix_pictures_product_id", "product_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(Text)
    alt_it: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    status: Mapped[PictureStatus] = mapped_column(String(10))
    failure: Mapped[str | None] = mapped_column(String(200))
    small_key: Mapped[str | None] = mapped_column(FileKey(80))
    medium_key: Mapped[str | None] = mapped_column(FileKey(80))
    large_key: Mapped[str | None] = mapped_column(FileKey(80))
    width: Mapped[int | None]
    height: Mapped[int | None]
    body_x: Mapped[int | None]
    body_y: Mapped[int | None]
    body_width: Mapped[int | None]
    body_height: Mapped[int | None]
    real_height_mm: Mapped[int | None]
    focus: Mapped[Focus] = mapped_column(String(10), default=Focus.WHOLE, server_default=Focus.WHOLE.value)
    avif_keys: Mapped[list[str]] = mapped_column(ARRAY(FileKey(80)), server_default="{}", default=list)
    cut: Mapped[CutOut] = mapped_column(String(10), server_default="none", default=CutOut.NONE)
    cut_doubt: Mapped[str | None] = mapped_column(String(20))
    cut_tolerance: Mapped[str | None] = mapped_column(String(10))
    cut_medium_key: Mapped[str | None] = mapped_column(FileKey(80))
    cut_large_key: Mapped[str | None] = mapped_column(FileKey(80))
    cut_box: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}", default=list)

    @hybrid_property
    def lying_medium_key(self) -> str | None:
        """The file that looks lay down: the cut-out, where it is used."""
        return self.cut_medium_key if self.cut == CutOut.USED else self.medium_key

    @lying_medium_key.inplace.expression
    @classmethod
    def _lying_medium_key(cls) -> ColumnElement[str | None]:
        return case((cls.cut == CutOut.USED, cls.cut_medium_key), else_=cls.medium_key)

    @hybrid_property
    def lying_large_key(self) -> str | None:
        """The same, large."""
        return self.cut_large_key if self.cut == CutOut.USED else self.large_key

    @lying_large_key.inplace.expression
    @classmethod
    def _lying_large_key(cls) -> ColumnElement[str | None]:
        return case((cls.cut == CutOut.USED, cls.cut_large_key), else_=cls.large_key)


class PricePoint(Base):
    """From when on a variant cost what, and what it was said to have cost before: a row for each change.

    Written by the statements that write the variant itself; never changed, so that the lowest price before a
    reduction can be proved.
    """

    __tablename__ = "price_points"

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True, autoincrement=False)
    began_at: Mapped[datetime] = mapped_column(primary_key=True)
    price_minor: Mapped[int]
    compare_at_minor: Mapped[int | None]
