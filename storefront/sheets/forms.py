from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField


class ImportForm(FlaskForm):
    """A product file to be brought in. The box stands before the file, so that it is read first."""

    leave_stock = BooleanField(_l("Leave the stock as it is"))
    file = FileField(
        _l("Product file from this device"),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": ".csv,.tsv,.txt,text/csv"},
    )
