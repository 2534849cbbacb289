from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.gatherings.models import Gathering
from editors.links.policy import LONGEST_CODE
from editors.looks.models import Look
from editors.membership.models import Editor
from foundation.db import Base
from foundation.i18n import pick
from foundation.states import Transitions
from storefront.catalog.models import Product
from storefront.catalog.naming import title_and_colour
from storefront.collections.models import Collection

LONGEST_NAME = 60


class LinkTarget(StrEnum):
    """What a link leads to: of the shop a product or a collection; of the editor a look, a gathering (what
    they call a collection of theirs) or the window. Whoever adds a kind gives `Link` and
    `Columns` its column, and `BY_CODE` its path.
    """

    LOOK = "look"
    PRODUCT = "product"
    COLLECTION = "collection"
    GATHERING = "gathering"
    WINDOW = "window"


class LinkPlace(StrEnum):
    """Where a link is put, so that what came of it can be told apart; `anywhere` is the plain one."""

    ANYWHERE = "anywhere"
    POST = "post"
    STORY = "story"
    MESSAGE = "message"
    PRINT = "print"
    OTHER = "other"


class LinkStatus(StrEnum):
    """active: leads to its target and counts; paused: leads to the shop with a note, and counts nothing."""

    ACTIVE = "active"
    PAUSED = "paused"


class Columns(TypedDict):
    """The columns of a link that say where it leads."""

    look_id: int | None
    product_id: int | None
    collection_id: int | None
    gathering_id: int | None


def columns_of(target: LinkTarget, target_id: int | None) -> Columns:
    """What stands in them for a target: one of them is set, for the window none is."""
    return Columns(
        look_id=target_id if target is LinkTarget.LOOK else None,
        product_id=target_id if target is LinkTarget.PRODUCT else None,
        collection_id=target_id if target is LinkTarget.COLLECTION else None,
        gathering_id=target_id if target is LinkTarget.GATHERING else None,
    )


LINK_MOVES = Transitions(
    {LinkStatus.ACTIVE: {LinkStatus.PAUSED}, LinkStatus.PAUSED: {LinkStatus.ACTIVE}},
)


class Link(Base):
    """A share link of an editor. One per target and name, so that asking twice gives the one that is out.

    The plain link has no name. One for a place (`place`) has a name the editor knows it by and a code of its
    own. `shape` is how a code looks that the editor chose (`membership.policy.handle_shape`), so that no two
    such words look alike; a code that was drawn has none. A link with `pieces` leads to a packed bag: sizes
    of the pieces of its look, each with how many.
    """

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint(
            "editor_id",
            "target",
            "look_id",
            "product_id",
            "collection_id",
            "gathering_id",
            "name",
            name="uq_links_editor_id_target",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint(
            "(target = 'look') = (look_id IS NOT NULL) AND (target = 'product') = (product_id IS NOT NULL)"
            " AND (target = 'collection') = (collection_id IS NOT NULL)"
            " AND (target = 'gathering') = (gathering_id IS NOT NULL)",
            name="target",
        ),
        Index("ix_links_look_id", "look_id"),
        Index("ix_links_product_id", "product_id"),
        Index("ix_links_gathering_id", "gathering_id"),
        CheckConstraint("pieces IS NULL OR target = 'look'", name="pieces_of_a_look"),
        CheckConstraint("place = 'anywhere' OR name <> ''", name="place_has_a_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)
    shape: Mapped[str | None] = mapped_column(String(LONGEST_CODE), unique=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    target: Mapped[str] = mapped_column(String(16))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collections.id"))
    gathering_id: Mapped[int | None] = mapped_column(ForeignKey("gatherings.id"))
    place: Mapped[str] = mapped_column(String(16), default=LinkPlace.ANYWHERE, server_default="anywhere")
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), default="", server_default="")
    pieces: Mapped[list[tuple[int, int]] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[str] = mapped_column(String(16), default=LinkStatus.ACTIVE)
    created_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship(lazy="raise")
    look: Mapped[Look | None] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")
    collection: Mapped[Collection | None] = relationship(lazy="raise")
    gathering: Mapped[Gathering | None] = relationship(lazy="raise")

    @property
    def target_id(self) -> int | None:
        """The number of what it leads to; None for the window."""
        return self.look_id or self.product_id or self.collection_id or self.gathering_id

    @property
    def title(self) -> str:
        """What it leads to by name, in the reader's language, a piece with its colour: several may share a
        name; empty for the window. The target is loaded."""
        if self.look is not None:
            return pick(self.look.title, self.look.title_it)
        if self.product is not None:
            return title_and_colour(self.product)
        thing = self.collection or self.gathering
        return thing.name if thing is not None else ""
