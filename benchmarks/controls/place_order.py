"""An order, bare: the same rows as the shop's by four statements, one COMMIT, one redirect."""

from __future__ import annotations

import json
import secrets

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from benchmarks.controls.pool import open_pool
from benchmarks.serving import WsgiApp, metered

ORDER = """
    INSERT INTO orders (
        number, token, form_key, status, delivery, dispute, currency, total_minor, shipping_minor,
        captured_minor, tax_bps, email, name, phone, street, postcode, city, province, country, language,
        visit_id, checkout_began_at, placed_at, expires_at, checkout_key, checkout_request,
        checkout_session_id)
    SELECT 'V-' || nextval('order_numbers'), %(token)s::text, %(token)s::text, 'awaiting_payment', 'door',
           'none', 'EUR', sum(price_minor), 0,
           0, 2200, %(email)s, %(name)s, %(phone)s, %(street)s, %(postcode)s, %(city)s, %(province)s,
           %(country)s, 'en', %(token)s::text, now(), now(), now() + interval '31 minutes',
           %(token)s::text, %(asked)s, 'cs_control_' || %(token)s::text
    FROM variants WHERE id = ANY(%(ids)s)
    RETURNING id
"""
LINES = """
    INSERT INTO order_lines (
        order_id, position, product_id, variant_id, title, title_it, colour, colour_it, options_label,
        sku, category, unit_price_minor, quantity, gross_minor, discount_minor, net_minor, tax_bps)
    SELECT %s, wanted.place, product.id, variant.id, product.title, product.title_it,
           product.colour, product.colour_it, variant.option_values[1], variant.sku,
           product.category, variant.price_minor, 1,
           variant.price_minor, 0, round(variant.price_minor / 1.22), 2200
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted (id, place)
    JOIN variants variant ON variant.id = wanted.id JOIN products product ON product.id = variant.product_id
"""
PROMISES = """
    INSERT INTO reservations (order_id, variant_id, quantity, expires_at)
    SELECT %s, id, 1, now() + interval '41 minutes' FROM variants
    WHERE id = ANY(%s) AND on_hand > (
        SELECT coalesce(sum(quantity), 0) FROM reservations
        WHERE variant_id = variants.id AND expires_at > now())
"""
AUDIT = """
    INSERT INTO audit_rows (at, actor_kind, actor_label, action, subject_type, subject_id)
    VALUES (now(), 'guest', 'guest', 'orders.place', 'order', %s)
"""


def create_app() -> WsgiApp:
    """`POST /checkout` with the pieces' ids leads to a page to pay at."""
    app = Flask(__name__)
    pool = open_pool()

    @app.post("/checkout")
    def checkout() -> Response:
        form, token = request.form, secrets.token_urlsafe(16)
        ids = [int(part) for part in form["pieces"].split(",")]
        asked = {"email": form["email"], "cancel_url": f"/checkout?back={token}", "pieces": ids}
        values = form.to_dict() | {
            "token": token,
            "ids": ids,
            "name": f"{form['first']} {form['last']}",
            "asked": json.dumps(asked),
        }
        with pool.connection() as connection:
            row = connection.execute(ORDER, values).fetchone()
            if row is None:
                raise LookupError("no order was written")
            connection.execute(LINES, [row[0], ids])
            connection.execute(PROMISES, [row[0], ids])
            connection.execute(AUDIT, [row[0]])
        return redirect(f"https://checkout.stripe.com/c/pay/{token}", code=303)

    return metered(app)
