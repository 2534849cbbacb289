"""A list, bare: three SELECTs for 24 products, one template, as many bytes as the shop's list.

With words the first is the search itself: what fits, ranked. With `stock` the figures beside the list are
counted, by one GROUP BY each.
"""

from __future__ import annotations

import os

from flask import Flask, render_template, request
from psycopg.rows import dict_row

from benchmarks.controls.pool import open_pool
from benchmarks.controls.product_page import NAVIGATION, PARAGRAPH
from benchmarks.serving import WsgiApp, metered

NEWEST = """
    SELECT id FROM products WHERE status = 'active' ORDER BY published_at DESC, id DESC LIMIT 24
"""
FITTING = """
    SELECT product_id AS id FROM search_documents, to_tsquery('public.shop_english', %(words)s) AS query
    WHERE listed AND words_en @@ query
    ORDER BY ts_rank(words_en, query) DESC, published_at DESC LIMIT 24
"""
PRODUCTS = "SELECT id, handle, title, colour, price_from_minor FROM products WHERE id = ANY(%s)"
VARIANTS = (
    "SELECT product_id, bool_or(on_hand > 0) AS there FROM variants WHERE product_id = ANY(%s) GROUP BY 1"
)
PICTURES = "SELECT product_id, medium_key, alt FROM pictures WHERE product_id = ANY(%s) AND position = 1"
FIGURES = (
    "SELECT category, count(*) FROM search_documents WHERE listed GROUP BY 1",
    "SELECT brand, count(*) FROM search_documents WHERE listed GROUP BY 1",
    "SELECT colour, count(*) FROM search_documents, unnest(colours) AS colour WHERE listed GROUP BY 1",
    "SELECT size, count(*) FROM search_documents, unnest(sizes) AS size WHERE listed GROUP BY 1",
    "SELECT on_sale, in_stock, count(*) FROM search_documents WHERE listed GROUP BY 1, 2",
)


def create_app() -> WsgiApp:
    """`/shop` renders `PAGE_BYTES` of page, to within one paragraph; with `figures=yes` it counts as well."""
    app = Flask(__name__)
    pool = open_pool()
    story: list[str] = []

    @app.get("/shop")
    def shop() -> str:
        words, figures = request.args.get("q", ""), []
        with pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            if request.args.get("stock"):
                figures = [connection.execute(one).fetchall() for one in FIGURES]
            sql, values = (FITTING, {"words": " & ".join(words.split())}) if words else (NEWEST, {})
            ids = [row["id"] for row in cursor.execute(sql, values)]
            there = {row["product_id"]: row["there"] for row in cursor.execute(VARIANTS, [ids])}
            pictures = {row["product_id"]: row for row in cursor.execute(PICTURES, [ids])}
            rows = {row["id"]: row for row in cursor.execute(PRODUCTS, [ids])}
        return render_template(
            "listing.html",
            products=[rows[id_] for id_ in ids],
            there=there,
            pictures=pictures,
            figures=figures,
            navigation=NAVIGATION,
            story=story,
        )

    with app.test_request_context("/shop"):
        wanted = int(os.environ["PAGE_BYTES"])
        while len(shop().encode()) + len(PARAGRAPH) + len("<p></p>") <= wanted:
            story.append(PARAGRAPH)
    return metered(app)
