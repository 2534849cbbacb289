from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from editors.membership.models import Editor
from editors.profiles.actions import Said
from editors.profiles.policy import MOST_SPECIALITIES, SPECIALITY_WORDS, Speciality
from editors.profiles.queries import seen_of
from foundation.web.fields import NO_CONTROLS, Select, a_key, choice, stripped, tidy
from foundation.web.meanwhile import SeenForm
from storefront.places.queries import stores

LONGEST_WORDS = 2000


def _line(label: Any, most: int, *validators: Any, **more: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=most), NO_CONTROLS],
        render_kw={"maxlength": most} | more,
    )


def _words(label: Any, *validators: Any, **more: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=LONGEST_WORDS, message=_l("Up to 2,000 characters, please."))],
        render_kw={"rows": 5, "maxlength": LONGEST_WORDS} | more,
    )


def _a_store(value: object) -> int:
    """The key of a store; 0 for none, which is a choice too, and -1 for what is no key."""
    return 0 if str(value) == "0" else a_key(value) or -1


class ProfileForm(SeenForm):
    """What an editor says of themselves."""

    name = _line(_l("Name"), 120, DataRequired(_l("People want to know who you are.")), autocomplete="name")
    city = _line(_l("City"), 80, DataRequired(_l("Say where you are.")), autocomplete="address-level2")
    style = _line(_l("In a few words"), 120)
    words = _words(_l("About you"), DataRequired(_l("Write a sentence or two.")))
    style_it = _line(_l("In a few words, in Italian"), 120, lang="it")
    words_it = _words(_l("About you, in Italian"), lang="it")

    store_id = Select(_l("Your store"), coerce=_a_store, default=0)
    specialities = SelectMultipleField(
        _l("What people ask you for"),
        choices=[choice(one.value, SPECIALITY_WORDS[one]) for one in Speciality],
    )
    shows_sizes = BooleanField(_l("Show the sizes I wear on my window"))

    @classmethod
    def of(cls, editor: Editor) -> ProfileForm:
        """Filled from the profile as it is."""
        return cls(formdata=None, obj=editor, data={"seen": seen_of(editor)}).offering()

    def offering(self) -> ProfileForm:
        """With the stores there are."""
        self.store_id.choices = [
            choice("0", _l("None")),
            *(choice(str(store.id), store.name) for store in stores()),
        ]
        return self

    def validate_specialities(self, field: SelectMultipleField) -> None:
        if len(field.data or ()) > MOST_SPECIALITIES:
            raise ValidationError(_l("Choose four at most: what you are asked for most."))

    @property
    def said(self) -> Said:
        return Said(
            name=str(self.name.data),
            city=str(self.city.data),
            words=str(self.words.data),
            style=self.style.data or "",
            words_it=self.words_it.data or None,
            style_it=self.style_it.data or None,
            store_id=self.store_id.data or None,
            specialities=tuple(self.specialities.data or ()),
            shows_sizes=bool(self.shows_sizes.data),
        )


class HandleForm(FlaskForm):
    """Another handle."""

    handle = StringField(
        _l("New handle"),
        filters=[stripped],
        validators=[DataRequired(_l("Choose the word your window is found by."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 40},
    )
