"""Every fact is frozen, explained, plain and named for good; every subscriber is a job of the queue."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

from flask import Flask

from foundation.facts import Fact, subscribers
from foundation.jobs.queue import queue

DOCUMENTED = Path(__file__).parents[2] / "docs" / "facts.md"
PLAIN = {"int", "str", "bool", "datetime", "UUID", "date"}


def every_fact() -> list[type[Fact]]:
    ours = [kind for kind in Fact.__subclasses__() if not kind.__module__.startswith("tests")]
    return sorted(ours, key=lambda kind: kind.__qualname__)


def test_every_fact_is_a_frozen_dataclass_that_says_what_happened(worker_app: Flask) -> None:
    for kind in every_fact():
        assert is_dataclass(kind), kind
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
        assert kind.__doc__, kind
        assert not kind.__doc__.startswith(f"{kind.__name__}("), f"{kind} has no docstring of its own"


def test_every_fact_has_a_name_of_its_own(worker_app: Flask) -> None:
    names = [kind.NAME for kind in every_fact()]
    assert len(names) == len(set(names))


def test_every_fact_and_each_of_its_listeners_packages_stand_in_the_documentation(worker_app: Flask) -> None:
    rows = {
        line.split("`")[1]: line.rsplit("|", 2)[1]
        for line in DOCUMENTED.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    }
    assert set(rows) == {kind.NAME for kind in every_fact()}
    for kind in every_fact():
        listeners = {name.split(" -> ")[1] for name in subscribers().get(kind, ())}
        said = rows[kind.NAME].strip()
        assert bool(listeners) != said.startswith("nobody"), kind.NAME
        for listener in listeners:
            package, feature = listener.split(".")[:2]
            assert package in said or feature in said, f"{kind.NAME}: {listener}"


def test_every_fact_carries_plain_values(worker_app: Flask) -> None:
    for kind in every_fact():
        hints = get_type_hints(kind)
        for spec in fields(kind):
            text = getattr(hints[spec.name], "__name__", str(hints[spec.name]))
            words = text.replace("|", " ").replace("None", " ").replace("datetime.", "").split()
            assert set(words) <= PLAIN | {"Optional"}, f"{kind.__name__}.{spec.name} is {text}"


def test_every_subscriber_is_a_job(worker_app: Flask) -> None:
    for handlers in subscribers().values():
        for name in handlers:
            assert name in queue.tasks
