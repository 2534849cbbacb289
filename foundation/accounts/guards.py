"""Every route says who may come in. A route that says nothing fails the architecture test."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request, session
from flask_login import current_user

from foundation.accounts.confirmation import (
    ask,
    ask_password,
    password_typed_lately,
    recently_confirmed,
)
from foundation.accounts.models import Account
from foundation.accounts.permissions import MOVES_MONEY, Permission
from foundation.actors import Actor
from foundation.errors import Forbidden

SIGNED_IN, REMEMBERED = "_user_id", "remember_token"  # what Flask-Login keeps a person under

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anybody may come in."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Only people with an account; others are sent to sign in and brought back."""

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        if current_account() is None:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **values)

    guarded.guard = "signed_in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def freshly(view: View) -> View:
    """Under a guard that lets people in: only with the password typed in the last quarter of an hour, in this
    session. Others type it and come back to the page they were on.
    """

    @functools.wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        account = current_account()
        if account is None:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **values) if password_typed_lately(account) else ask_password()

    return guarded  # type: ignore[return-value]


def permitted(permission: Permission) -> Callable[[View], View]:
    """Only staff whose roles hold `permission`; raises `Forbidden` for everybody else."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **values: Any) -> Any:
            account = current_account()
            if account is None:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if permission not in account.permissions:
                raise Forbidden()
            if permission in MOVES_MONEY and not recently_confirmed(account):
                return ask()
            return view(*args, **values)

        guarded.guard = f"permission:{permission}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def current_account() -> Account | None:
    """Whoever is signed in, or None."""
    if SIGNED_IN not in session and REMEMBERED not in request.cookies:
        return None  # Flask-Login would find out the same, at some length
    account: Account = current_user._get_current_object()
    return account if account.is_authenticated else None


def current_person() -> Actor:
    """The reader as an actor: a person when signed in, otherwise a guest."""
    account = current_account()
    return account.as_person() if account else Actor.guest()


def current_staff() -> Actor:
    """The reader acting for the shop; only behind `permitted`."""
    account = current_account()
    if account is None:
        raise Forbidden()
    return account.as_staff()
