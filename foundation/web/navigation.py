"""Who may go where: the entries of the navigations, put in by the packages that own the pages.

Places: `shop.nav`, `shop.tools` (bag), `shop.search` (where the search form goes),
`shop.suggestions` (what fits while one types), `account` (sign in and
out), `account.rooms` (the rooms of an account, on each of its pages), `rooms` (where a reader works: the
first one opens after signing in), `foot.shop`, `foot.help`,
`foot.community`, `foot.base`, `studio.nav`, `staff.nav`. An entry names its endpoint, so a template never
knows an address that a higher package owns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from foundation.web import slots


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a navigation, as its package describes it.

    `label` and `group` are lazy translations. `permission` hides the line from those who may not go there
    (the view still guards itself). `count` is asked only when the line is shown; zero shows nothing.
    `belongs` are prefixes of endpoints on which the line is the current one.
    `method="post"` makes it a small form. With an `icon` the line also stands in the bar at the foot of a
    phone (the studio's; four have room there), all others behind its last button.
    """

    label: Any
    endpoint: str
    group: Any = None
    permission: str | None = None
    count: Callable[[], int] | None = None
    count_words: Callable[[int], str] | None = None
    shown: Callable[[], bool] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    belongs: tuple[str, ...] = ()
    method: str = "get"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line as it is shown on this page to this reader."""

    label: str
    href: str
    current: bool
    count: int
    count_words: str
    group: str
    method: str
    icon: str


def add(app: Flask, place: str, entry: Entry, *, order: int = 50) -> None:
    """Put a line into a navigation; lower `order` comes first."""
    slots.fill(app, place, lambda: _show(entry), order=order)


def items(place: str) -> list[Item]:
    """The lines of a place for this reader, in order."""
    return slots.gather(place)


def grouped(lines: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """The lines under their group names, each group once, where its first line stands."""
    groups: dict[str, list[Item]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    yield from groups.items()


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(nav=items, grouped=grouped)


def _show(entry: Entry) -> Item | None:
    if entry.shown is not None and not entry.shown():
        return None
    if entry.permission is not None and not _may(entry.permission):
        return None
    count = entry.count() if entry.count is not None else 0
    return Item(
        label=str(entry.label),
        href=url_for(entry.endpoint, **entry.values),
        current=_is_current(entry),
        count=count,
        count_words=entry.count_words(count) if entry.count_words is not None else str(count),
        group=str(entry.group or ""),
        method=entry.method,
        icon=entry.icon,
    )


def _is_current(entry: Entry) -> bool:
    here = request.endpoint or ""
    if here == entry.endpoint:
        return all(
            str((request.view_args or {}).get(key)) == str(value) for key, value in entry.values.items()
        )
    return any(here.startswith(prefix) for prefix in entry.belongs)


def _may(permission: str) -> bool:
    return bool(current_user.is_authenticated and permission in current_user.permissions)
