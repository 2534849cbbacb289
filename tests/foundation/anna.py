"""Anna, who has an account, and the letters she is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from foundation.actors import Actor
from foundation.db import db
from foundation.mail.models import Message

ANNA = {"name": "Anna Rossi", "email": "anna@example.test", "password": "una frase lunga"}
SYSTEM = Actor.system("tests")


def sign_in(client: FlaskClient, person: Mapping[str, str] = ANNA, **more: Any) -> Any:
    """Through the door, with her password."""
    return client.post(
        "/account/sign-in", data={"email": person["email"], "password": person["password"]} | more
    )


def letters(app: Flask) -> Sequence[Message]:
    """Every letter of the outbox, the oldest first."""
    with app.app_context():
        return db.session.scalars(select(Message).order_by(Message.id)).all()
