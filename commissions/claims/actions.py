from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.claims.codes import typed_code
from commissions.claims.models import Claim, Receipt
from commissions.claims.policy import (
    SAVED_DAYS,
    Candidate,
    Choice,
    ClaimKind,
    Decided,
    Terms,
    decide,
    same_mailbox,
)
from commissions.claims.ports import event_claim
from commissions.claims.queries import current_receipt
from commissions.claims.sharing import share_out
from commissions.clicks.policy import Source
from commissions.clicks.queries import (
    SavedFrom,
    VisitClick,
    choices_of_account,
    choices_of_visit,
    clicks_carried,
    clicks_of_account,
    clicks_of_visit,
    saved_from,
)
from editors.membership.models import EditorStatus
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from storefront.orders.queries import Sale
from storefront.till.queries import who_rang_up


def decide_receipt(*, actor: Actor, sale: Sale, terms: Terms) -> Receipt:
    """The receipt of a paid order: made now with every candidate, or the one that was made before.

    Two workers at once: the unique order lets one write, and both go on with what that one wrote.
    """
    began = sale.checkout_began_at
    until = sale.paid_at or sale.placed_at
    choices = choices_of_visit(sale.visit_id, until) if sale.visit_id else []
    if sale.account_id is not None:
        choices = [*choices, *choices_of_account(sale.account_id, until)]
    decision = decide(
        _candidates(sale, until, terms),
        [Choice(choice.editor_id, choice.at) for choice in choices],
        began,
        terms,
        in_store=sale.till_place_id is not None,
    )
    receipt_id = db.session.scalars(
        insert_or_skip(Receipt)
        .values(
            order_id=sale.order_id,
            order_number=sale.number,
            editor_id=decision.editor_id,
            rule=decision.rule,
            window_days=terms.window_days,
            cookie_days=terms.cookie_days,
            checkout_began_at=began,
            decided_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(Receipt.id)
    ).one_or_none()
    if receipt_id is not None:
        db.session.execute(
            insert(Claim), [_row(receipt_id, position, row) for position, row in enumerate(decision.rows, 1)]
        )
        if decision.editor_id is not None:
            won = decision.rows[0].candidate
            share_out(
                receipt_id=receipt_id,
                winner_id=decision.editor_id,
                look_id=won.look_id if won else None,
                sale=sale,
            )
        audit.record(
            actor=actor,
            action="receipts.decide",
            subject=("order", sale.order_id),
            after={"editor_id": decision.editor_id, "rule": decision.rule.value},
        )
    return current_receipt(sale.order_id)


def _candidates(sale: Sale, until: datetime, terms: Terms) -> list[Candidate]:
    """Everybody who might get the credit, by whatever carries it; a click by the strongest that does."""
    clicks = clicks_of_visit(sale.visit_id, until) if sale.visit_id else []
    found = [_clicked(click, sale, ClaimKind.LINK) for click in clicks]
    began = sale.checkout_began_at
    if sale.visit_id:
        since = began - timedelta(days=terms.cookie_days)
        carried = clicks_carried(sale.visit_id, since, until)
        found += [_clicked(click, sale, ClaimKind.COOKIE) for click in carried]
    if sale.account_id is not None:
        since = began - timedelta(days=terms.window_days)
        known = {one.click_id for one in found}
        earlier = clicks_of_account(sale.account_id, since, until, sale.visit_id)
        found += [
            _clicked(click, sale, ClaimKind.ACCOUNT) for click in earlier if click.click_id not in known
        ]
    kept = saved_from(
        visit=sale.visit_id,
        account_id=sale.account_id,
        product_ids=[line.product_id for line in sale.lines],
        since=sale.checkout_began_at - timedelta(days=SAVED_DAYS),
        until=sale.checkout_began_at,
    )
    found += [_saved(one, sale) for one in kept]
    return found + [one for one in (_at_event(sale), typed_code(sale)) if one]


def _at_event(sale: Sale) -> Candidate | None:
    """What an event in the store claims of it, if one does."""
    claim = event_claim(sale)
    host = editor_by_id(claim.editor_id) if claim else None
    if claim is None or host is None:
        return None
    account = account_by_id(host.account_id)
    own = host.account_id == sale.account_id
    return Candidate(
        kind=ClaimKind.EVENT,
        editor_id=host.id,
        at=claim.at,
        last_at=claim.at,
        active=host.status == EditorStatus.ACTIVE,
        buyer=own or (account is not None and same_mailbox(account.email, sale.email)),
        seller=sale.visit_id is not None and who_rang_up(sale.visit_id) == host.account_id,
        event=claim.event[:200],
        event_it=claim.event_it[:200] if claim.event_it else None,
    )


def _saved(one: SavedFrom, sale: Sale) -> Candidate:
    return Candidate(
        kind=ClaimKind.SAVED,
        editor_id=one.editor_id,
        at=one.saved_at,
        last_at=one.saved_at,
        active=one.editor_status == EditorStatus.ACTIVE,
        buyer=one.editor_account_id == sale.account_id or same_mailbox(one.editor_email, sale.email),
        look_id=one.look_id,
    )


def _clicked(click: VisitClick, sale: Sale, kind: ClaimKind) -> Candidate:
    return Candidate(
        kind=kind,
        editor_id=click.editor_id,
        at=click.first_at,
        last_at=click.last_at,
        active=click.editor_status == EditorStatus.ACTIVE,
        buyer=click.editor_account_id == sale.account_id or same_mailbox(click.editor_email, sale.email),
        click_id=click.click_id,
        link_id=click.link_id,
        look_id=click.look_id,
        source=Source(click.referrer, click.device, click.country),
    )


def _row(receipt_id: int, position: int, row: Decided) -> dict[str, object]:
    one = row.candidate
    return {
        "receipt_id": receipt_id,
        "position": position,
        "kind": row.kind,
        "editor_id": one.editor_id if one else None,
        "link_id": one.link_id if one else None,
        "look_id": one.look_id if one else None,
        "click_id": one.click_id if one else None,
        "referrer": one.source.referrer if one else None,
        "device": one.source.device if one else None,
        "country": one.source.country if one else None,
        "event": one.event if one else None,
        "event_it": one.event_it if one else None,
        "at": row.at,
        "verdict": row.verdict,
        "reason": row.reason,
        "days_before": row.days_before,
    }
