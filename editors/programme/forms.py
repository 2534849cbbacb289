from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.web.fields import NO_CONTROLS, stripped, tidy
from foundation.web.meanwhile import SeenForm

NEEDED = _l("This is needed.")


def _line(label: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[DataRequired(NEEDED), Length(max=120, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": 120},
    )


def _text(label: Any, language: str) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[DataRequired(NEEDED), Length(max=5000, message=_l("That is too long."))],
        render_kw={"rows": 10, "maxlength": 5000, "lang": language},
    )


class PageForm(SeenForm):
    """The page of the programme."""

    title = _line(_l("Title, in English"))
    title_it = _line(_l("Title, in Italian"))
    words = _text(_l("What it says, in English"), "en")
    words_it = _text(_l("What it says, in Italian"), "it")
    video = FileField(_l("Film"), render_kw={"accept": "video/mp4,video/webm"})
    captions = FileField(_l("Captions in English"), render_kw={"accept": ".vtt,text/vtt"})
    captions_it = FileField(_l("Captions in Italian"), render_kw={"accept": ".vtt,text/vtt"})
    no_film = BooleanField(_l("Show no film"))
