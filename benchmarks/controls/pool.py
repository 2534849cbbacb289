"""The controls' connections."""

from __future__ import annotations

import os

from psycopg_pool import ConnectionPool


def open_pool() -> ConnectionPool:
    """A pool like the product's, on the database of the environment."""
    pool = ConnectionPool(os.environ["DATABASE_URL"], min_size=1, max_size=8, open=True)
    pool.wait()
    return pool
