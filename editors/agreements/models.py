from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as


class AgreementVersion(Base):
    """The agreement in one wording. A draft has no `number`; once published, no word of it changes any more.

    Whoever accepted an earlier version is held to that one until `old_holds_until`.
    """

    __tablename__ = "agreement_versions"
    __table_args__ = (
        Index("uq_agreement_versions_draft", text("(number IS NULL)"), unique=True,
              postgresql_where=text("number IS NULL")),
        CheckConstraint("(number IS NULL) = (published_at IS NULL)", name="published"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    words: Mapped[str] = mapped_column(Text)
    words_it: Mapped[str] = mapped_column(Text)
    news: Mapped[str] = mapped_column(Text, default="")
    news_it: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    old_holds_until: Mapped[datetime | None]

    @property
    def said(self) -> str:
        """The agreement in the reader's language, as Markdown."""
        return pick(self.words, self.words_it)

    @property
    def what_is_new(self) -> str:
        return pick(self.news, self.news_it)

    @property
    def seen(self) -> str:
        return seen_as(self.words, self.words_it, self.news, self.news_it)


class Acceptance(Base):
    """An editor accepted a version, having read it in `language`."""

    __tablename__ = "agreement_acceptances"
    __table_args__ = (UniqueConstraint("editor_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("agreement_versions.id"), index=True)
    language: Mapped[str] = mapped_column(String(5))
    accepted_at: Mapped[datetime]
