from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from editors.questions.actions import QuestionDraft
from editors.questions.models import LONGEST_OPTION, WITH_OPTIONS, Kind, Question
from editors.questions.policy import MOST_OPTIONS, lines_of
from foundation.web.fields import NO_CONTROLS, Select, choice, stripped
from foundation.web.meanwhile import SeenForm

KIND_WORDS: dict[Kind, Any] = {
    Kind.TEXT: _l("Some lines of text"),
    Kind.CHOICE: _l("One of a list"),
    Kind.CHOICES: _l("Any of a list"),
    Kind.LINK: _l("A link"),
    Kind.FILE: _l("A picture or a PDF"),
    Kind.CONSENT: _l("A consent to tick"),
}


def _line(label: Any, *validators: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=200, message=_l("Keep it under 200 characters.")), NO_CONTROLS],
        render_kw={"maxlength": 200},
    )


def _lines(label: Any) -> TextAreaField:
    return TextAreaField(label, validators=[Length(max=4000)], render_kw={"rows": 5})


class QuestionForm(SeenForm):
    """A question of the application, in both languages."""

    kind = Select(_l("What is answered"), choices=[choice(kind, KIND_WORDS[kind]) for kind in Kind])
    words = _line(_l("The question, in English"), DataRequired(_l("Write what you ask.")))
    words_it = _line(_l("The same in Italian"))
    hint = _line(_l("What helps to answer it, in English"))
    hint_it = _line(_l("The same in Italian"))
    options = _lines(_l("The list, in English"))
    options_it = _lines(_l("The list, in Italian"))
    required = BooleanField(_l("Nobody can send the form without an answer to it"))

    def validate_options(self, field: TextAreaField) -> None:
        lines = lines_of(field.data or "")
        if self.kind.data not in WITH_OPTIONS:
            return
        if not 2 <= len(lines) <= MOST_OPTIONS:
            raise ValidationError(_("Write from two to twenty, one a line."))
        if any(len(line) > LONGEST_OPTION for line in lines):
            raise ValidationError(_("Keep each line under 120 characters."))

    def validate_options_it(self, field: TextAreaField) -> None:
        lines = lines_of(field.data or "")
        if self.kind.data not in WITH_OPTIONS or not lines:
            return
        if len(lines) != len(lines_of(self.options.data or "")):
            raise ValidationError(_("As many lines as in English, in the same order; or none."))
        if any(len(line) > LONGEST_OPTION for line in lines):
            raise ValidationError(_("Keep each line under 120 characters."))

    @classmethod
    def of(cls, question: Question) -> QuestionForm:
        """The form as the question is now."""
        form = cls(formdata=None, obj=question)
        form.options.data = "\n".join(question.options)
        form.options_it.data = "\n".join(question.options_it)
        return form

    def draft(self) -> QuestionDraft:
        """What was filled in; only after it was found right."""
        return QuestionDraft(
            kind=Kind(self.kind.data),
            words=str(self.words.data),
            words_it=self.words_it.data or None,
            hint=self.hint.data or "",
            hint_it=self.hint_it.data or None,
            options=lines_of(self.options.data or ""),
            options_it=lines_of(self.options_it.data or ""),
            required=bool(self.required.data),
        )
