"""The vouchers of the demo: one of each way to give something, one that is over, and one that needs no code."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.actors import Actor
from storefront.promotions.actions import VoucherDraft, make_voucher, pause_voucher
from storefront.promotions.policy import Kind, Scope, Way

ALL = 10_000


def print_codes(*, actor: Actor, today: datetime) -> None:
    """Make them when the story has been told, so that no sum in it is another one by them."""
    for draft, reason in _drafts(today):
        made = make_voucher(actor=actor, draft=draft, reason=reason)
        if draft.code == "AMICI15":
            pause_voucher(actor=actor, voucher_id=made.id, reason="Too many used it beside the sale.")


def _drafts(today: datetime) -> list[tuple[VoucherDraft, str]]:
    return [
        (
            VoucherDraft(code="BENVENUTA10", kind=Kind.PERCENT, percent_bps=1_000, first_order=True),
            "A tenth off the first order, on the card in every bag.",
        ),
        (
            VoucherDraft(
                code="CAPPOTTO20",
                kind=Kind.AMOUNT,
                amount_minor=20_00,
                scope=Scope.CATEGORIES,
                categories=("outerwear",),
                minimum_minor=150_00,
                ends_at=today + timedelta(days=30),
                total_limit=200,
                person_limit=1,
            ),
            "Twenty euros off coats and jackets from 150 on, until the cold is over.",
        ),
        (
            VoucherDraft(code="SPEDIZIONE", kind=Kind.DELIVERY, minimum_minor=60_00, stackable=True),
            "Free delivery from 60 on; it may stand beside another code.",
        ),
        (
            VoucherDraft(code="AMICI15", kind=Kind.PERCENT, percent_bps=1_500, total_limit=50),
            "For the friends of the stores.",
        ),
        (
            VoucherDraft(
                code="MEZZASTAGIONE",
                kind=Kind.PERCENT,
                percent_bps=1_000,
                starts_at=today - timedelta(days=60),
                ends_at=today - timedelta(days=20),
            ),
            "Between the seasons, a tenth off everything.",
        ),
        (
            VoucherDraft(
                code="SCIARPE",
                kind=Kind.PIECES,
                way=Way.OFFERED,
                buy=2,
                get=1,
                percent_bps=ALL,
                scope=Scope.CATEGORIES,
                categories=("scarves",),
                stackable=True,
            ),
            "Of three scarves the cheapest is a present.",
        ),
    ]
