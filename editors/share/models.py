from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from editors.links.models import Link
from editors.share.cards import Size
from editors.share.disclosures import LONGEST
from foundation.db import Base
from foundation.files.named import FileKey


class ShareCard(Base):
    """A card that was drawn for a link. `made_of` is the hash of what it was drawn from (`cards.made_of`):
    when that is another now, the file shows what was, and is not sent.
    """

    __tablename__ = "share_cards"
    __table_args__ = (
        UniqueConstraint("link_id", "size", "language", "country"),
        Index("ix_share_cards_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey(Link.id))
    size: Mapped[Size] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    country: Mapped[str] = mapped_column(String(2))
    made_of: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(FileKey(80))
    made_at: Mapped[datetime]


class WrittenDisclosure(Base):
    """What staff say for a country instead of what the house knows (`disclosures.py`)."""

    __tablename__ = "share_disclosures"
    __table_args__ = (CheckConstraint("sentence <> '' AND sentence_it <> ''", name="said_in_both"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2), unique=True)
    sentence: Mapped[str] = mapped_column(String(LONGEST))
    sentence_it: Mapped[str] = mapped_column(String(LONGEST))
    changed_at: Mapped[datetime]
