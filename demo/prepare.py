"""Make the demo's database fit: migrate, tell the stand-in where webhooks go, tell the story once."""

from __future__ import annotations

import logging
import os
import sys

from flask_migrate import upgrade

from demo.story import telling
from foundation.payments.setup import ensure_destinations
from foundation.settings import current
from wsgi import create_app


def main() -> None:
    """Run as `python -m demo.prepare` by `make demo`, in the demo's own environment."""
    logging.disable(logging.WARNING)
    app = create_app(os.environ)
    logging.disable(logging.NOTSET)
    with app.app_context():
        upgrade()
        ensure_destinations(base_url=current().base_url)
        pictures = current().data_dir / "pictures"
    telling.tell_once(app, folder=pictures, say=_Progress())


class _Progress:
    """Tells how far the story is: on one line of a terminal, elsewhere a line for each chapter."""

    def __init__(self) -> None:
        self.chapter = ""

    def __call__(self, text: str) -> None:
        if sys.stdout.isatty():
            print(f"\r\033[K{text}", end="", flush=True)
        elif text.partition(":")[0] != self.chapter:
            print(text, flush=True)
        self.chapter = text.partition(":")[0]


if __name__ == "__main__":
    main()
