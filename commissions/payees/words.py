"""What Stripe still wants from an editor, in words a person knows."""

from __future__ import annotations

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

from commissions.payees.countries import Reach, WhyNot
from commissions.payees.listing import Standing
from foundation.settings import current


def country_name(code: str) -> str:
    """A country, ISO 3166 alpha-2, as the reader calls it."""
    return str((get_locale() or Locale("en")).territories.get(code, code))


def standing_words() -> dict[Standing, tuple[str, str]]:
    """How far an account is, and the tone of its sign."""
    return {
        Standing.NONE: (_("Not begun"), ""),
        Standing.BEGUN: (_("Not finished"), "warn"),
        Standing.ACTIVE: (_("Can be paid"), "good"),
        Standing.RESTRICTED: (_("Stopped by Stripe"), "bad"),
        Standing.CLOSED: (_("Closed"), "bad"),
        Standing.PAUSED: (_("Paused after another bank account"), "warn"),
        Standing.RETURNED: (_("Bank sent a payout back"), "bad"),
    }


def why_not_words(reached: Reach) -> str:
    """Why payouts do not reach somebody, in a sentence; empty where they do."""
    shop = current()
    texts = {
        None: "",
        WhyNot.SHOP: _(
            "Stripe pays nobody from %(country)s, where this shop is.", country=country_name(shop.country)
        ),
        WhyNot.CURRENCY: _(
            "Stripe keeps no %(currency)s for a shop in %(country)s.",
            currency=shop.currency,
            country=country_name(shop.country),
        ),
        WhyNot.COUNTRY: _(
            "Stripe sends no money from %(shop)s to people in %(country)s.",
            shop=country_name(shop.country),
            country=country_name(reached.country),
        ),
    }
    return texts[reached.why_not]


def requirement_words(name: str) -> str:
    """A requirement of Stripe, `identity.individual.date_of_birth`, as one says it.

    Matched by its last known part, for Stripe adds and moves them; an unknown one is shown as it is named.
    """
    words = {
        "given_name": _("Your first name"),
        "surname": _("Your last name"),
        "date_of_birth": _("Your date of birth"),
        "address": _("Your address"),
        "phone": _("Your phone number"),
        "email": _("Your e-mail address"),
        "id_numbers": _("Your tax number"),
        "document": _("A document that shows who you are"),
        "external_account": _("The bank account your money goes to"),
        "tos_acceptance": _("Your agreement to Stripe’s terms"),
    }
    for part in reversed(name.split(".")):
        if part in words:
            return words[part]
    return name.replace("_", " ").replace(".", ": ")
