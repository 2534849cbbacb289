"""The way to all evenings together, from the list of staff."""

from __future__ import annotations

from flask import render_template


def links() -> str:
    return render_template("events/overview/links.html")
