"""A till as its page shows it: plain values for templates."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import segno
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from foundation.files.storage import url_of
from foundation.money import Money, decimal_text
from foundation.web.assets import asset
from foundation.web.formats import money, percent
from storefront.catalog.cards import PLACEHOLDER
from storefront.catalog.naming import piece_details, piece_name
from storefront.catalog.ports import PLENTY
from storefront.orders.models import Order, OrderLine, PaidWith
from storefront.promotions.errors import SENTENCES
from storefront.till.policy import likely_given
from storefront.till.pricing import Priced
from storefront.till.queries import Rung


def rows_of(wanted: Priced) -> list[dict[str, Any]]:
    """The lines of a basket with what each costs, what was taken off it, and what hangs here."""
    rows = []
    for line, off, staff in zip(wanted.lines, wanted.off, wanted.staff_off, strict=True):
        rows.append(
            piece_of(line)
            | {
                "quantity": line.quantity,
                "price": Money(line.gross_minor - off, line.currency),
                "before": Money(line.gross_minor, line.currency) if off else None,
                "off": _off_words(line, staff),
                "off_typed": _off_typed(line),
                "off_is_amount": bool(line.off_minor),
                "off_reason": line.off_reason,
                "advised": line.advised,
                "short_words": _short_words(line),
                "short": line.here < line.quantity or not line.on_sale,
            }
        )
    return rows


def piece_of(line: Rung) -> dict[str, Any]:
    """A piece as a till shows it anywhere: picture, words, price, where it is."""
    return {
        "variant": line.variant_id,
        "href": f"/shop/{line.handle}",
        "name": line.name,
        "piece": piece_name(line),
        "options": piece_details(line),
        "sku": line.sku,
        "picture": _picture(line),
        "unit": line.unit_price,
        "here": line.here,
        "here_words": here_words(line),
        "tone": "bad" if not line.here else "warn" if line.here <= 2 else "",
        "elsewhere": "; ".join(
            _("%(count)s in %(place)s", count=count, place=name) for name, count in line.elsewhere
        ),
    }


def _short_words(line: Rung) -> str:
    """What is to be done about a line that cannot be sold as it stands; empty when it can."""
    if not line.on_sale or line.here >= line.quantity:
        return ""
    return _("More than the stock has: it cannot be sold before the stock is put right.")


def here_words(line: Rung) -> str:
    """How many hang in this store."""
    if not line.on_sale:
        return _("Not on sale")
    if line.here >= PLENTY:
        return _("Never runs out")
    if not line.here:
        return _("None here")
    return ngettext("%(num)s here", "%(num)s here", line.here)


def voucher_of(wanted: Priced) -> dict[str, Any] | None:
    """What the voucher takes off, or why it does not."""
    for one in wanted.quoted.given:
        return {"code": one.terms.code, "minor": Money(-one.minor, wanted.currency), "why": ""}
    for held in wanted.quoted.held:
        return {
            "code": held.terms.code,
            "minor": None,
            "why": str(SENTENCES[held.why]) % {"code": held.terms.code},
        }
    return None


def sums_of(wanted: Priced) -> list[tuple[str, str]]:
    """What the sum consists of, where it is more than pieces."""
    staff, voucher = sum(wanted.staff_off), voucher_of(wanted)
    if not staff and not (voucher and voucher["minor"]):
        return []
    rows = [(_("Pieces"), money(wanted.totals.goods))]
    if staff:
        rows.append((_("Taken off"), money(Money(-staff, wanted.currency))))
    if voucher and voucher["minor"]:
        rows.append((_("Voucher %(code)s", code=voucher["code"]), money(voucher["minor"])))
    return rows


def amounts_of(wanted: Priced) -> list[dict[str, str]]:
    """What a customer is likely to give: as it stands in the field, and as it is said."""
    return [
        {"value": decimal_text(Money(minor, wanted.currency)), "label": money(Money(minor, wanted.currency))}
        for minor in likely_given(wanted.totals.total_minor)
    ]


def paid_words(paid_with: str, total_minor: int | None = None) -> str:
    """How it was paid, in a word or two; `total_minor` of a sale, which may have come to nothing."""
    if total_minor == 0:
        return _("Nothing to pay")
    return {
        PaidWith.CARD: _("Card, by Stripe"),
        PaidWith.CASH: _("Cash"),
        PaidWith.TERMINAL: _("Card, at the terminal"),
        PaidWith.ELSEWHERE: _("At another till"),
    }[PaidWith(paid_with)]


def taxes_of(lines: Sequence[OrderLine], currency: str) -> list[dict[str, str]]:
    """The tax that is in the sum, rate by rate."""
    rates: dict[int, list[int]] = {}
    for line in lines:
        held = rates.setdefault(line.tax_bps, [0, 0])
        held[0] += line.paid_minor
        held[1] += line.net_minor
    return [
        {
            "rate": percent(bps),
            "gross": money(Money(gross, currency)),
            "net": money(Money(net, currency)),
            "tax": money(Money(gross - net, currency)),
        }
        for bps, (gross, net) in sorted(rates.items())
    ]


def sold_lines(order: Order) -> list[dict[str, Any]]:
    """The lines of a sale, for its page and its receipt."""
    return [
        {
            "piece": piece_name(line, None),
            "sku": line.sku,
            "quantity": line.quantity,
            "unit": Money(line.unit_price_minor, order.currency),
            "amount": Money(line.paid_minor, order.currency),
            "before": Money(line.gross_minor, order.currency) if line.discount_minor else None,
        }
        for line in order.lines
    ]


def code_of(address: str) -> Markup:
    """An address as a code for a phone's camera: a drawing without style of its own, dark on its own light
    ground."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=1, border=3, xmldecl=False, svgns=False, omitsize=True, dark="#000",
        light="#fff",
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())


def _off_words(line: Rung, staff_minor: int) -> str:
    if not staff_minor:
        return ""
    amount = money(Money(-staff_minor, line.currency))
    return f"{percent(line.off_bps)}, {amount}" if line.off_bps else amount


def _off_typed(line: Rung) -> str:
    """What the field shows when a reduction is changed."""
    if line.off_bps:
        whole, rest = divmod(line.off_bps, 100)
        return f"{whole}.{rest:02}" if rest else str(whole)
    return decimal_text(Money(line.off_minor, line.currency)) if line.off_minor else ""


def _picture(line: Rung) -> dict[str, Any]:
    if line.picture_key is None:
        return {"src": asset(PLACEHOLDER), "width": 480, "height": 600, "alt": ""}
    width, height = line.picture_width or 480, line.picture_height or 600
    return {"src": url_of(line.picture_key), "width": width, "height": height, "alt": ""}
