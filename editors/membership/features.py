"""What can be tried by a pilot group before everybody has it.

Everybody has everything until staff keep a feature for groups. A feature is withheld where it begins
(`ports.refuse_without`, in the action): what somebody made with it before stays theirs and goes on working.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class Feature(StrEnum):
    MENTORS = "mentors"
    PHOTO_LOOKS = "photo_looks"
    LOOKS_OF_TWO = "looks_of_two"
    SHARE_CARDS = "share_cards"
    PACKED_BAGS = "packed_bags"
    PERSONAL_CODES = "personal_codes"


FEATURE_WORDS: dict[Feature, Any] = {
    Feature.PHOTO_LOOKS: _l("Looks that begin with a photograph"),
    Feature.LOOKS_OF_TWO: _l("Looks of two authors"),
    Feature.SHARE_CARDS: _l("Cards to post and to print"),
    Feature.PACKED_BAGS: _l("Packed bags"),
    Feature.PERSONAL_CODES: _l("Personal discount codes"),
    Feature.MENTORS: _l("Mentor and learner"),
}
