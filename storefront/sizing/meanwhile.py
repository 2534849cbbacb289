"""Two people on one size guide: where they collide, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from foundation.web.fields import Select
from storefront.sizing.forms import GuideForm, MeasureForm
from storefront.sizing.merging import Collision


def told(form: GuideForm, collision: Collision) -> tuple[str, str]:
    """Where both wrote, and what the first one kept. The form has been offered the departments."""
    measure = collision.measure.called if collision.measure else ""
    asked = MeasureForm() if measure else form
    field = asked[collision.field] if collision.field else None
    parts = (collision.size, measure, str(field.label.text) if field is not None else "")
    words = collision.theirs
    if isinstance(field, Select):
        words = next((str(label) for value, label, *_more in field.iter_choices() if value == words), words)
    return ", ".join(filter(None, parts)), words or (_("taken out") if field is None else "")
