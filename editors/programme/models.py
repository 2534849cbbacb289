from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.files.named import FileKey
from foundation.i18n import pick
from foundation.seen import seen_as

ONLY = 1  # the number of the one row


class ProgrammePage(Base):
    """One row: what the page says, and its film with captions in both languages, when there is one."""

    __tablename__ = "programme_page"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    title_it: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    words_it: Mapped[str] = mapped_column(Text)
    video_key: Mapped[str | None] = mapped_column(FileKey(100))
    captions_key: Mapped[str | None] = mapped_column(FileKey(100))
    captions_it_key: Mapped[str | None] = mapped_column(FileKey(100))

    @property
    def called(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def says(self) -> str:
        """As Markdown, in the reader's language."""
        return pick(self.words, self.words_it)

    @property
    def seen(self) -> str:
        return seen_as(self.title, self.title_it, self.words, self.words_it)
