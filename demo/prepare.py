"""Make the demo's database fit: migrate, tell the stand-in where webhooks go, tell the story once."""

from __future__ import annotations

import logging
import os
import sys
from time import monotonic

from flask_migrate import upgrade
from sqlalchemy import text

from demo.story import telling
from foundation.db import db, unit_of_work
from foundation.payments.setup import ensure_destinations
from foundation.settings import current
from wsgi import create_app

SECONDS_BETWEEN_LINES = 10.0


def main() -> None:
    """Run as `python -m demo.prepare` by `make demo`, in the demo's own environment."""
    logging.disable(logging.WARNING)
    app = create_app(os.environ)
    logging.disable(logging.NOTSET)
    with app.app_context():
        upgrade()
        ensure_destinations(base_url=current().base_url)
        pictures = current().data_dir / "pictures"
    telling.tell_once(app, folder=pictures, say=Progress())
    with app.app_context(), unit_of_work():
        db.session.execute(text("CHECKPOINT"))  # nothing of it has waited for the disk until now


class Progress:
    """Tells how far the story is: on one line of a terminal; elsewhere a line for each chapter, and within a
    chapter one now and then, so that a log that is read while it grows does not stand still.
    """

    def __init__(self) -> None:
        self.chapter = ""
        self.told_at = 0.0

    def __call__(self, text: str) -> None:
        if sys.stdout.isatty():
            print(f"\r\033[K{text}", end="", flush=True)
            return
        chapter, now = text.partition(":")[0], monotonic()
        if chapter != self.chapter or now - self.told_at >= SECONDS_BETWEEN_LINES:
            print(text, flush=True)
            self.chapter, self.told_at = chapter, now


if __name__ == "__main__":
    main()
