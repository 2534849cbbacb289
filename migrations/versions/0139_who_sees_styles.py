"""To which host a guest said that they may see sizes and saved looks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0139"
down_revision = "0138"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("style_consents", sa.Column("editor_id", sa.BigInteger()))
    # Whoever said it before an evening was handed over said it to somebody else: that is no yes any more.
    op.execute(
        """
        DELETE FROM style_consents USING rsvps, event_turns
        WHERE rsvps.id = style_consents.rsvp_id AND event_turns.event_id = rsvps.event_id
            AND event_turns.step = 'handed' AND event_turns.at >= style_consents.at
        """
    )
    op.execute(
        """
        UPDATE style_consents SET editor_id = events.editor_id
        FROM rsvps JOIN events ON events.id = rsvps.event_id WHERE rsvps.id = style_consents.rsvp_id
        """
    )
    op.alter_column("style_consents", "editor_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_style_consents_editor_id_editors"), "style_consents", "editors", ["editor_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("style_consents", "editor_id")
