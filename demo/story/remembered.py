"""Somebody who let their browser remember a link, and came back to buy twelve days later."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from flask import Flask

from demo.story.looks import LOOKS
from demo.story.rail import Rail
from demo.story.visitor import Visitor
from foundation import clock
from foundation.jobs.draining import drain

AGO = timedelta(days=12)
NUMBER = 9_101


def come_back(app: Flask, *, today: datetime, codes: dict[str, str], products: dict[str, int]) -> str | None:
    """The token of what they ordered; None when no piece of the look was left."""
    script = next(look for look in LOOKS if look.editor == "chiara" and look.days_ago > AGO.days)
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        visitor = Visitor(app, NUMBER, "it")
        clock.hold(today - AGO)
        visitor.follow(codes[script.title])
        visitor.agree_to_remember()
        visitor.close_browser()
        clock.hold(today - timedelta(hours=20))
        visitor.look_in()
        with app.app_context():
            rail = Rail.of(products)
        chosen = [choice for handle, many in script.pieces if (choice := rail.pick(Random(1), handle, many))]
        if not chosen:
            return None
        visitor.take(chosen[:1], None)
        token = visitor.check_out("Elisa Greco", "elisa.greco@shopper.test")
        drain(app)
        return token
    finally:
        clock.hold(None)
        app.config["WTF_CSRF_ENABLED"] = before
