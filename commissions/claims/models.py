from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commissions.claims.policy import ClaimKind, Reason, Rule, Verdict
from commissions.clicks.policy import Device
from editors.links.models import Link
from editors.looks.models import Look
from editors.membership.models import Editor
from foundation.db import Base


class Receipt(Base):
    """A decision on one order. `editor_id` is who gets the credit, None for nobody.

    Made once when the order is paid. What staff correct is a new decision beside it (`replaces_id`), by
    `decided_by`; the one before stays as it was but for the moment it was replaced. `cookie_days` is None on
    those from before links could be remembered.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("(editor_id IS NULL) = (rule = 'nobody')", name="rule_names_winner"),
        CheckConstraint("(replaces_id IS NULL) = (decided_by IS NULL)", name="corrected_by"),
        Index("ix_receipts_decided_at", "decided_at"),
        Index("uq_receipts_first", "order_id", unique=True, postgresql_where=text("replaces_id IS NULL")),
        Index("uq_receipts_current", "order_id", unique=True, postgresql_where=text("replaced_at IS NULL")),
        Index(
            "uq_receipts_number", "order_number", unique=True, postgresql_where=text("replaced_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    order_number: Mapped[str] = mapped_column(String(20))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("receipts.id"), unique=True)
    replaced_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"), index=True)
    rule: Mapped[Rule] = mapped_column(String(16))
    window_days: Mapped[int]
    cookie_days: Mapped[int | None]
    checkout_began_at: Mapped[datetime]
    decided_at: Mapped[datetime]

    claims: Mapped[list[Claim]] = relationship(lazy="raise", order_by="Claim.position")
    shares: Mapped[list[Share]] = relationship(lazy="raise", order_by="Share.part")
    editor: Mapped[Editor | None] = relationship(lazy="raise")


class Claim(Base):
    """One candidate, or one kind of candidate that does not exist ("none typed"), and what became of it.

    Where its click came from is written down here, too: clicks are thrown away after a year, receipts never.
    """

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("receipt_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"))
    position: Mapped[int]
    kind: Mapped[ClaimKind] = mapped_column(String(16))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("links.id"))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    click_id: Mapped[int | None]
    referrer: Mapped[str | None] = mapped_column(String(100))
    device: Mapped[Device | None] = mapped_column(String(8))
    country: Mapped[str | None] = mapped_column(String(2))
    event: Mapped[str | None] = mapped_column(String(200))
    event_it: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime | None]
    verdict: Mapped[Verdict] = mapped_column(String(16))
    reason: Mapped[Reason] = mapped_column(String(24))
    days_before: Mapped[int | None]

    editor: Mapped[Editor | None] = relationship(lazy="raise")
    look: Mapped[Look | None] = relationship(lazy="raise")
    link: Mapped[Link | None] = relationship(lazy="raise")


class Share(Base):
    """What one author of the look that led to an order has of it: `part` is their place, from 0.

    An order that is credited to one alone has none. The shares of a receipt come to 10,000. `withheld` says
    why a share is paid to nobody; the others' never grow by it.
    """

    __tablename__ = "receipt_shares"
    __table_args__ = (
        UniqueConstraint("receipt_id", "editor_id"),
        CheckConstraint("share_bps BETWEEN 1 AND 9999", name="share"),
        Index("ix_receipt_shares_editor_id", "editor_id"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    share_bps: Mapped[int]
    withheld: Mapped[Reason | None] = mapped_column(String(24))

    editor: Mapped[Editor] = relationship(lazy="raise")
