from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, ValidationError

MOST_AT_ONCE = 6


class PhotosForm(FlaskForm):
    """Photos of an evening, a few at a time."""

    pictures = MultipleFileField(
        _l("Photos"),
        render_kw={"accept": "image/jpeg,image/png,image/webp,image/avif", "multiple": True},
    )

    def validate_pictures(self, field: MultipleFileField) -> None:
        if not self.files():
            raise ValidationError(_l("Choose a photo first."))
        if len(self.files()) > MOST_AT_ONCE:
            raise ValidationError(_l("Six photos at a time, please."))

    def files(self) -> list[Any]:
        """The photos that were chosen; a browser sends an empty one when none was."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]
