from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from events.calendar.actions import EventDraft, EventWords
from events.calendar.models import (
    LONGEST_LINK,
    MOST_GUESTS,
    MOST_PARTY,
    Admission,
    Event,
    EventFormat,
    EventRoom,
    Visibility,
)
from events.calendar.policy import moment_at
from events.calendar.rooms import RoomDraft
from events.proposals.words import admission_words, format_words, party_words, visibility_words
from foundation.web.fields import NO_CONTROLS, DayAndHour, Select, WholeNumber, a_key, choice, stripped, tidy
from foundation.web.meanwhile import SeenForm

Choices = Sequence[tuple[str, str]]
TOO_LONG = _l("That is too long.")
PEOPLE = _l("Write a whole number from 1 to 500.")
CODE_SIGNS = Regexp("^[A-Za-z0-9-]{3,24}$", message=_l("3 to 24 letters from A to Z, digits and hyphens."))
NO_HOUR = _l("The clocks go forward that night, so this hour does not exist. Choose another.")


def _as_code(text: str | None) -> str:
    return (stripped(text) or "").upper()


def _line(label: Any, longest: int, *validators: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=TOO_LONG), NO_CONTROLS],
        render_kw={"maxlength": longest},
    )


def _lines(label: Any, longest: int, rows: int, *validators: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=longest, message=TOO_LONG)],
        render_kw={"maxlength": longest, "rows": rows},
    )


def _when(label: Any) -> DayAndHour:
    return DayAndHour(label, validators=[InputRequired(_l("Choose a day and a time."))])


class WordsForm(SeenForm):
    """What is said of an event, and what hangs there."""

    title = _line(_l("Title, in English"), 120, DataRequired(_l("Give it a title.")))
    title_it = _line(_l("Title, in Italian"), 120)
    words = _lines(_l("What it is about, in English"), 2000, 3, DataRequired(_l("Write a sentence or two.")))
    words_it = _lines(_l("What it is about, in Italian"), 2000, 3)
    happens = _lines(_l("What happens, in English"), 2000, 4)
    happens_it = _lines(_l("What happens, in Italian"), 2000, 4)
    for_whom = _line(_l("Who it is for, in English"), 500)
    for_whom_it = _line(_l("Who it is for, in Italian"), 500)
    joining_url = StringField(
        _l("Link to join by"),
        filters=[stripped],
        validators=[Length(max=LONGEST_LINK, message=TOO_LONG)],
        render_kw={
            "maxlength": LONGEST_LINK,
            "inputmode": "url",
            "autocomplete": "off",
            "placeholder": "https://",
        },
    )
    looks = SelectMultipleField(_l("Looks on the rail"), coerce=a_key, validate_choice=False)

    def offer_looks(self, looks: Sequence[tuple[int, str]]) -> None:
        """Fill in which looks can be chosen."""
        self.looks.choices = list(looks)

    def said(self) -> EventWords:
        """What was filled in; only after it was found right."""
        return EventWords(
            title=str(self.title.data),
            title_it=self.title_it.data or None,
            words=str(self.words.data),
            words_it=self.words_it.data or None,
            happens=str(self.happens.data),
            happens_it=self.happens_it.data or None,
            for_whom=str(self.for_whom.data),
            for_whom_it=self.for_whom_it.data or None,
            joining_url=self.joining_url.data or None,
            look_ids=self.looks.data or (),
        )

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form of an event that is written down, its looks loaded."""
        return cls(formdata=None, obj=event, looks=[one.look_id for one in event.looks])


class _Timed(FlaskForm):
    """Two times on the clock of a store."""

    starts = _when(_l("Begins"))
    ends = _when(_l("Ends"))

    def moments(self, time_zone: str) -> tuple[datetime, datetime] | None:
        """Both as moments; None, and a word beside the field, where that clock never shows such a time."""
        found = []
        for field in (self.starts, self.ends):
            assert field.data is not None
            moment = moment_at(field.data, time_zone)
            if moment is None:
                field.errors = (str(NO_HOUR),)
            else:
                found.append(moment)
        return (found[0], found[1]) if len(found) == 2 else None


class EventForm(WordsForm, _Timed):
    """An event as its host writes it down."""

    format = Select(_l("What kind of evening"), default=EventFormat.STYLING.value)
    place = Select(_l("Store"), validators=[InputRequired(_l("Choose a store."))])
    capacity = WholeNumber(
        _l("For how many people"),
        validators=[InputRequired(PEOPLE), NumberRange(1, MOST_GUESTS, message=PEOPLE)],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_GUESTS},
    )
    visibility = Select(_l("Who finds it"), default=Visibility.PUBLIC.value)
    admission = Select(_l("Who gets a seat"), default=Admission.AUTO.value)
    most_party = Select(_l("On one invitation"), default=str(MOST_PARTY))
    confirm_required = BooleanField(_l("Seats that nobody confirms the day before may go on"))
    code_wanted = StringField(
        _l("A code for the guests"),
        filters=[_as_code],
        validators=[Optional(), CODE_SIGNS],
        render_kw={"maxlength": 24},
    )
    needs = _lines(_l("What you need from the store"), 1000, 2)
    message = _lines(_l("A word to the store"), 2000, 3)

    def offer(self, *, places: Choices, largest: Mapping[str, int], looks: Sequence[tuple[int, str]]) -> None:
        """Fill in what can be chosen. `largest`: how many the largest room of each store seats; with none, it
        answers for evenings online alone."""
        self.largest = largest
        self.format.choices = [choice(one.value, words) for one, words in format_words().items()]
        self.visibility.choices = [choice(one.value, words) for one, words in visibility_words().items()]
        self.admission.choices = [choice(one.value, words) for one, words in admission_words().items()]
        self.most_party.choices = [choice(str(one), words) for one, words in party_words().items()]
        self.place.choices = [choice(value, words) for value, words in places]
        self.offer_looks(looks)

    def validate_place(self, field: Any) -> None:
        """What is not online takes place in a room."""
        if self.largest.get(field.data) == 0 and self.format.data != EventFormat.ONLINE:
            raise ValidationError(_("This store has no room for events. Choose another one, or meet online."))

    def validate_capacity(self, field: Any) -> None:
        """Nor do more people than the largest room of the store seats."""
        seats = self.largest.get(self.place.data)
        if seats and field.data and field.data > seats and self.format.data != EventFormat.ONLINE:
            raise ValidationError(
                ngettext(
                    "The largest room of this store seats %(num)s.",
                    "The largest room of this store seats %(num)s.",
                    seats,
                )
            )

    def draft(self, starts_at: datetime, ends_at: datetime) -> EventDraft:
        """What was filled in; only after it was found right."""
        return EventDraft(
            format=EventFormat(self.format.data),
            place_id=int(self.place.data),
            visibility=Visibility(self.visibility.data),
            admission=Admission(self.admission.data),
            most_party=int(self.most_party.data),
            confirm_required=self.confirm_required.data,
            needs=str(self.needs.data),
            code_wanted=self.code_wanted.data or "",
            message=str(self.message.data),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=self.capacity.data or 1,
            **vars(self.said()),
        )

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form of an event that is written down, its looks loaded."""
        return cls(
            formdata=None,
            obj=event,
            place=str(event.place_id),
            most_party=str(event.most_party),
            starts=event.local(event.starts_at).replace(tzinfo=None),
            ends=event.local(event.ends_at).replace(tzinfo=None),
            looks=[one.look_id for one in event.looks],
        )


