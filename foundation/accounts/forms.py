from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from foundation.i18n import LANGUAGES
from foundation.web.addresses import EmailAddress
from foundation.web.fields import Select

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
PASSWORD = _l("Password")


def one_line(text: str | None) -> str | None:
    """What was typed without the spaces a phone adds and without signs nobody sees."""
    return (
        " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
        if text
        else text
    )


def email_field() -> EmailField:
    return EmailField(
        _l("E-mail"),
        filters=[one_line],
        validators=[
            InputRequired(_l("We need your e-mail address.")),
            EmailAddress(),
            Length(max=254),
        ],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


def new_password_field(label: Any = PASSWORD) -> PasswordField:
    return PasswordField(
        label,
        description=_l("Ten characters or more. A short sentence is easy to keep in mind."),
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=_l("Between 10 and 200 characters, please."),
            ),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(FlaskForm):
    email = email_field()
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Type your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class SignUpForm(FlaskForm):
    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[DataRequired(_l("What may we call you?")), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )
    email = email_field()
    password = new_password_field()


class ForgottenForm(FlaskForm):
    email = email_field()


class NewPasswordForm(FlaskForm):
    password = new_password_field()


class ChangePasswordForm(FlaskForm):
    present = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Type your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field(_l("New password"))
    again = PasswordField(
        _l("New password again"),
        validators=[EqualTo("password", _l("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class NewEmailForm(FlaskForm):
    """Another address. `proof` is the present password, by another name than in the form beside it."""

    email = email_field()
    proof = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Type your present password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class DetailsForm(FlaskForm):
    name = StringField(
        _l("Your name"),
        filters=[one_line],
        validators=[DataRequired(_l("What may we call you?")), Length(max=120)],
    )
    language = Select(
        _l("Language of our mail"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )


class CodeForm(FlaskForm):
    code = StringField(
        _l("Six digits from your app"),
        validators=[DataRequired(_l("Type the code your app shows.")), Length(max=12)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class PasswordAgainForm(FlaskForm):
    """The password of whoever is signed in already."""

    password = PasswordField(
        PASSWORD,
        validators=[InputRequired(_l("Type your password."))],
        render_kw={"autocomplete": "current-password"},
    )
