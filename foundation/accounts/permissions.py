"""Who may do what: least privilege, by role. Owners may do everything staff can."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Staff roles. Everybody is a shopper; being a style editor is a membership, not a role here."""

    STORE = "store"
    CATALOGUE = "catalogue"
    EVENTS = "events"
    COMMUNITY = "community"
    FINANCE = "finance"
    OWNER = "owner"


class Permission(StrEnum):
    STAFF_DESK = "staff.desk"
    CATALOGUE_EDIT = "catalogue.edit"
    PLACES_EDIT = "places.edit"
    STOCK_KEEP = "stock.keep"
    VOUCHERS_MANAGE = "vouchers.manage"
    DELIVERY_MANAGE = "delivery.manage"
    TAXES_MANAGE = "taxes.manage"
    ORDERS_VIEW = "orders.view"
    ORDERS_HAND_OVER = "orders.hand_over"
    ORDERS_REFUND = "orders.refund"
    TILL_USE = "till.use"
    TILL_DISCOUNT = "till.discount"
    REVIEWS_MANAGE = "reviews.manage"
    APPLICATIONS_DECIDE = "applications.decide"
    EDITORS_MANAGE = "editors.manage"
    RECEIPTS_VIEW = "receipts.view"
    CLAIMS_DECIDE = "claims.decide"
    COMMISSIONS_HOLD = "commissions.hold"
    PROGRAMME_VIEW = "programme.view"
    SIGNALS_VIEW = "signals.view"
    SIGNALS_DECIDE = "signals.decide"
    RATES_VIEW = "rates.view"
    RATES_SET = "rates.set"
    PAYOUTS_VIEW = "payouts.view"
    PAYOUTS_PREPARE = "payouts.prepare"
    PAYOUTS_APPROVE = "payouts.approve"
    BOOKS_VIEW = "books.view"
    DEBTS_WRITE_OFF = "debts.write_off"
    CAUSES_MANAGE = "causes.manage"
    CAUSES_PAY = "causes.pay"
    EVENTS_VIEW = "events.view"
    EVENTS_DECIDE = "events.decide"
    EVENTS_DOOR = "events.door"
    JOBS_MANAGE = "jobs.manage"
    AUDIT_VIEW = "audit.view"
    ROLES_GRANT = "roles.grant"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.STORE: frozenset(
        {
            Permission.STAFF_DESK,
            Permission.PLACES_EDIT,
            Permission.STOCK_KEEP,
            Permission.ORDERS_VIEW,
            Permission.ORDERS_HAND_OVER,
            Permission.ORDERS_REFUND,
            Permission.TILL_USE,
            Permission.REVIEWS_MANAGE,
            Permission.APPLICATIONS_DECIDE,
            Permission.PAYOUTS_VIEW,
            Permission.PAYOUTS_PREPARE,
            Permission.EVENTS_VIEW,
            Permission.EVENTS_DECIDE,
            Permission.EVENTS_DOOR,
        }
    ),
    Role.CATALOGUE: frozenset({Permission.STAFF_DESK, Permission.CATALOGUE_EDIT, Permission.STOCK_KEEP}),
    Role.EVENTS: frozenset(
        {
            Permission.STAFF_DESK,
            Permission.EVENTS_VIEW,
            Permission.EVENTS_DECIDE,
            Permission.EVENTS_DOOR,
        }
    ),
    Role.COMMUNITY: frozenset(
        {
            Permission.STAFF_DESK,
            Permission.REVIEWS_MANAGE,
            Permission.APPLICATIONS_DECIDE,
            Permission.EDITORS_MANAGE,
            Permission.RECEIPTS_VIEW,
            Permission.CLAIMS_DECIDE,
            Permission.PROGRAMME_VIEW,
            Permission.SIGNALS_VIEW,
            Permission.EVENTS_VIEW,
        }
    ),
    Role.FINANCE: frozenset(
        {
            Permission.STAFF_DESK,
            Permission.VOUCHERS_MANAGE,
            Permission.DELIVERY_MANAGE,
            Permission.TAXES_MANAGE,
            Permission.ORDERS_VIEW,
            Permission.ORDERS_REFUND,
            Permission.RECEIPTS_VIEW,
            Permission.COMMISSIONS_HOLD,
            Permission.PROGRAMME_VIEW,
            Permission.SIGNALS_VIEW,
            Permission.SIGNALS_DECIDE,
            Permission.RATES_VIEW,
            Permission.PAYOUTS_VIEW,
            Permission.PAYOUTS_PREPARE,
            Permission.PAYOUTS_APPROVE,
            Permission.BOOKS_VIEW,
            Permission.DEBTS_WRITE_OFF,
            Permission.CAUSES_MANAGE,
            Permission.CAUSES_PAY,
            Permission.AUDIT_VIEW,
        }
    ),
    Role.OWNER: frozenset(Permission),
}

# Whoever may do one of these confirms with a second factor first.
MOVES_MONEY = frozenset({Permission.PAYOUTS_APPROVE, Permission.DEBTS_WRITE_OFF, Permission.CAUSES_PAY})


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything the roles allow together."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold a permission."""
    return [role for role, granted in GRANTS.items() if permission in granted]
