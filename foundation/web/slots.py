"""Named places in a page that a package above may fill. Slots only read.

A template says `{{ slot("product.panels", product_id=product.id) }}`; a higher package says
`slots.fill("product.panels", styled_in)` in its `init_app`. A filler returns safe markup, or an empty
string for nothing; `gather` is for places made of values (navigation, queues) instead of markup.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

Filler = Callable[..., Any]
_KEY = "vetrina.slots"


def fill(app: Flask, name: str, filler: Filler, *, order: int = 50) -> None:
    """Put `filler` into the slot; lower `order` comes first."""
    places: dict[str, list[tuple[int, Filler]]] = app.extensions.setdefault(_KEY, {})
    places.setdefault(name, []).append((order, filler))
    places[name].sort(key=lambda entry: entry[0])


def render(name: str, **values: Any) -> Markup:
    """The markup of everybody in that slot, in order."""
    return Markup("").join(Markup(filler(**values) or "") for filler in _fillers(name))


def gather(name: str, **values: Any) -> list[Any]:
    """The values of everybody in that slot, in order; None is left out."""
    answers = (filler(**values) for filler in _fillers(name))
    return [answer for answer in answers if answer is not None]


def init_app(app: Flask) -> None:
    app.extensions.setdefault(_KEY, {})
    app.jinja_env.globals.update(slot=render, gather=gather)


def _fillers(name: str) -> list[Filler]:
    return [filler for _, filler in current_app.extensions[_KEY].get(name, ())]
