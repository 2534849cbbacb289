"""The forms of a page as a program reads them: where they go, what they would send, what is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class FoundForm:
    """`sent` is what the form sends untouched; `choices` the names of its selects and radio buttons."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    choices: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[FoundForm] = []
        self.by_id: dict[str, FoundForm] = {}
        self.open: FoundForm | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said: dict[str, Any] = {name: value or "" for name, value in attributes}
        name = said.get("name", "")
        form = self.by_id.get(said.get("form", ""), self.open)
        if tag == "form":
            self.open = FoundForm(said.get("action") or self.page, said.get("method", "get").lower())
            self.forms.append(self.open)
            self.by_id[said.get("id", "")] = self.open
        elif form is None:
            return
        elif tag == "select":
            self.select = name
            form.choices.add(name)
        elif tag == "option" and self.select and ("selected" in said or self.select not in form.sent):
            form.sent[self.select] = [said.get("value", "")]
        elif tag == "textarea":
            self.area = name
            form.sent[name] = [""]
        elif tag == "input" and name:
            self._input(form, name, said)

    def _input(self, form: FoundForm, name: str, said: dict[str, Any]) -> None:
        kind = said.get("type", "text")
        if kind == "radio":
            form.choices.add(name)
        if kind in ("submit", "image", "file") or (kind in ("radio", "checkbox") and "checked" not in said):
            return
        form.sent.setdefault(name, []).append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area and self.open is not None:
            self.open.sent[self.area] = [data]


def forms_of(html: str, page: str) -> list[FoundForm]:
    """The forms of a page that stands at an address."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms
