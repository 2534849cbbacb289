"""The one rule for what looks like an e-mail address."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import ValidationError


class EmailAddress:
    """A validator for forms: the shape of an address, without asking anybody's mail server.

    What hardly any server takes is refused: letters with accents before the @ (those of a domain have an
    ASCII name), more than 64 characters before it or 254 in all, a domain without a dot, and one whose end
    is a single letter, which nobody has. Addresses under `.test` count: the demo's log-ins live there, and
    nothing is sent to them.
    """

    sentence = _l("This does not look like an e-mail address.")

    def __call__(self, form: Form, field: Field) -> None:
        if not is_address(field.data or ""):
            raise ValidationError(str(self.sentence))


def is_address(text: str) -> bool:
    """The same rule for addresses that come in another way."""
    try:
        address = validate_email(
            text,
            check_deliverability=False,
            test_environment=True,
            allow_smtputf8=False,
            strict=True,
        )
    except EmailNotValidError:
        return False
    _, dot, end = (address.ascii_domain or "").rpartition(".")
    return bool(dot) and len(end) >= 2
