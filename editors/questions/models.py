from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ARRAY, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.i18n import pick
from foundation.seen import seen_as

LONGEST_OPTION = 120


class Kind(StrEnum):
    """text: some lines; choice: one of a list; choices: any of a list; link; file; consent."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    FILE = "file"
    CONSENT = "consent"


WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})


class Question(Base):
    """A question of the application form. `options` belong to choices, in both languages.

    Retired, it is asked no more; answers keep the words they were given to, so nothing here changes them.
    """

    __tablename__ = "application_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(200))
    words_it: Mapped[str | None] = mapped_column(String(200))
    hint: Mapped[str] = mapped_column(String(200), default="")
    hint_it: Mapped[str | None] = mapped_column(String(200))
    options: Mapped[list[str]] = mapped_column(ARRAY(String(LONGEST_OPTION)), default=list)
    options_it: Mapped[list[str]] = mapped_column(ARRAY(String(LONGEST_OPTION)), default=list)
    required: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None]

    @property
    def asked(self) -> str:
        """The question in the reader's language."""
        return pick(self.words, self.words_it)

    @property
    def explained(self) -> str:
        return pick(self.hint, self.hint_it)

    def option_words(self, place: int) -> tuple[str, str]:
        """An option in English and in Italian; where no Italian was written, English stands in."""
        english = self.options[place]
        italian = self.options_it[place] if place < len(self.options_it) else ""
        return english, italian or english

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return seen_as(
            *(self.kind, self.words, self.words_it, self.hint, self.hint_it, self.required),
            *("\n".join(self.options), "\n".join(self.options_it)),
        )
