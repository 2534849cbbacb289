"""Vouchers in the hands of a test."""

from __future__ import annotations

from typing import Any

from foundation.actors import Actor
from foundation.db import db
from storefront.promotions.actions import VoucherDraft, make_voucher
from storefront.promotions.models import Voucher
from storefront.promotions.policy import Kind

OLGA = Actor.system("test")


def voucher(code: str = "SPRING10", **terms: Any) -> int:
    """A voucher that takes ten percent off, or whatever `terms` say; its number."""
    given: dict[str, Any] = {"kind": Kind.PERCENT, "percent_bps": 1000} if "kind" not in terms else {}
    return make_voucher(actor=OLGA, draft=VoucherDraft(code=code, **(given | terms)), reason="a test").id


def uses(code: str = "SPRING10") -> int:
    """How many orders hold or have used it."""
    return db.session.query(Voucher.uses).filter_by(code=code).scalar()