class TermsForm(SeenForm):
    """Who finds an event, who gets a seat, how many come on one invitation, and why that is another."""

    visibility = Select(_l("Who finds it"))
    admission = Select(_l("Who gets a seat"))
    most_party = Select(_l("On one invitation"))
    why = _lines(_l("Why"), 1000, 2)

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.visibility.choices = [choice(one.value, words) for one, words in visibility_words().items()]
        self.admission.choices = [choice(one.value, words) for one, words in admission_words().items()]
        self.most_party.choices = [choice(str(one), words) for one, words in party_words().items()]

    @classmethod
    def of(cls, event: Event) -> Self:
        return cls(formdata=None, obj=event, most_party=str(event.most_party))


class AnswerForm(_Timed):
    """What staff answer: a room, perhaps another time, and words to the host."""

    room = Select(_l("Room"), validators=[InputRequired(_l("Choose a room."))])
    words = _lines(_l("A word to the host"), 1000, 3)

    def offer(
        self, rooms: Sequence[EventRoom], free: set[int], elsewhere: Sequence[tuple[EventRoom, str]] = ()
    ) -> None:
        """The rooms of the store, and which of them are free then; those of others, with their store."""
        others = [
            choice(
                str(one.id),
                _("%(store)s: %(name)s, %(seats)s people", store=store, name=one.called, seats=one.seats),
            )
            for one, store in elsewhere
        ]
        self.room.choices = [
            choice(
                str(one.id),
                _("%(name)s, %(seats)s people", name=one.called, seats=one.seats)
                if one.id in free
                else _("%(name)s, %(seats)s people: taken then", name=one.called, seats=one.seats),
            )
            for one in rooms
        ] + others

    def without_room(self) -> None:
        """What is online has none."""
        del self.room

    @property
    def room_id(self) -> int | None:
        return int(self.room.data) if "room" in self else None


class RoomForm(SeenForm):
    """Where in a store events take place."""

    name = _line(_l("Name, in English"), 80, DataRequired(_l("Give it a name.")))
    name_it = _line(_l("Name, in Italian"), 80)
    seats = WholeNumber(
        _l("People at once"),
        validators=[InputRequired(PEOPLE), NumberRange(1, MOST_GUESTS, message=PEOPLE)],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_GUESTS},
    )
    access = _line(_l("Getting in and around, in English"), 500, Optional())
    access_it = _line(_l("Getting in and around, in Italian"), 500, Optional())

    def draft(self) -> RoomDraft:
        return RoomDraft(
            name=str(self.name.data),
            name_it=self.name_it.data or None,
            seats=self.seats.data or 1,
            access=self.access.data or "",
            access_it=self.access_it.data or None,
        )
