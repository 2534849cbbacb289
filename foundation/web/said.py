"""What people typed, without the signs that turn words around: unseen, they make a page say something else.

The direction of letters comes from the letters, so Arabic and Hebrew lose nothing. What joins or parts
letters unseen (U+200C, U+200D) stays: families of emoji, Persian and the scripts of India need it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items
from wtforms.i18n import messages_path

from foundation.i18n import reader_language

# Marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX 9).
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_turning(text: str) -> str:
    """The text without signs that say in which direction letters run."""
    return text if text.isascii() else _TURNING.sub("", text)


class Said(ImmutableMultiDict[str, Any]):
    """The fields of an address or of a form, each as it was typed but for those signs; files as they came."""

    def __init__(self, sent: Any = None) -> None:
        super().__init__(
            [
                (name, without_turning(value) if isinstance(value, str) else value)
                for name, value in iter_multi_items(sent or ())
            ]
        )


class Asked(Request):
    """A request in which nobody turns words around."""

    parameter_storage_class = Said

    @property
    def wtforms_translations(self) -> NullTranslations:
        """Where Flask-WTF looks for its library's sentences first: it would read them from disk for every
        request whose form has a field without a label."""
        return _sentences(reader_language())


@lru_cache
def _sentences(language: str) -> NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")
