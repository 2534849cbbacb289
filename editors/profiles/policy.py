"""What an editor may say they are good at: few words, the same for everybody."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

MOST_SPECIALITIES = 4


class Speciality(StrEnum):
    """What somebody is asked for."""

    COLOUR = "colour"
    DENIM = "denim"
    TAILORING = "tailoring"
    KNITWEAR = "knitwear"
    WORK = "work"
    EVENING = "evening"
    TRAVEL = "travel"
    CAPSULE = "capsule"
    PETITE = "petite"
    TALL = "tall"
    CURVES = "curves"
    SHOES = "shoes"
    CARE = "care"


SPECIALITY_WORDS: dict[Speciality, Any] = {
    Speciality.COLOUR: _l("Colour"),
    Speciality.DENIM: _l("Denim"),
    Speciality.TAILORING: _l("Tailoring"),
    Speciality.KNITWEAR: _l("Knitwear"),
    Speciality.WORK: _l("Dressing for work"),
    Speciality.EVENING: _l("Evenings and weddings"),
    Speciality.TRAVEL: _l("Packing for a journey"),
    Speciality.CAPSULE: _l("Few pieces, many outfits"),
    Speciality.PETITE: _l("Short people"),
    Speciality.TALL: _l("Tall people"),
    Speciality.CURVES: _l("Curves"),
    Speciality.SHOES: _l("Shoes and bags"),
    Speciality.CARE: _l("Care and mending"),
}
