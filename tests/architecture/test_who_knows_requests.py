"""Only the files of a feature that face the web know of requests: a new one does not, unless named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("storefront", "editors", "commissions", "events")
OF_THE_WEB = {"flask", "flask_login", "flask_wtf", "stripe", "wtforms"}
# Names of files that take requests or write answers, and what each is for.
FACING = {
    "asking": "what a request of the share kit asks for, read for two files of views",
    "download_views": "views of files",
    "answering": "what is typed",
    "band": "whom one shops with, kept in the session",
    "began": "a moment kept in the session",
    "ahead": "a thread that carries the application with it",
    "board_views": "views",
    "canvas_page": "what the page of a canvas is given",
    "canvas_views": "views",
    "cli": "commands",
    "counter": "a number kept in the session",
    "desk": "what waits, on the first page of staff",
    "feeds": "answers for machines",
    "filtering": "choices read from an address",
    "forms": "what is typed",
    "gathering_views": "views",
    "guards": "who may",
    "guessed": "where guessed addresses lead",
    "home": "what the first page of the studio shows",
    "here": "a store kept in the session",
    "hearts": "a number kept in the session",
    "link_views": "views",
    "look_views": "views",
    "listing": "where lines of a list lead",
    "member_views": "views",
    "moving": "addresses that moved",
    "next_steps": "a panel",
    "page": "a page that several views show",
    "panels": "what other pages show",
    "pictures": "the addresses of pictures",
    "photo_views": "views",
    "together_views": "views",
    "product_form": "what is typed",
    "product_pages": "a page kept ready",
    "remembering": "what is kept in the session",
    "replacements": "what leaves in exchange, for staff and for the order",
    "setup": "what a feature gives the application",
    "showing": "what pages say",
    "shared_views": "views",
    "staff": "views of staff",
    "studio": "views of the studio",
    "staff_commissions": "views of staff",
    "staff_correct": "views of staff",
    "staff_debts": "views of staff",
    "staff_holds": "views of staff",
    "staff_preview": "views",
    "standing_form": "what is typed",
    "variant_row": "what is typed",
    "staff_agreement": "views of staff",
    "staff_basket": "views of staff",
    "staff_bulk": "views of staff",
    "staff_captions": "views of staff",
    "staff_codes": "views of staff",
    "staff_cuts": "views of staff",
    "staff_day": "views of staff",
    "staff_export": "views of staff",
    "staff_feed": "views of staff",
    "staff_paying": "views of staff",
    "staff_rooms": "views of staff",
    "staff_editor": "views of staff",
    "staff_pictures": "views of staff",
    "staff_pickups": "views of staff",
    "staff_pieces": "views of staff",
    "staff_taxes": "views of staff",
    "staff_hours": "views of staff",
    "staff_terms": "views of staff",
    "views": "views",
    "watching": "what is counted of a page after it was answered",
}


def features() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).glob("*/*.py"))


def brought_in(source: str) -> set[str]:
    """The outermost names of the web that are imported, wherever in the module."""
    names: set[str] = set()
    if not any(name in source for name in OF_THE_WEB):
        return names
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names & OF_THE_WEB


@pytest.mark.parametrize("package", PACKAGES)
def test_what_decides_and_writes_knows_neither_request_nor_answer(package: str) -> None:
    knowing = {
        str(path.relative_to(ROOT)): found
        for path in features()
        if path.is_relative_to(ROOT / package) and path.stem not in FACING
        if (found := brought_in(path.read_text(encoding="utf-8")))
    }
    assert knowing == {}


def test_every_name_on_the_list_is_needed() -> None:
    needed = {path.stem for path in features() if brought_in(path.read_text(encoding="utf-8"))}
    assert set(FACING) - needed == set()


def test_a_hidden_import_is_seen() -> None:
    assert brought_in("def later():\n    from flask.globals import request\n") == {"flask"}
