"""The name of one piece of an order or a bag, for whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from foundation.i18n import reader_language

_WORDS = re.compile(r"\w+")


class Coloured(Protocol):
    """A piece in words, in both languages."""

    @property
    def title(self) -> str: ...
    @property
    def title_it(self) -> str | None: ...
    @property
    def colour(self) -> str: ...
    @property
    def colour_it(self) -> str | None: ...


class Named(Coloured, Protocol):
    """The same with the options that were chosen."""

    @property
    def options_label(self) -> str: ...


def options_label(values: Iterable[str]) -> str:
    """The options of a variant as they are frozen: a size says the same in every language."""
    return " / ".join(value for value in values if value)


def piece_name(piece: Named, language: str | None = None) -> str:
    """The whole name in one line: "Corso denim jacket, indigo, XL"; "Porta shirt, blue stripe, M".

    `language` is the reader's when it is not said; a letter says its own.
    """
    title = piece.title_it if _italian(language) and piece.title_it else piece.title
    parts = (title, _unchosen_colour(piece, language).lower(), piece.options_label)
    return ", ".join(part for part in parts if part)


def piece_details(piece: Named, language: str | None = None) -> str:
    """What stands under the title: "Indigo, XL", or the size alone where the title says the colour."""
    parts = (_unchosen_colour(piece, language), piece.options_label)
    return ", ".join(part for part in parts if part)


def title_and_colour(piece: Coloured, language: str | None = None) -> str:
    """What a product is called where its picture alone does not tell: "Lina blouse, ivory"."""
    title = piece.title_it if _italian(language) and piece.title_it else piece.title
    return ", ".join(part for part in (title, colour_to_say(piece, language).lower()) if part)


def colour_to_say(piece: Coloured, language: str | None = None) -> str:
    """The colour, or nothing where one of the titles says it already."""
    if _says(piece.title, piece.colour) or _says(piece.title_it or "", piece.colour_it or ""):
        return ""
    return piece.colour_it if _italian(language) and piece.colour_it else piece.colour


def _unchosen_colour(piece: Named, language: str | None) -> str:
    """The colour, unless the shopper chose it as an option: it stands in the label then."""
    chosen = {value.casefold() for value in piece.options_label.split(" / ")}
    if chosen & {piece.colour.casefold(), (piece.colour_it or "").casefold()} - {""}:
        return ""
    return colour_to_say(piece, language)


def _italian(language: str | None) -> bool:
    return (language or reader_language()) == "it"


def _says(title: str, colour: str) -> bool:
    """Whether a title names a colour: all of it, or a part of it after the comma ("raw" of "Raw indigo")."""
    said, shade = _words(title), _words(colour)
    after_comma = _words(title.rpartition(",")[2]) if "," in title else set()
    return bool(shade) and (shade <= said or (bool(after_comma) and after_comma <= shade))


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold()))
