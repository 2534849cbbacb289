from __future__ import annotations

from flask_babel import force_locale

from commissions.rates.models import RateCap, RateCard
from commissions.rates.queries import told_of
from commissions.rates.words import card_words, per_words
from editors.membership.models import EditorStatus
from editors.membership.queries import editors_with_accounts
from foundation.db import db
from foundation.jobs.queue import job
from foundation.mail import actions as mail
from foundation.money import Money


@job(name="rates.tell_cut")
def tell_cut(card_id: int) -> None:
    """Write to every active editor whom a cut concerns, in their language, thirty days before it counts."""
    card = db.session.get_one(RateCard, card_id)
    for editor, account in told_of(card):
        with force_locale(account.language):
            what = card_words(card)
        mail.post(
            to=account.email,
            language=account.language,
            template="commissions/rates/mail/cut.txt",
            name=editor.first_name,
            what=what,
            rate_bps=card.rate_bps,
            day=card.valid_from,
        )


@job(name="rates.tell_end")
def tell_end(card_id: int) -> None:
    """Write to every active editor whom a campaign concerns that it ends early."""
    card = db.session.get_one(RateCard, card_id)
    for editor, account in told_of(card):
        with force_locale(account.language):
            what = card_words(card)
        mail.post(
            to=account.email,
            language=account.language,
            template="commissions/rates/mail/campaign_ends.txt",
            name=editor.first_name,
            what=what,
            day=card.until,
        )


@job(name="rates.tell_cap")
def tell_cap(cap_id: int) -> None:
    """Write to every active editor that there will be a limit, thirty days before it counts."""
    cap = db.session.get_one(RateCap, cap_id)
    for editor, account in editors_with_accounts():
        if editor.status != EditorStatus.ACTIVE or cap.amount_minor is None:
            continue
        with force_locale(account.language):
            what = per_words()[cap.cap.per]
        mail.post(
            to=account.email,
            language=account.language,
            template="commissions/rates/mail/cap.txt",
            name=editor.first_name,
            what=what,
            amount=Money(cap.amount_minor, cap.currency),
            day=cap.valid_from,
        )
