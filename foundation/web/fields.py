"""What forms have in common: how their text is trimmed, what one line may hold, and how they are refused."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

REFUSED = 422  # the status of a page that shows a form again, with what is wrong beside each field

NO_CONTROLS = Regexp(r"^[^\x00-\x1f\x7f]*$", message=_l("Please write it in one line."))


def choice(value: str, label: Any) -> SelectChoice:
    """A choice whose words are said in the language of whoever reads."""
    return SelectChoice(value, label)


def stripped(text: str | None) -> str | None:
    """One line: outer spaces gone, one space between words. Nothing stays nothing."""
    return " ".join(text.split()) if text else text


def tidy(value: str | None) -> str:
    """Some lines: outer spaces gone, line ends as we write them; None becomes empty."""
    return (value or "").replace("\r\n", "\n").strip()
