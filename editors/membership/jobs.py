from __future__ import annotations

from editors.agreements.models import AgreementVersion
from editors.membership.agreeing import TELL, hold_to_agreement, tell_of_agreement
from foundation.db import db
from foundation.jobs.queue import job


@job(name=TELL)
def tell(*, version_id: int) -> None:
    """Write to every editor that the agreement has a new version."""
    version = db.session.get(AgreementVersion, version_id)
    if version is not None:
        tell_of_agreement(version)


@job(name="membership.hold_to_agreement", cron="10 4 * * *")
def hold() -> None:
    """Whoever has not accepted the new version in time rests until they do."""
    hold_to_agreement()
