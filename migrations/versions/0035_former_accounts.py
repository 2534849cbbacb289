"""The books of acts take one change: the name of somebody who was forgotten."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

# Nothing but the name may differ, and it may become nothing but nobody's.
ONLY_FORGETTING = """
CREATE FUNCTION refuse_change_but_forgetting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.actor_label = 'former account'
       AND to_jsonb(NEW) - 'actor_label' = to_jsonb(OLD) - 'actor_label' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: write a new row instead', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = ("audit_rows", "stock_movements")


def upgrade() -> None:
    op.execute(ONLY_FORGETTING)
    _guard("refuse_change_but_forgetting")


def downgrade() -> None:
    _guard("refuse_change")
    op.execute("DROP FUNCTION refuse_change_but_forgetting()")


def _guard(function: str) -> None:
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
