"""What the shop decides by the rules that staff set, and by nothing else."""

from __future__ import annotations

from editors.membership import errors, queries
from editors.membership.actions import decide
from editors.membership.models import Application, Editor
from editors.questions.models import Kind
from editors.questions.queries import questions_asked
from editors.review.policy import approving_rule
from editors.review.queries import rules
from foundation.actors import Actor
from foundation.db import all_or_nothing

RULES = Actor.system("application rules")


def approve_by_rules(application: Application) -> Editor | None:
    """Say yes at once when a rule says so; the audit names it. A handle that is taken waits for a person."""
    set_now = rules()
    if set_now.approve_orders is None and not set_now.approve_consents:
        return None
    consents = {one.id for one in questions_asked() if one.kind == Kind.CONSENT}
    given = {one.question_id for one in queries.answers_to(application.id) if one.kind == Kind.CONSENT}
    rule = approving_rule(
        orders_needed=set_now.approve_orders,
        consents_needed=set_now.approve_consents,
        orders=queries.paid_orders(application.account_id),
        all_consents=consents <= given,
    )
    if rule is None:
        return None
    try:
        with all_or_nothing():
            return decide(actor=RULES, application_id=application.id, approve=True, reply="", reason=rule)
    except (errors.HandleTaken, errors.HandleUnfit, errors.HandleReserved):
        return None
