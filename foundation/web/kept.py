"""Whole pages kept for strangers: rendered once per key, then answered from memory.

A stranger has nothing of their own on a page: no account, no bag, no credit, no message waiting, no question
in the address. For everybody else the page is rendered as always. The key has to name every version the page
shows (rows, stock, what other packages put into its slots); language and theme are added here. Only the token
against forged requests differs between two strangers, so it is cut out and each one's own is put in.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf

from foundation.i18n import LANGUAGES, PARAMETER, reader_language
from foundation.web.choices import reader_theme

Value = TypeVar("Value")

# Never in a page otherwise, and new in every process, so that nobody can write it into one.
_MARK = f"token-{secrets.token_hex(16)}"
# Flask-Login notes `_fresh` for whoever was never signed in, too.
_OF_STRANGERS = frozenset({"csrf_token", "_fresh"})
# The only questions that never make a page somebody's own: the language is part of every key.
_LANGUAGES = frozenset({b"", *(f"{PARAMETER}={code}".encode() for code in LANGUAGES)})


def is_stranger(*, may_ask: bool = False) -> bool:
    """Whether nothing on the page can be this reader's own.

    `may_ask`: a question in the address is no obstacle, because the page's key names it.
    """
    asks = not may_ask and request.query_string not in _LANGUAGES
    return not (asks or session.keys() - _OF_STRANGERS or "remember_token" in request.cookies)


class Recent(Generic[Value]):
    """What was asked for last, by key; at most `size`, and what falls out is simply made again.

    One per process and never the truth: the key names every version of what is kept.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        _ALL.add(self)

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


_ALL: WeakSet[Recent[Any]] = WeakSet()


def forget_all() -> None:
    """Keep nothing: another database begins its ids and versions again, and a key of it may be an old one."""
    for recent in list(_ALL):
        recent.forget()


class KeptPages:
    """The pages of one view asked for last, by key. What falls out is simply rendered again."""

    def __init__(self, size: int) -> None:
        self._pages: Recent[tuple[bytes, ...]] = Recent(size)

    def answer(self, key: Hashable, render: Callable[[], str]) -> Response:
        """The page of a stranger: kept, or rendered now and kept."""
        key = (key, reader_language(), reader_theme())
        pieces = self._pages.get(key)
        if pieces is None:
            pieces = self._render(render)
            self._pages.put(key, pieces)
        return Response(generate_csrf().encode().join(pieces), mimetype="text/html")

    def _render(self, render: Callable[[], str]) -> tuple[bytes, ...]:
        """Render with the mark where the token goes: `generate_csrf` gives back what `g` holds."""
        name = current_app.config["WTF_CSRF_FIELD_NAME"]
        setattr(g, name, _MARK)
        try:
            return tuple(render().encode().split(_MARK.encode()))
        finally:
            delattr(g, name)
