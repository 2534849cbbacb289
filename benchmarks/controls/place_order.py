"""An order, bare: the same rows as the shop's by four statements, one COMMIT, one redirect.

"The same rows" is meant to the column: whatever our `POST /checkout` of three pieces leaves in the database
(an order with its delivery and what was asked of Stripe, its lines, its promises to its visit, its entry in
the audit) is left here too, and nothing else; `tests/benchmarks` compares them. What ours does beside that is
what the ratio is about: a bag that is read, a form that is checked, taxes and offers, the session, Stripe's
library.
"""

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
        shipping_off_minor, voucher_codes, captured_minor, tax_bps, email, name, phone, street, postcode,
        city, province, country, language, visit_id, checkout_began_at, placed_at, expires_at, paid_with,
        place_id, delivery_zone, delivery_method_id, delivery_name, delivery_name_it, delivery_back_minor,
        promised_from, promised_to, note, gift_message, checkout_key, checkout_session_id, checkout_request)
    SELECT drawn.number, %(token)s::text, %(form_key)s, 'awaiting_payment', 'door', 'none', 'EUR',
           bag.total_minor, way.price_minor, 0, '{}', 0, 2200, %(email)s, %(name)s, %(phone)s, %(street)s,
           %(postcode)s, %(city)s, %(province)s, %(country)s::text, 'en', %(visit)s::text, now(), now(),
           now() + interval '31 minutes', 'card', 1, zone.name, way.id, way.name, way.name_it,
           way.price_minor, current_date + way.days_from::int, current_date + way.days_to::int, '', '',
           'checkout:' || %(token)s::text, 'cs_control_' || %(token)s::text,
           %(asked)s::jsonb || jsonb_build_object(
               'order_ref', drawn.number, 'metadata', jsonb_build_object('order', drawn.number),
               'amount_minor', bag.total_minor, 'lines', bag.lines)
    FROM (SELECT 'V-' || nextval('order_numbers') AS number) drawn
    JOIN delivery_zone_countries here ON here.country = %(country)s::text
    JOIN delivery_zones zone ON zone.id = here.zone_id
    JOIN delivery_methods way ON way.zone_id = zone.id AND way.ended_at IS NULL
    CROSS JOIN (
        SELECT sum(variant.price_minor) AS total_minor, jsonb_agg(jsonb_build_object(
            'name', product.title, 'description', product.colour || ', ' || variant.option_values[1],
            'unit_minor', variant.price_minor, 'quantity', 1)) AS lines
        FROM variants variant JOIN products product ON product.id = variant.product_id
        WHERE variant.id = ANY(%(ids)s)) bag
    ORDER BY way.position LIMIT 1
    RETURNING id, total_minor
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
    INSERT INTO reservations (order_id, variant_id, place_id, quantity, expires_at, holder)
    SELECT %s, id, 1, 1, now() + interval '41 minutes', 'visit:' || %s::text FROM variants
    WHERE id = ANY(%s) AND on_hand > (
        SELECT coalesce(sum(quantity), 0) FROM reservations
        WHERE variant_id = variants.id AND expires_at > now())
"""
AUDIT = """
    INSERT INTO audit_rows (at, actor_kind, actor_label, action, subject_type, subject_id, after)
    VALUES (now(), 'guest', 'guest', 'orders.place', 'order', %s,
            jsonb_build_object('total_minor', %s::bigint, 'pieces', %s::bigint))
"""
BASE = "http://127.0.0.1:8000"


def create_app() -> WsgiApp:
    """`POST /checkout` with the pieces' ids and the visit's leads to a page to pay at."""
    app = Flask(__name__)
    pool = open_pool()

    @app.post("/checkout")
    def checkout() -> Response:
        form, token = request.form, secrets.token_urlsafe(16)
        ids = [int(part) for part in form["pieces"].split(",")]
        asked = {
            "email": form["email"],
            "currency": "EUR",
            "locale": "en",
            "expires_at": "2100-01-01T00:00:00+00:00",
            "success_url": f"{BASE}/checkout/return?session_id={{CHECKOUT_SESSION_ID}}",
            "cancel_url": f"{BASE}/checkout?back={token}",
        }
        values = form.to_dict() | {
            "token": token,
            "form_key": secrets.token_hex(32),
            "ids": ids,
            "name": f"{form['first']} {form['last']}",
            "asked": json.dumps(asked),
        }
        with pool.connection() as connection:
            row = connection.execute(ORDER, values).fetchone()
            if row is None:
                raise LookupError("no order was written")
            order_id, total_minor = row
            connection.execute(LINES, [order_id, ids])
            connection.execute(PROMISES, [order_id, form["visit"], ids])
            connection.execute(AUDIT, [order_id, total_minor, len(ids)])
        return redirect(f"https://checkout.stripe.com/c/pay/{token}", code=303)

    return metered(app)
