"""Style editors: who they are, the looks they put together, the links they share, their studio."""

from __future__ import annotations

from flask import Flask

from editors.agreements import setup as agreements
from editors.briefs import setup as briefs
from editors.cohorts import setup as cohorts
from editors.following import setup as following
from editors.gatherings import setup as gatherings
from editors.invitations import setup as invitations
from editors.links import setup as links
from editors.looks import setup as looks
from editors.membership import setup as membership
from editors.mentors import setup as mentors
from editors.profiles import setup as profiles
from editors.programme import setup as programme
from editors.questions import setup as questions
from editors.review import setup as review
from editors.saves import setup as saves
from editors.share import setup as share
from editors.studio import setup as studio
from editors.tiers import setup as tiers
from editors.windows import setup as windows

FEATURES = (
    questions,
    review,
    agreements,
    membership,
    profiles,
    invitations,
    programme,
    looks,
    saves,
    following,
    gatherings,
    windows,
    links,
    share,
    tiers,
    cohorts,
    mentors,
    briefs,
    studio,
)


def init_app(app: Flask) -> None:
    for feature in FEATURES:
        feature.init_app(app)
