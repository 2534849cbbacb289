"""How one package tells the others what happened, without knowing them.

`record(fact)` inside an action defers one job per subscriber on the session's own connection, so the
fact and the change it tells of commit or roll back together. Each subscriber runs in a transaction of
its own, at least once, and is idempotent by a unique constraint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from foundation import ids
from foundation.jobs import queue


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense. Ids and plain values only; fields are only ever added."""

    NAME: ClassVar[str]
    fact_id: str = field(default_factory=lambda: str(ids.unique()))


SomeFact = TypeVar("SomeFact", bound=Fact)
Handler = Callable[[SomeFact], None]

_subscribers: dict[type[Fact], dict[str, Callable[[Any], None]]] = {}
_wanted: dict[str, Callable[[Any], bool]] = {}


def subscribe(
    kind: type[SomeFact],
    handler: Callable[[SomeFact], None],
    *,
    when: Callable[[SomeFact], bool] | None = None,
) -> None:
    """Let `handler` hear of every fact of that kind; saying it twice is saying it once.

    `when` looks at the fact's own values as it is recorded: where it says no, no job is made. For listeners
    that care for few of many.
    """
    name = f"{kind.NAME} -> {handler.__module__}.{handler.__qualname__}"
    handlers = _subscribers.setdefault(kind, {})
    if name in handlers:
        return
    handlers[name] = handler
    if when is not None:
        _wanted[name] = when

    @queue.job(name=name, queue_name="facts")
    def deliver(*, fact: dict[str, Any]) -> None:
        handler(_rebuild(kind, fact))


def record(fact: Fact) -> None:
    """Announce a fact in the transaction of the change it tells of."""
    for name in _subscribers.get(type(fact), ()):
        if name not in _wanted or _wanted[name](fact):
            queue.defer(name, fact=_plain(fact))


def record_many(facts: Sequence[Fact]) -> None:
    """Announce many facts, in one statement for each listener."""
    for kind in dict.fromkeys(type(fact) for fact in facts):
        same = [fact for fact in facts if type(fact) is kind]
        for name in _subscribers.get(kind, ()):
            wanted = [fact for fact in same if name not in _wanted or _wanted[name](fact)]
            queue.defer_many(name, [{"fact": _plain(fact)} for fact in wanted])


def subscribers() -> dict[type[Fact], dict[str, Callable[[Any], None]]]:
    """Who listens to what, for the tests that deliver everything twice and for the documentation."""
    return {kind: dict(handlers) for kind, handlers in _subscribers.items()}


def _plain(fact: Fact) -> dict[str, Any]:
    return {key: _json(value) for key, value in asdict(fact).items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def _rebuild(kind: type[SomeFact], values: dict[str, Any]) -> SomeFact:
    """Unknown fields are dropped: a job deferred by a newer release may be run by an older worker."""
    known: dict[str, Any] = {}
    for spec in fields(kind):
        if spec.name in values:
            value = values[spec.name]
            moment = spec.type in ("datetime", "datetime | None") and value
            known[spec.name] = datetime.fromisoformat(value) if moment else value
    return kind(**known)
