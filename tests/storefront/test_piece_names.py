from __future__ import annotations

from dataclasses import dataclass

import pytest

from storefront.catalog.naming import options_label, piece_details, piece_name


@dataclass(frozen=True)
class Words:
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    options_label: str


JACKET = Words("Corso denim jacket", "Giacca di jeans Corso", "Indigo", "Indaco", "XL")


def test_every_reader_gets_title_and_colour_in_one_language() -> None:
    assert piece_name(JACKET, "en") == "Corso denim jacket, indigo, XL"
    assert piece_name(JACKET, "it") == "Giacca di jeans Corso, indaco, XL"
    assert piece_details(JACKET, "it") == "Indaco, XL"


@pytest.mark.parametrize(
    "words",
    [
        Words(
            "Porta shirt, blue stripe", "Camicia Porta a righe azzurre", "Blue stripe", "Riga azzurra", "M"
        ),
        Words("Linea straight jeans, raw", "Jeans dritti Linea grezzi", "Raw indigo", "Indaco grezzo", "M"),
        Words("Lina blouse, powder", "Blusa Lina cipria", "Powder", "Cipria", "M"),
    ],
)
def test_a_colour_the_title_says_is_not_said_again_in_either_language(words: Words) -> None:
    assert piece_name(words, "en") == f"{words.title}, M"
    assert piece_name(words, "it") == f"{words.title_it}, M"
    assert piece_details(words, "it") == "M"


def test_a_piece_without_italian_colour_or_size_still_has_a_name() -> None:
    bare = Words("Scarf", None, "Red", None, "")
    assert piece_name(bare, "it") == "Scarf, red"
    assert piece_name(Words("Scarf", None, "", None, ""), "it") == "Scarf"


def test_a_colour_chosen_as_an_option_is_said_once() -> None:
    label = options_label(["M", "Navy", ""])
    assert label == "M / Navy"
    assert piece_name(Words("Tee", "Maglietta", "Navy", "Blu navy", label), "it") == "Maglietta, M / Navy"
