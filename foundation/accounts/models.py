from __future__ import annotations

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.accounts.permissions import Permission, Role, permissions_of
from foundation.actors import Actor
from foundation.db import Base


class Account(UserMixin, Base):
    """A person who can sign in. `email` is kept as typed but lower-cased; `name` may be empty.

    `session_epoch` goes up when somebody signs out everywhere: cookies of an older epoch are void.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5))
    created_at: Mapped[datetime]
    email_verified_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    session_epoch: Mapped[int] = mapped_column(default=0)
    second_factor_secret: Mapped[str | None] = mapped_column(String(64))
    second_factor_confirmed_at: Mapped[datetime | None]
    second_factor_step: Mapped[int | None]

    grants: Mapped[list[RoleGrant]] = relationship(
        lazy="raise", foreign_keys="RoleGrant.account_id", order_by="RoleGrant.role"
    )

    def get_id(self) -> str:
        """What the signed session cookie carries: the account and its epoch."""
        return f"{self.id}.{self.session_epoch}"

    @property
    def roles(self) -> frozenset[Role]:
        # After a transaction was left, the first column that is asked for reads the account again as it was
        # read first, roles and all. Asked for before any column, the roles would have to come by themselves.
        return frozenset(Role(grant.role) for grant in self.grants) if self.id else frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    @property
    def label(self) -> str:
        return self.name or self.email

    def as_person(self) -> Actor:
        return Actor.person(self.id, self.label)

    def as_staff(self) -> Actor:
        return Actor.staff(self.id, self.label)


class RoleGrant(Base):
    """A staff role somebody holds, and who gave it to them when."""

    __tablename__ = "role_grants"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    granted_by: Mapped[str] = mapped_column(String(200))
    granted_at: Mapped[datetime]
