"""The studio's form of a look: words, and pieces in their order, with buttons that work without script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from editors.looks.actions import LookDraft, PieceDraft
from editors.looks.laying import Numbers
from editors.looks.models import (
    MOST_OF_ONE,
    MOST_PIECES,
    MOST_STYLES,
    OCCASION_WORDS,
    SEASON_WORDS,
    STYLE_WORDS,
    Look,
    Occasion,
    Season,
    Style,
)
from foundation.web.fields import DayAndHour, Select, tidy
from foundation.web.numbers import LARGEST

_WHOLE = re.compile(r"-?[0-9]{1,4}", re.ASCII)


class LookForm(FlaskForm):
    """The words of a look. A draft may be as empty as it likes; publishing asks for more."""

    title = StringField(_l("Title"), filters=[tidy], validators=[Length(max=80)], render_kw={"maxlength": 80})
    story = TextAreaField(
        _l("Where does it go?"),
        filters=[tidy],
        validators=[Length(max=1000)],
        render_kw={"rows": 4, "maxlength": 1000},
    )
    title_it = StringField(
        _l("Title in Italian"),
        filters=[tidy],
        validators=[Length(max=80)],
        render_kw={"maxlength": 80, "lang": "it"},
    )
    story_it = TextAreaField(
        _l("Where does it go, in Italian?"),
        filters=[tidy],
        validators=[Length(max=1000)],
        render_kw={"rows": 4, "maxlength": 1000, "lang": "it"},
    )
    occasion = Select(
        _l("Occasion"), choices=[SelectChoice(key.value, words) for key, words in OCCASION_WORDS.items()]
    )
    season = Select(
        _l("Season"),
        choices=[SelectChoice(key.value, words) for key, words in SEASON_WORDS.items()],
        default=Season.ALL.value,
    )
    styles = SelectMultipleField(
        _l("Style"),
        choices=[SelectChoice(key.value, words) for key, words in STYLE_WORDS.items()],
        validators=[Length(max=MOST_STYLES, message=_l("Choose three at most."))],
    )
    publish_at = DayAndHour(_l("Day and hour"), validators=[Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)])


@dataclass(frozen=True)
class Rail:
    """The pieces on the form, in order, and what was searched for."""

    pieces: tuple[PieceDraft, ...] = ()
    query: str = ""

    @property
    def full(self) -> bool:
        return len(self.pieces) >= MOST_PIECES

    @property
    def ids(self) -> list[int]:
        return [piece.product_id for piece in self.pieces]


def rail_of(look: Look, query: str = "") -> Rail:
    """The pieces as they are stored."""
    return Rail(tuple(PieceDraft(piece.product_id, piece.quantity) for piece in look.pieces), query)


def read_rail(form: MultiDict[str, str]) -> Rail:
    """The pieces as they were sent, after what the pressed button did to them."""
    pieces: dict[int, PieceDraft] = {}
    for text in form.getlist("piece"):
        if _is_id(text):
            quantity = _quantity(form.get(f"quantity-{text}", "1"))
            pieces[int(text)] = PieceDraft(int(text), quantity, _numbers(form, text))
    order = list(pieces.values())
    added, dropped = form.get("add", ""), form.get("drop", "")
    if _is_id(added) and int(added) not in pieces and len(order) < MOST_PIECES:
        order.append(PieceDraft(int(added)))
    if _is_id(dropped):
        order = [piece for piece in order if piece.product_id != int(dropped)]
    order = _moved(order, form.get("up", ""), -1)
    order = _moved(order, form.get("down", ""), 1)
    return Rail(tuple(order[:MOST_PIECES]), form.get("q", "").strip()[:80])


def draft_of(form: LookForm, rail: Rail) -> LookDraft:
    """What an action takes, from a form that validated."""
    return LookDraft(
        title=form.title.data,
        story=form.story.data,
        title_it=form.title_it.data,
        story_it=form.story_it.data,
        occasion=Occasion(form.occasion.data),
        season=Season(form.season.data),
        styles=tuple(Style(one) for one in form.styles.data or ()),
        pieces=rail.pieces,
    )


def _moved(order: list[PieceDraft], which: str, step: int) -> list[PieceDraft]:
    if not _is_id(which):
        return order
    place = next((at for at, piece in enumerate(order) if piece.product_id == int(which)), None)
    if place is None or not 0 <= place + step < len(order):
        return order
    order[place], order[place + step] = order[place + step], order[place]
    return order


def _numbers(form: MultiDict[str, str], piece: str) -> Numbers | None:
    """Where the form says a piece lies; None when it does not say all of it in whole numbers."""
    sent = [form.get(f"{name}-{piece}", "") for name in ("across", "down", "size", "turn")]
    if not all(_WHOLE.fullmatch(text) for text in sent):
        return None
    across, down, size, turn = map(int, sent)
    return Numbers(across, down, size, turn, flip=f"flip-{piece}" in form)


def _quantity(text: str) -> int:
    return min(max(int(text), 1), MOST_OF_ONE) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19
