"""What can be tried by a cohort before everybody has it. A feature names itself here and asks `is_on`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Feature(StrEnum):
    MENTORS = "mentors"


FEATURE_WORDS: dict[Feature, Any] = {Feature.MENTORS: _l("Mentor and learner")}
