"""What coaching plans know of a person: what they earned as a coach, and what their sales gave one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT 'coach' AS role, m.month, m.amount_minor AS minor, m.currency
    FROM coaching_months m JOIN coaching_plans p ON p.id = m.plan_id
    JOIN editors e ON e.id = p.coach_id WHERE e.account_id = :account_id
    UNION ALL
    SELECT 'learner', m.month, l.share_minor, m.currency
    FROM coaching_lines l JOIN coaching_months m ON m.id = l.month_id
    JOIN editors e ON e.id = l.learner_id WHERE e.account_id = :account_id
    ORDER BY 2, 1
    """
)

CHAPTER = Chapter(
    name="coaching",
    title=_l("Coaching that was paid"),
    promise=_l("Books of money are kept ten years, by law. They name your number, and you no more."),
    tables=("coaching_plans", "coaching_lines"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: None,
)
