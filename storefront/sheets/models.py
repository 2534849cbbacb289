from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.actors import Actor, ActorKind
from foundation.db import Base
from foundation.states import Transitions
from storefront.sheets.faults import Fault, Said


class ImportStatus(StrEnum):
    """waiting: for a worker. running: batch after batch. stopped: by somebody, or its command went away.
    done: read to its end. failed: the file cannot be read on; `failure` says why.
    """

    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


IMPORT_MOVES = Transitions(
    {
        ImportStatus.WAITING: [ImportStatus.RUNNING, ImportStatus.STOPPED],
        ImportStatus.RUNNING: [ImportStatus.STOPPED, ImportStatus.DONE, ImportStatus.FAILED],
        ImportStatus.STOPPED: [ImportStatus.WAITING],
        ImportStatus.FAILED: [],
        ImportStatus.DONE: [],
    }
)
UNDER_WAY = (ImportStatus.WAITING, ImportStatus.RUNNING)


class ImportRun(Base):
    """A product file that is brought in, and how far it has come: one at a time is under way.

    `products_read` is the place: the products of the file come in a fixed order, and those before it are in
    the shop, committed with this very number. `digest` knows the file again; `kept` says whether its bytes
    lie in `import_pieces` (a command reads its file where it is). `leaves_stock`: what the file counts is not
    taken. `seen_at` is its last sign of life.
    """

    __tablename__ = "import_runs"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'running', 'stopped', 'done', 'failed')", name="status"),
        Index(
            "uq_import_runs_under_way",
            text("(true)"),
            unique=True,
            postgresql_where="status IN ('waiting', 'running')",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[ImportStatus] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    kept: Mapped[bool]
    leaves_stock: Mapped[bool]
    bytes: Mapped[int]
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_label: Mapped[str] = mapped_column(String(320))
    actor_account_id: Mapped[int | None]
    rows_total: Mapped[int | None]
    rows_read: Mapped[int] = mapped_column(default=0)
    products_read: Mapped[int] = mapped_column(default=0)
    products_new: Mapped[int] = mapped_column(default=0)
    products_changed: Mapped[int] = mapped_column(default=0)
    products_unchanged: Mapped[int] = mapped_column(default=0)
    products_refused: Mapped[int] = mapped_column(default=0)
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]

    @property
    def actor(self) -> Actor:
        """Who brought it in, and answers for every product of it."""
        return Actor(ActorKind(self.actor_kind), self.actor_label, self.actor_account_id)

    @property
    def reason(self) -> Said | None:
        """Why it failed, if it did."""
        return Said(Fault(self.failure["fault"]), self.failure["said"]) if self.failure else None

    @property
    def under_way(self) -> bool:
        return self.status in UNDER_WAY


class ImportPiece(Base):
    """A piece of a file that somebody sent, until it is done with: every worker can reach it here."""

    __tablename__ = "import_pieces"

    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportProblem(Base):
    """Why a product of the file was left out; `fault` and `said` become a sentence for whoever reads."""

    __tablename__ = "import_problems"
    __table_args__ = (Index("ix_import_problems_run_id", "run_id", "row", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"))
    row: Mapped[int]
    column: Mapped[str] = mapped_column("column_name", String(200))
    handle: Mapped[str] = mapped_column(String(200))
    fault: Mapped[str] = mapped_column(String(40))
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
