"""The questions as fields of a form, and what was answered to them, in the words they were asked in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from editors.questions.answers import Answered
from editors.questions.models import Kind, Question
from editors.questions.policy import LONGEST_LINK, is_link
from foundation.i18n import pick
from foundation.web.fields import NO_CONTROLS, choice, stripped, tidy

LONGEST_TEXT = 3000
LONGEST_FILE_NAME = 120
FILES = "application/pdf,image/jpeg,image/png,image/webp,image/avif"
AnyForm = TypeVar("AnyForm", bound=FlaskForm)


def asking(base: type[AnyForm], questions: Iterable[Question]) -> type[AnyForm]:
    """The form with a field for each question, in order; `field_name` says which."""
    fields = {field_name(question): _field(question) for question in questions}
    return type(base.__name__, (base,), fields)


def field_name(question: Question) -> str:
    return f"question_{question.id}"


def files_in(form: FlaskForm, questions: Iterable[Question]) -> dict[int, FileStorage]:
    """The files that were chosen, by the question they answer."""
    found = {}
    for question in questions:
        file = form[field_name(question)].data if question.kind == Kind.FILE else None
        if isinstance(file, FileStorage) and file.filename:
            found[question.id] = file
    return found


def answered(form: FlaskForm, questions: Sequence[Question]) -> list[Answered]:
    """What was answered, files without their keys; a question nobody answered is left out."""
    found = []
    for question in questions:
        said, said_it = _said(question, form[field_name(question)].data)
        if said:
            kind = Kind(question.kind)
            found.append(Answered(question.id, kind, question.words, question.words_it, said, said_it))
    return found


def with_files(answers: Iterable[Answered], keys: dict[int, str]) -> list[Answered]:
    """The same answers, with the keys under which their files were kept."""
    return [replace(answer, file_key=keys.get(answer.question_id)) for answer in answers]


def _said(question: Question, data: Any) -> tuple[str, str | None]:
    match Kind(question.kind):
        case Kind.CHOICE | Kind.CHOICES:
            places = data if isinstance(data, list) else [data] if data else []
            words = [question.option_words(int(place)) for place in places]
            return "\n".join(one for one, _it in words), "\n".join(it for _one, it in words) or None
        case Kind.CONSENT:
            return ("yes", "sì") if data else ("", None)
        case Kind.FILE:
            name = data.filename if isinstance(data, FileStorage) and data.filename else ""
            return " ".join(name.split())[-LONGEST_FILE_NAME:], None
        case _:
            return data or "", None


def _field(question: Question) -> Field:
    needed: list[Any] = [InputRequired(_needed(question))] if question.required else [Optional()]
    in_words = [DataRequired(_needed(question))] if question.required else [Optional()]  # blanks are none
    hint = question.explained
    match Kind(question.kind):
        case Kind.TEXT:
            too_long = Length(max=LONGEST_TEXT, message=_("Up to 3,000 characters, please."))
            return TextAreaField(
                question.asked,
                filters=[tidy],
                validators=[*in_words, too_long],
                description=hint,
                render_kw={"rows": 4, "maxlength": LONGEST_TEXT},
            )
        case Kind.LINK:
            return StringField(
                question.asked,
                filters=[stripped],
                validators=[*in_words, NO_CONTROLS, _opens],
                description=hint,
                render_kw={
                    "type": "url",
                    "maxlength": LONGEST_LINK,
                    "inputmode": "url",
                    "placeholder": "https://",
                },
            )
        case Kind.FILE:
            return FileField(question.asked, validators=needed, description=hint, render_kw={"accept": FILES})
        case Kind.CONSENT:
            return BooleanField(question.asked, validators=needed, description=hint)
        case Kind.CHOICE:
            return RadioField(question.asked, choices=_choices(question), validators=needed, description=hint)
        case Kind.CHOICES:
            return SelectMultipleField(
                question.asked, choices=_choices(question), validators=needed, description=hint
            )


def _choices(question: Question) -> list[Any]:
    return [choice(str(place), pick(*question.option_words(place))) for place in range(len(question.options))]


def _needed(question: Question) -> str:
    return {
        Kind.CHOICE: _("Choose one."),
        Kind.CHOICES: _("Choose at least one."),
        Kind.LINK: _("Write the address of the page."),
        Kind.FILE: _("Choose a picture or a PDF."),
        Kind.CONSENT: _("We need your word on this."),
    }.get(Kind(question.kind), _("Write a line. We read it before we answer."))


def _opens(form: FlaskForm, field: StringField) -> None:
    if field.data and not is_link(field.data):
        raise ValidationError(_("Write the whole address, beginning with https://."))
