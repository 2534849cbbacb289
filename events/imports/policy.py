"""What a line of guests says, and what is wrong with it: no database, no web."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from events.guests.coming import Coming
from foundation.spreadsheets import as_written, cell_of, column_of
from foundation.web.addresses import is_address

MOST_LINES = 500
NEEDS, NAME, EMAIL = 500, 80, 254
LANGUAGES = ("en", "it")
# What the columns may be called, in small letters; the first name is that of the file we give.
COLUMNS = {
    "name": ("name", "nome", "guest", "ospite", "full name", "nome e cognome"),
    "email": ("email", "e-mail", "mail", "posta", "indirizzo e-mail"),
    "party": ("party", "people", "persone", "seats", "posti"),
    "plus_one": ("plus_one", "plus one", "guest of", "accompagna", "accompagnatore", "con chi"),
    "needs": ("needs", "esigenze", "note", "notes", "allergie"),
    "language": ("language", "lingua"),
}
_NUMBER = re.compile(r"[0-9]{1,3}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


class Fault(StrEnum):
    """What is wrong with a line, as it is kept."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_EMAIL = "no_email"
    NOT_EMAIL = "not_email"
    NOT_PARTY = "not_party"
    ALONE = "alone"
    LONG_NEEDS = "long_needs"
    LANGUAGE = "language"
    CONTROLS = "controls"
    TWICE = "twice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """A line as it stands in the file, without what surrounds each cell; its number as people count."""

    number: int
    name: str
    email: str
    party: str
    plus_one: str
    needs: str
    language: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, and the word of the line that belongs into the sentence."""

    fault: Fault
    about: str = ""


def lines_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Cells] | None:
    """The lines of a sheet, those that are blank left out; None where it has no column of names or none of
    e-mail addresses."""
    places = {field: column_of(head, names) for field, names in COLUMNS.items()}
    if places["name"] is None or places["email"] is None:
        return None
    lines = []
    for number, row in enumerate(rows, start=2):
        cells = {
            field: as_written(cell_of(row, place, 1000 if field == "needs" else 255))
            for field, place in places.items()
        }
        if any(cells.values()):
            lines.append(Cells(number=number, **cells | {"email": cells["email"].lower()}))
    return lines


def wrong_with(line: Cells, most_party: int) -> Wrong | None:
    """The first thing that is wrong with a line."""
    if not line.name:
        return Wrong(Fault.NO_NAME)
    if _CONTROLS.search(line.name + line.plus_one):
        return Wrong(Fault.CONTROLS)
    if len(line.name) > NAME or len(line.plus_one) > NAME:
        return Wrong(Fault.LONG_NAME)
    if not line.email:
        return Wrong(Fault.NO_EMAIL)
    if len(line.email) > EMAIL or not is_address(line.email):
        return Wrong(Fault.NOT_EMAIL, line.email[:40])
    if line.party and not (_NUMBER.fullmatch(line.party) and 1 <= int(line.party) <= most_party):
        return Wrong(Fault.NOT_PARTY, line.party[:40])
    if line.plus_one and _people(line) < 2:
        return Wrong(Fault.ALONE, line.plus_one[:40])
    if _people(line) > most_party:
        return Wrong(Fault.NOT_PARTY, str(_people(line)))
    if len(line.needs) > NEEDS:
        return Wrong(Fault.LONG_NEEDS)
    if line.language and line.language.lower() not in LANGUAGES:
        return Wrong(Fault.LANGUAGE, line.language[:40])
    return None


def judged(lines: Sequence[Cells], most_party: int) -> list[tuple[Cells, Wrong | None]]:
    """Each line with what is wrong; of two with one address the second is."""
    first: dict[str, int] = {}
    found: list[tuple[Cells, Wrong | None]] = []
    for line in lines:
        wrong = wrong_with(line, most_party)
        if wrong is None and line.email in first:
            wrong = Wrong(Fault.TWICE, str(first[line.email]))
        if wrong is None:
            first[line.email] = line.number
        found.append((line, wrong))
    return found


def coming_of(line: Cells) -> Coming:
    """Who comes, from a line that is right."""
    return Coming(name=line.name, party=_people(line), plus_one=line.plus_one, needs=line.needs)


def _people(line: Cells) -> int:
    if line.party:
        return int(line.party)
    return 2 if line.plus_one else 1
