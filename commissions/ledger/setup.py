"""What the ledger gives the application."""

from __future__ import annotations

from flask import Flask

import commissions.ledger.jobs
import commissions.ledger.models
from commissions.ledger.acts import ACTS, PARTS, SUBJECTS
from commissions.ledger.privacy import CHAPTER
from foundation.audit import acts
from foundation.privacy.chapters import cover

REGISTERED = (
    commissions.ledger.jobs,
    commissions.ledger.models,
)


def init_app(app: Flask) -> None:
    cover(app, CHAPTER, order=45)
    acts.name(app, ACTS, SUBJECTS, PARTS)
