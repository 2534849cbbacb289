"""The receipt in words. An editor sees their own claims by name and everybody else's without; staff see
all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _

from commissions.claims.models import Claim, Receipt, Share
from commissions.claims.policy import SAVED_DAYS, ClaimKind, Reason, Rule, Verdict
from commissions.claims.reasons import own_purchase, own_till, why
from commissions.claims.sources import came_from
from foundation.i18n import pick
from foundation.web.formats import moment, percent


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate as the page shows it."""

    what: str
    when: str
    why: str
    verdict: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Sharer:
    """One of two who are credited for an order. `why_nothing`: why their share is paid to nobody."""

    editor_id: int
    name: str
    share_bps: int
    why_nothing: str | None


def rows(receipt: Receipt, viewer_id: int | None) -> list[Row]:
    """Every candidate in the reader's words; `viewer_id` is the editor who reads, None for staff."""
    return [
        Row(
            _what(claim, receipt, viewer_id),
            _when(claim),
            why(claim, receipt, viewer_id),
            _verdict(claim),
            claim.verdict,
            came_from(claim, viewer_id),
        )
        for claim in receipt.claims
    ]


def rule(receipt: Receipt) -> str:
    """The rule that decided, in a line."""
    if receipt.rule == Rule.NOBODY and receipt.replaces_id is not None:
        return _("Staff credited it to nobody, with a reason")
    texts = {
        Rule.EVENT: _("Rule 1: the event in the store"),
        Rule.CODE: _("Rule 2: the code typed at checkout"),
        Rule.LAST_CLICK: _("Rule 3: the last eligible click within %(days)s days", days=receipt.window_days),
        Rule.COOKIE: _("Rule 4: the last link the shopper agreed to have remembered"),
        Rule.FIRST_COOKIE: _("Rule 4: the first link the shopper agreed to have remembered"),
        Rule.ACCOUNT: _(
            "Rule 5: a link of an earlier visit, after which the shopper signed in, within %(days)s days",
            days=receipt.window_days,
        ),
        Rule.SAVED: _("Rule 6: a look the shopper saved, within %(days)s days", days=SAVED_DAYS),
        Rule.STAFF: _("Rule 7: entered by staff, with a reason"),
        Rule.NOBODY: _("No rule applies: nobody was eligible"),
    }
    return texts[Rule(receipt.rule)]


def why_nobody(receipt: Receipt) -> str:
    """For staff: why nobody earns on an order, in the words of its receipt."""
    if any(claim.reason == Reason.OWN_PURCHASE for claim in receipt.claims):
        return own_purchase(mine=False, staff=True)
    if any(claim.reason == Reason.OWN_TILL for claim in receipt.claims):
        return own_till(mine=False, staff=True)
    return rule(receipt)


def look_of(receipt: Receipt, editor_id: int | None) -> str | None:
    """The look that led to the order, if the winner's claim came by one, or a look they signed with them."""
    if share_of(receipt, editor_id) is not None:
        editor_id = receipt.editor_id
    for claim in receipt.claims:
        if claim.editor_id == editor_id and claim.look is not None:
            return pick(claim.look.title, claim.look.title_it)
    return None


def why_mine(receipt: Receipt, editor_id: int) -> str:
    """Why an order is somebody's, or is not, in a few words for a list."""
    share = share_of(receipt, editor_id)
    if share is not None and share.withheld is not None:
        return why_not({Reason(share.withheld)})
    if share is not None or receipt.editor_id == editor_id:
        return why_mine_short(receipt, share.share_bps if share else None)
    return why_not({Reason(claim.reason) for claim in receipt.claims if claim.editor_id == editor_id})


def why_not(reasons: Collection[Reason]) -> str:
    """Why an order is not somebody's whose claims have these reasons, in a few words."""
    texts = {
        Reason.CORRECTED: _("Not yours any more: staff corrected it"),
        Reason.OWN_PURCHASE: _("Your own purchase earns nothing"),
        Reason.OWN_TILL: _("Not yours: you rang it up yourself"),
        Reason.REMOVED: _("Not yours: the shopper credits nobody"),
        Reason.NOT_CHOSEN: _("Not yours: the shopper chose another editor"),
        Reason.EARLIER: _("Not yours: a later click won"),
        Reason.LATER: _("Not yours: the first click counts here"),
        Reason.BEATEN: _("Not yours: something stronger came first"),
        Reason.NOT_ACTIVE: _("Not yours: you were resting when it was paid"),
        Reason.AFTER_CHECKOUT: _("Not yours: checkout had begun"),
    }
    return next(
        (said for reason, said in texts.items() if reason in reasons), _("Not yours: the click was too old")
    )


def share_of(receipt: Receipt, editor_id: int | None) -> Share | None:
    """What an editor has of an order that two are credited for."""
    return next((one for one in receipt.shares if one.editor_id == editor_id), None)


