"""A click, bare: one INSERT, one COMMIT, one redirect."""

from __future__ import annotations

import hashlib
import uuid

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from benchmarks.controls.pool import open_pool
from benchmarks.serving import WsgiApp, metered

CLICK = """
    INSERT INTO clicks (link_id, editor_id, visit_id, visitor_hash, hour, first_at, last_at, own, counted)
    SELECT id, editor_id, %s, %s, date_trunc('hour', now()), now(), now(), false, true
    FROM links WHERE code = %s
"""


def create_app() -> WsgiApp:
    """`/go/<code>` writes the same row as the shop does."""
    app = Flask(__name__)
    pool = open_pool()

    @app.get("/go/<code>")
    def go(code: str) -> Response:
        visitor = hashlib.sha256(f"{request.remote_addr}\n{request.user_agent}".encode()).digest()[:16]
        with pool.connection() as connection:
            connection.execute(CLICK, [str(uuid.uuid4()), visitor, code])
        return redirect("/shop/corso-jacket-0")

    return metered(app)
