"""The one rule for what looks like an e-mail address."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import ValidationError


class EmailAddress:
    """A validator for forms: the shape of an address, without asking anybody's mail server.

    Addresses under `.test` count as well: the demo's log-ins live there, and nothing is sent to them.
    """

    sentence = _l("This does not look like an e-mail address.")

    def __call__(self, form: Form, field: Field) -> None:
        try:
            validate_email(field.data or "", check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            raise ValidationError(str(self.sentence)) from error
