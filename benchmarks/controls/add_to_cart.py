"""A piece put into the bag, bare: what can be had of it, one INSERT, one COMMIT, one redirect."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from benchmarks.controls.pool import open_pool
from benchmarks.serving import WsgiApp, metered

LEFT = """
    SELECT on_hand - (SELECT coalesce(sum(quantity), 0) FROM reservations
                      WHERE variant_id = variants.id AND expires_at > now())
    FROM variants WHERE id = %s
"""
PUT_IN = """
    INSERT INTO cart_lines AS line (visit_id, variant_id, quantity, noted_minor, added_at)
    SELECT %s, id, %s, price_minor, now() FROM variants WHERE id = %s
    ON CONFLICT (account_id, visit_id, variant_id, origin_kind, origin_ref)
    DO UPDATE SET quantity = line.quantity + excluded.quantity
"""


def create_app() -> WsgiApp:
    """`POST /cart/add` leads to the bag."""
    app = Flask(__name__)
    pool = open_pool()

    @app.post("/cart/add")
    def add() -> Response:
        variant_id, quantity = int(request.form["variant_id"]), int(request.form["quantity"])
        with pool.connection() as connection:
            row = connection.execute(LEFT, [variant_id]).fetchone()
            if row is not None and row[0] >= quantity:
                connection.execute(PUT_IN, [request.form["visit"], quantity, variant_id])
        return redirect("/cart", code=303)

    return metered(app)
