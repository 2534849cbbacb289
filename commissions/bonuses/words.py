"""Bonuses in the reader's words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.accruals.policy import CommissionStatus
from commissions.bonuses.models import Award, Bonus
from commissions.bonuses.policy import BonusKind, Goal, Standing, Whom
from foundation.money import Money
from foundation.web.formats import day, money, number


def kind_words() -> dict[BonusKind, str]:
    """What can earn a bonus."""
    return {
        BonusKind.FIRST_SALE: _("The first sale"),
        BonusKind.CHALLENGE: _("A goal reached"),
        BonusKind.EVENT: _("An event in a store"),
    }


def goal_words() -> dict[Goal, str]:
    """What a challenge can count."""
    return {Goal.ORDERS: _("Orders that are kept"), Goal.NET: _("Net sales that are kept")}


def whom_words() -> dict[Whom, str]:
    """For whom a bonus can be."""
    return {
        Whom.ALL: _("Every editor"),
        Whom.TIER: _("A step of the circle"),
        Whom.COHORT: _("A pilot group"),
    }


def asks_for(bonus: Bonus) -> str:
    """What has to be done for it, in one sentence."""
    if bonus.kind == BonusKind.FIRST_SALE:
        return _("For the first order by your link or code that the shopper keeps something of.")
    if bonus.kind == BonusKind.EVENT:
        return _("For what an event in a store brings.")
    count = bonus.goal_count or 0
    if bonus.goal == Goal.ORDERS:
        return ngettext(
            "For one order in its days that the shopper keeps something of.",
            "For %(num)s orders in its days that shoppers keep something of.",
            count,
        )
    return _("For net sales of %(sum)s in its days, after what came back.", sum=_sum(bonus, count))


def how_far(bonus: Bonus, found: Standing) -> str:
    """How far somebody is, and what is missing."""
    if bonus.kind == BonusKind.FIRST_SALE:
        return _("No sale yet.")
    if bonus.goal == Goal.NET:
        return _(
            "%(so_far)s of %(goal)s; %(missing)s to go.",
            so_far=_sum(bonus, found.so_far),
            goal=_sum(bonus, found.goal),
            missing=_sum(bonus, found.missing),
        )
    return _(
        "%(so_far)s of %(goal)s orders; %(missing)s to go.",
        so_far=number(found.so_far),
        goal=number(found.goal),
        missing=number(found.missing),
    )


def award_words(award: Award) -> str:
    """How an award came about, and what comes next."""
    if award.status == CommissionStatus.REVERSED and award.bonus and award.bonus.kind == BonusKind.CHALLENGE:
        return _("Taken back: after what came back the goal is no longer reached.")
    if award.status == CommissionStatus.REVERSED:
        return _("Taken back: all of order %(number)s came back.", number=award.order_number)
    if award.status == CommissionStatus.HELD:
        return _("Order %(number)s is held, and this with it.", number=award.order_number)
    if award.status == CommissionStatus.PAID and award.paid_at is not None:
        return _("Sent with the payout of %(day)s.", day=day(award.paid_at, "year"))
    if award.status == CommissionStatus.PAYABLE:
        return _("Goes out with the next payout.")
    if award.due_at is None:
        return _("Payable once the time to return order %(number)s is over.", number=award.order_number)
    return _("Payable on %(day)s, if it is still earned then.", day=day(award.due_at, "year"))


def _sum(bonus: Bonus, minor: int) -> str:
    return money(Money(minor, bonus.currency))
