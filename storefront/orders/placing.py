"""The statements that write a new order: constant text, whatever the number of pieces."""

from __future__ import annotations

from sqlalchemy import text

from storefront.stock.actions import LOCK

# The number is drawn here and goes into the stored request too, so the row and what Stripe hears agree.
# Nothing is written while another order of the same bag waits for its payment; a sale at a till has nothing
# to do with what its customer left open on the web. The variants are locked once
# the order is written and never before, and their count is read by the statement that follows: only that one
# sees what another buyer has committed while this one waited for the lock.
INSERT_ORDER = text(
    f"""
    WITH drawn AS (
        SELECT 'V-' || nextval('order_numbers') AS number WHERE NOT EXISTS (
            SELECT FROM orders WHERE status = 'awaiting_payment'
            AND till_place_id IS NULL AND CAST(:till_place_id AS bigint) IS NULL AND (
                account_id = CAST(:account_id AS bigint)
                OR (CAST(:account_id AS bigint) IS NULL AND account_id IS NULL AND visit_id = :visit_id)))),
    placed AS (
    INSERT INTO orders (
        number, token, form_key, status, delivery, dispute, currency, total_minor, shipping_minor,
        shipping_off_minor, voucher_codes, captured_minor, tax_bps, email, name, phone, street, postcode,
        city, province, country, language, account_id, visit_id, checkout_began_at, placed_at, expires_at,
        paid_with, till_place_id, credit_code, checkout_key, place_id, delivery_zone, delivery_method_id,
        delivery_name, delivery_name_it, delivery_back_minor, promised_from, promised_to, ready_at, note,
        gift_message, checkout_request)
    SELECT
        drawn.number, :token, :form_key, 'awaiting_payment', :delivery, 'none', :currency, :total_minor,
        :shipping_minor, :shipping_off_minor, CAST(:voucher_codes AS text[]), 0, :tax_bps, :email, :name,
        :phone, :street, :postcode, :city, :province, :country,
        :language, :account_id, :visit_id, :checkout_began_at, :placed_at, :expires_at,
        :paid_with, CAST(:till_place_id AS bigint), CAST(:credit_code AS text), :checkout_key,
        :place_id, :delivery_zone, :delivery_method_id, :delivery_name, :delivery_name_it,
        :delivery_back_minor, :promised_from, :promised_to, :ready_at, :note, :gift_message,
        CAST(:checkout_request AS jsonb) || jsonb_build_object(
            'order_ref', drawn.number, 'metadata', jsonb_build_object('order', drawn.number))
    FROM drawn
    ON CONFLICT (form_key) DO NOTHING
    RETURNING id, number, checkout_request),
    written_down AS (
    INSERT INTO audit_rows (
        at, actor_kind, actor_label, actor_account_id, action, subject_type, subject_id, after)
    SELECT :placed_at, :actor_kind, :actor_label, CAST(:actor_account_id AS bigint), 'orders.place', 'order',
           placed.id, jsonb_build_object(
               'total_minor', CAST(:total_minor AS bigint), 'pieces', CAST(:pieces AS bigint))
    FROM placed),
    locked AS ({LOCK.format(ids="variant_ids", when="AND EXISTS (SELECT FROM placed)")}),
    lines AS (
    INSERT INTO order_lines (
        order_id, position, product_id, variant_id, title, title_it, colour, colour_it, options_label,
        sku, category, unit_price_minor, quantity, gross_minor, discount_minor, net_minor, tax_bps,
        origin_kind, origin_ref, origin_label, origin_label_it)
    SELECT placed.id, line.position, line.product_id, line.variant_id, line.title, line.title_it,
           line.colour, line.colour_it, line.options_label, line.sku, line.category,
           line.unit_price_minor, line.quantity,
           line.unit_price_minor * line.quantity, line.discount_minor, line.net_minor, line.tax_bps,
           line.origin_kind, line.origin_ref, line.origin_label, line.origin_label_it
    FROM placed, jsonb_to_recordset(CAST(:lines AS jsonb)) AS line (
        position bigint, product_id bigint, variant_id bigint, title text, title_it text, colour text,
        colour_it text, options_label text, sku text, category text, unit_price_minor bigint,
        quantity bigint, discount_minor bigint, net_minor bigint, tax_bps bigint, origin_kind text,
        origin_ref text, origin_label text, origin_label_it text))
    SELECT id, number, checkout_request FROM placed, (SELECT count(*) FROM locked) AS under_lock
    """
)

# In the driver's words: kept on a connection of its own, where it is a transaction in one statement.
STORE_SESSION = """
    UPDATE orders SET checkout_session_id = %(session_id)s
    WHERE id = %(order_id)s AND checkout_session_id IS NULL AND status = 'awaiting_payment'
    RETURNING id
"""
