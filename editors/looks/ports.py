"""What looks have to ask of somebody above them, as SQL, so that one statement answers for a whole page."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlalchemy import ColumnElement, func, literal

Shown = Callable[[], ColumnElement[str]]


def _nothing() -> ColumnElement[str]:
    return literal("")


class _Port:
    shown: ClassVar[list[Shown]] = []
    cards: Shown = staticmethod(_nothing)


def also_shown(expression: Shown) -> None:
    """Register what a slot of the page of a look depends on: text, correlated with `Look`.

    The whole page is kept for strangers (`page_state`), so whatever fills one of its slots from rows says
    here when it would fill it otherwise. An expression is built once: a value of the moment belongs into a
    bound parameter with a callable.
    """
    if expression not in _Port.shown:
        _Port.shown.append(expression)


def shown_besides() -> ColumnElement[str]:
    """One text that changes whenever a slot of the look's page would."""
    return func.concat_ws("|", literal(""), *(expression() for expression in _Port.shown))


def shared_as(files: Shown) -> None:
    """Register the pictures of 1200 x 630 that networks show for the address of a look: the stored file by
    language, as `en:ab/cd….jpg,it:…`, correlated with `Look`; nothing while none is drawn."""
    _Port.cards = staticmethod(files)


def card_files() -> ColumnElement[str]:
    """What was registered there, as SQL."""
    return _Port.cards()