def sharers(receipt: Receipt, viewer_id: int | None) -> list[Sharer]:
    """Who has how much, for the reader; whoever bought is named to nobody but themselves and staff."""
    return [
        Sharer(one.editor_id, one.editor.name, one.share_bps, _why_nothing(one, viewer_id))
        for one in receipt.shares
    ]


def _why_nothing(share: Share, viewer_id: int | None) -> str | None:
    mine = share.editor_id == viewer_id
    if share.withheld == Reason.OWN_PURCHASE:
        return own_purchase(mine, viewer_id is None)
    if share.withheld == Reason.OWN_TILL:
        return own_till(mine, viewer_id is None)
    return _("Not an active editor when the order was paid.") if share.withheld else None


def why_mine_short(receipt: Receipt, share_bps: int | None = None) -> str:
    """Why a commission is somebody's, in a few words; `share_bps` is theirs of a look that two signed."""
    if share_bps is not None:
        return _("A look you signed together: %(share)s is yours", share=percent(share_bps))
    texts = {
        Rule.LAST_CLICK: _("Your link, last click"),
        Rule.COOKIE: _("Your link, remembered"),
        Rule.FIRST_COOKIE: _("Your link, remembered"),
        Rule.ACCOUNT: _("Your link, an earlier visit"),
        Rule.SAVED: _("Your look, saved before"),
        Rule.CODE: _("Your code"),
        Rule.EVENT: _("Your event in the store"),
        Rule.STAFF: _("Entered by staff"),
        Rule.NOBODY: "",
    }
    return texts[Rule(receipt.rule)]


def _what(claim: Claim, receipt: Receipt, viewer_id: int | None) -> str:
    if claim.kind == ClaimKind.CODE:
        if viewer_id is None and claim.editor is not None:
            return _("Code of %(name)s", name=claim.editor.name)
        return _("Personal code")
    if claim.kind == ClaimKind.EVENT:
        return _what_event(claim, viewer_id)
    if claim.kind == ClaimKind.STAFF:
        if viewer_id is None and claim.editor is not None:
            return _("Entered by staff for %(name)s", name=claim.editor.name)
        return _("Entered by staff")
    look = pick(claim.look.title, claim.look.title_it) if claim.look is not None else None
    if claim.kind == ClaimKind.SAVED:
        return _what_was_saved(claim, look or "", viewer_id)
    if viewer_id is None and claim.editor is not None:
        if look:
            return _("%(name)s’s link, %(look)s", name=claim.editor.name, look=look)
        return _("%(name)s’s link", name=claim.editor.name)
    if claim.editor_id != viewer_id:
        if share_of(receipt, viewer_id) and claim.verdict == Verdict.WON and claim.editor is not None:
            return _("%(name)s’s link, %(look)s", name=claim.editor.name, look=look)
        return _("Another editor’s link")
    return _("Your link, %(look)s", look=look) if look else _("Your link")


def _what_event(claim: Claim, viewer_id: int | None) -> str:
    event = pick(claim.event, claim.event_it) if claim.event else None
    if event and viewer_id is None and claim.editor is not None:
        return _("%(event)s, an event hosted by %(name)s", event=event, name=claim.editor.name)
    if event and claim.editor_id == viewer_id:
        return _("Your event, %(event)s", event=event)
    return _("In-store event")


def _what_was_saved(claim: Claim, look: str, viewer_id: int | None) -> str:
    if viewer_id is None and claim.editor is not None:
        return _("%(name)s’s look %(look)s, saved", name=claim.editor.name, look=look)
    if claim.editor_id != viewer_id:
        return _("Another editor’s look, saved")
    return _("Your look %(look)s, saved", look=look)


def _when(claim: Claim) -> str:
    if claim.at is not None and claim.kind == ClaimKind.STAFF:
        return _("Entered on %(when)s", when=moment(claim.at))
    if claim.at is not None and claim.kind == ClaimKind.CODE:
        return _("Typed on %(when)s", when=moment(claim.at))
    if claim.at is not None and claim.kind == ClaimKind.EVENT:
        return _("Welcomed there on %(when)s", when=moment(claim.at))
    if claim.at is not None and claim.kind == ClaimKind.SAVED:
        return _("Saved on %(when)s", when=moment(claim.at))
    if claim.at is not None and claim.kind == ClaimKind.ACCOUNT:
        return _("Click on %(when)s, on an earlier visit", when=moment(claim.at))
    if claim.at is not None and claim.kind == ClaimKind.COOKIE:
        return _("Click on %(when)s, remembered as agreed", when=moment(claim.at))
    if claim.at is not None:
        return _("Click on %(when)s", when=moment(claim.at))
    if claim.kind == ClaimKind.CODE:
        return _("None typed at checkout")
    if claim.kind == ClaimKind.EVENT:
        return _("Online order") if claim.reason == Reason.ONLINE_ORDER else _("No event")
    return _("None")


def _verdict(claim: Claim) -> str:
    if claim.reason == Reason.TO_NOBODY:
        return _("Decided so")
    if claim.verdict == Verdict.WON:
        return _("Won")
    return _("Did not win") if claim.verdict == Verdict.LOST else _("No candidate")
