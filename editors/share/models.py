from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from editors.links.models import Link, LinkTarget
from editors.looks.models import Look
from editors.membership.models import Editor
from editors.share.captions import LONGEST_WORDS
from editors.share.cards import Size
from editors.share.disclosures import LONGEST
from foundation.db import Base
from foundation.files.named import FileKey
from storefront.promotions.models import Voucher


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


class PageCard(Base):
    """The card that was drawn for a look's own page (`drawing.page_cards_of`), one in each language.

    A page names what was drawn last, stale or not: it shows the look as it was a moment ago.
    """

    __tablename__ = "page_cards"
    __table_args__ = (Index("ix_page_cards_key", "key"),)

    look_id: Mapped[int] = mapped_column(ForeignKey(Look.id, ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
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


class WrittenCaption(Base):
    """The words of a caption as staff wrote them instead of those of the house (`captions.py`)."""

    __tablename__ = "share_captions"
    __table_args__ = (UniqueConstraint("target", "tone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[LinkTarget] = mapped_column(String(16))
    tone: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    words_it: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    changed_at: Mapped[datetime]


class PersonalCode(Base):
    """A voucher that is an editor's own: whoever types its code pays less, and the editor is credited.

    One at a time; what a voucher gives never changes, so another discount is another code, and the one before
    has ended.
    """

    __tablename__ = "personal_codes"
    __table_args__ = (
        CheckConstraint("percent_bps BETWEEN 1 AND 10000", name="percent_sensible"),
        Index(
            "uq_personal_codes_editor_id", "editor_id", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey(Editor.id))
    voucher_id: Mapped[int] = mapped_column(ForeignKey(Voucher.id), unique=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    percent_bps: Mapped[int]
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LinkProblem(StrEnum):
    """gone: no longer on show. sold_out: nothing of it is left. over: a collection whose days are past."""

    GONE = "gone"
    SOLD_OUT = "sold_out"
    OVER = "over"


class LinkFinding(Base):
    """A link that leads nowhere good, as the check of links found it; gone when it is well again."""

    __tablename__ = "link_findings"

    link_id: Mapped[int] = mapped_column(ForeignKey(Link.id), primary_key=True)
    problem: Mapped[LinkProblem] = mapped_column(String(10))
    found_at: Mapped[datetime]
