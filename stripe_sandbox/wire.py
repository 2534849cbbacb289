"""What travels on the wire: bracketed form bodies in, one canonical fingerprint of a request out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")


class Malformed(ValueError):
    """The body cannot be read: brackets that do not close, a name used both as value and as group, bad
    JSON."""


def parse_form(body: str) -> dict[str, Any]:
    """Turn `a[b]=1&c[0]=x&c[1]=y` into `{"a": {"b": "1"}, "c": ["x", "y"]}`; every leaf stays text.

    Raises `Malformed` for names that cannot be nested.
    """
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body)):
        _insert(tree, _path(name), value)
    return {name: _lists(value) for name, value in tree.items()}


def parse_json(body: str) -> dict[str, Any]:
    """A JSON object; raises `Malformed` for anything else."""
    try:
        value = json.loads(body) if body.strip() else {}
    except ValueError as error:
        raise Malformed(str(error)) from error
    if not isinstance(value, dict):
        raise Malformed("the body has to be an object")
    return value


def fingerprint(method: str, path: str, params: dict[str, Any]) -> str:
    """Equal for two requests that say the same, whatever the order of their fields."""
    text = json.dumps([method.upper(), path, params], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _path(name: str) -> list[str]:
    match = _NAME.match(name)
    if match is None:
        raise Malformed(f"unreadable name: {name}")
    return [match.group(1), *_PART.findall(match.group(2))]


def _insert(tree: dict[str, Any], path: list[str], value: str) -> None:
    here = tree
    for part in path[:-1]:
        key = part or str(len(here))
        below = here.setdefault(key, {})
        if not isinstance(below, dict):
            raise Malformed(f"{path[0]} is used both as a value and as a group")
        here = below
    last = path[-1] or str(len(here))
    if isinstance(here.get(last), dict):
        raise Malformed(f"{path[0]} is used both as a value and as a group")
    here[last] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and _counts(value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(below) for key, below in value.items()}


def _counts(keys: Iterable[str]) -> bool:
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit()]
    keys = list(keys)
    return len(numbers) == len(keys) and sorted(numbers) == list(range(len(keys)))
