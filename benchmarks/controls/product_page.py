"""A product page, bare: one row, one template, as many bytes as the shop's page."""

from __future__ import annotations

import os

from flask import Flask, abort, render_template
from psycopg.rows import dict_row

from benchmarks.controls.pool import open_pool
from benchmarks.serving import WsgiApp, metered

PRODUCT = "SELECT id, handle, title, description, colour, price_from_minor FROM products WHERE handle = %s"
PARAGRAPH = "Cut from a dense twill that was washed once before it was sewn, so that it keeps its shape. "
NAVIGATION = ("New in", "Clothes", "Shoes", "Bags", "Looks", "Editors", "Help", "Returns", "Account", "Bag")
SIZES = ("XS", "S", "M", "L", "XL")


def create_app() -> WsgiApp:
    """`/shop/<handle>` reads the row and renders `PAGE_BYTES` of page, to within one paragraph."""
    app = Flask(__name__)
    pool = open_pool()
    story: list[str] = []

    @app.get("/shop/<handle>")
    def product(handle: str) -> str:
        with pool.connection() as connection:
            row = connection.cursor(row_factory=dict_row).execute(PRODUCT, [handle]).fetchone()
        if row is None:
            abort(404)
        return render_template(
            "product.html", product=row, navigation=NAVIGATION, sizes=SIZES, related=range(4), story=story
        )

    with app.test_request_context():
        wanted = int(os.environ["PAGE_BYTES"])
        while len(product("corso-jacket-0").encode()) + len(PARAGRAPH) + len("<p></p>") <= wanted:
            story.append(PARAGRAPH)
    return metered(app)
