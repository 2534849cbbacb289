"""Who may do what, read off the routes themselves: one table that cannot differ from what the guards do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getdoc, getmodule, unwrap

from flask import Flask

from foundation.accounts.permissions import Permission, Role, roles_with
from foundation.db import SAFE_METHODS

GUARD = "permission:"


@dataclass(frozen=True, slots=True)
class Duty:
    """One route for staff. `package`: the folder its view lies in, such as `commissions.books`."""

    address: str
    methods: tuple[str, ...]
    package: str
    meaning: str
    permission: Permission

    @property
    def writes(self) -> bool:
        return not SAFE_METHODS.issuperset(self.methods)


def duties(app: Flask, package: str = "") -> list[Duty]:
    """Every route that asks for a permission, of a package and what lies in it, by address."""
    return sorted(_read(app, package), key=lambda one: (one.package, one.address, one.methods))


def _read(app: Flask, package: str) -> Iterator[Duty]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        guard = getattr(view, "guard", "")
        module = getmodule(unwrap(view))
        name = module.__name__ if module is not None else ""
        if guard.startswith(GUARD) and (not package or name.startswith(f"{package}.")):
            yield Duty(
                rule.rule,
                tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
                name.rpartition(".")[0],
                (getdoc(view) or "").partition("\n")[0].rstrip("."),
                Permission(guard.removeprefix(GUARD)),
            )


def as_table(found: list[Duty]) -> str:
    """In Markdown: first who holds each permission, then each route with its own."""
    asked = {one.permission for one in found}
    lines = ["| Permission | " + " | ".join(role.value for role in Role) + " |"]
    lines.append("| --- |" + " :-: |" * len(Role))
    for permission in Permission:
        if permission in asked:
            holds = roles_with(permission)
            marks = " | ".join("yes" if role in holds else "–" for role in Role)
            lines.append(f"| `{permission}` | {marks} |")
    lines += ["", "| Address | Method | What it does | Permission |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{one.address}` | {', '.join(one.methods)} | {one.meaning} | `{one.permission}` |"
        for one in found
    ]
    return "\n".join(lines)
