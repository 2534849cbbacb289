"""The catalogues: every sentence of a package has its Italian, and no Italian has lost its sentence.

`python -m tests.checks.translations` says what is wrong; with `update` it first writes the missing sentences,
empty, into each catalogue and takes the unused ones out, so that only the writing is left to do.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = "it"
# The head of every catalogue. Its day stands still, so that two people who update at once agree.
HEADER = "# Italian words of this package, written for Italian readers."
BEGAN = datetime(2026, 11, 22, tzinfo=UTC)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {
    name: {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false", "trimmed": "true"}
    for name in ("**/templates/**.html", "**/templates/**.txt")
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def packages() -> list[Path]:
    """The packages of the application, those that speak to people or not."""
    inner = {"tests", "migrations", "benchmarks"}
    return sorted(init.parent for init in ROOT.glob("*/__init__.py") if init.parent.name not in inner)


def extracted(package: Path) -> Catalog:
    """Every sentence in a package's Python and templates, as an empty catalogue."""
    catalog = Catalog(locale=LANGUAGE, project="Vetrina", charset="utf-8", fuzzy=False)
    found = extract_from_dir(package, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, line, ids, comments, context in found:
        place = (f"{package.name}/{name}", line)
        catalog.add(ids, None, [place], auto_comments=comments, context=context)
    return catalog


def catalogue_of(package: Path) -> Path:
    return package / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


def _key(message: Message) -> tuple[str | None, tuple[str, ...] | str]:
    ids = message.id
    return message.context, tuple(ids) if isinstance(ids, list | tuple) else ids


def _read(path: Path) -> Catalog:
    with path.open("rb") as handle:
        return read_po(handle, locale=LANGUAGE)


def _said(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [text or "" for text in strings]


def _faults_of(package: Path) -> Iterator[str]:
    wanted = {_key(message): message for message in extracted(package) if message.id}
    path = catalogue_of(package)
    where = path.relative_to(ROOT)
    if not path.exists():
        if wanted:
            yield f"{where} is missing ({len(wanted)} sentences)"
        return
    written = {_key(message): message for message in _read(path) if message.id}
    for key in wanted.keys() - written.keys():
        yield f"{where}: no Italian for {key[1]!r} ({wanted[key].locations[0][0]})"
    for key in written.keys() - wanted.keys():
        yield f"{where}: nobody says {key[1]!r} any more"
    for key in wanted.keys() & written.keys():
        message = written[key]
        if message.fuzzy or not all(_said(message)):
            yield f"{where}: {key[1]!r} is {'fuzzy' if message.fuzzy else 'empty'}"
        elif errors := list(message.check(extracted_for_check(where, message))):
            yield f"{where}: {key[1]!r}: {errors[0]}"


def extracted_for_check(where: Path, message: Message) -> Catalog:
    """A catalogue that knows how many plural forms Italian has, which is all that the checkers ask."""
    catalog = Catalog(locale=LANGUAGE)
    catalog[str(where)] = message
    return catalog


def faults() -> list[str]:
    """What is missing, stale, fuzzy, empty, said in two ways, or has other placeholders, in any package."""
    return sorted([*(fault for package in packages() for fault in _faults_of(package)), *_two_ways()])


def _two_ways() -> Iterator[str]:
    """The catalogues are one at run time: a sentence that two packages say must have one Italian."""
    ways: dict[tuple[str | None, tuple[str, ...] | str], set[tuple[str, ...]]] = {}
    for path in filter(Path.exists, map(catalogue_of, packages())):
        for message in _read(path):
            if message.id:
                ways.setdefault(_key(message), set()).add(tuple(_said(message)))
    for key, said in ways.items():
        if len(said) > 1:
            yield f"{key[1]!r} has {len(said)} Italian sentences: {sorted(said)}"


def update() -> None:
    """Write each package's catalogue again: what was translated stays, in the order of the alphabet."""
    for package in packages():
        wanted, path = extracted(package), catalogue_of(package)
        if not len(wanted):
            continue
        written = {_key(message): message for message in _read(path)} if path.exists() else {}
        for message in wanted:
            if message.id and (old := written.get(_key(message))) and not old.fuzzy:
                message.string = old.string
        wanted.header_comment = HEADER
        wanted.creation_date = BEGAN
        wanted.last_translator = wanted.language_team = wanted.project
        wanted.msgid_bugs_address = wanted.version = ""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as handle:
            write_po(handle, wanted, omit_header=False, sort_output=True, width=100, include_lineno=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    if problems := faults():
        sys.exit("\n".join(problems))
