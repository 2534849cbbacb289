"""Reading the next part of a file while PostgreSQL takes in this one: otherwise each waits for the other."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from flask import Flask, current_app

Item = TypeVar("Item")


def one_ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same items: while the caller is busy with one, a thread makes the next, and no more than that.

    What making one raises is raised when its turn comes, not before. The thread has a context, and so a
    session, of its own for each item, and leaves no transaction open.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def following() -> Item | None:
        with app.app_context():
            return next(items, None)

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as thread:
        coming: Future[Item | None] = thread.submit(following)
        while (item := coming.result()) is not None:
            coming = thread.submit(following)
            yield item
