"""Every act that is written down has a sentence for people, and every sentence an act."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from commissions.payouts.models import PayoutStatus
from editors.tiers.policy import Move
from foundation.audit import acts
from storefront.orders.models import OrderStatus, RefundStatus

ROOT = Path(__file__).parents[2]
PACKAGES = ("foundation", "storefront", "editors", "commissions", "events", "demo", "stripe_sandbox")
ACT = re.compile(r"[a-z]+\.[a-z_]+")
# Acts whose name is put together where they are written down: every end they can have.
PUT_TOGETHER = {
    "orders.": {OrderStatus.EXPIRED, OrderStatus.CANCELLED},
    "returns.": set(RefundStatus) - {RefundStatus.REQUESTED},
    "payouts.": {PayoutStatus.BLOCKED, PayoutStatus.PAUSED, PayoutStatus.FAILED},
    "editors.": {"approve", "decline", "grant_appeal", "refuse_appeal"},
    "tiers.": set(Move),
    "events.": {
        *("proposed", "withdrawn", "suggested", "taken", "refused"),
        *(
            "approved",
            "declined",
            "moved",
            "cancelled",
            "begun",
            "closed",
            "reworded",
            "terms",
            "handed",
            "hours",
        ),
        "held",
    },
    "guests.": {
        *("ask", "change", "give_back", "take", "confirm", "admit", "decline", "invite", "chase"),
        *("release", "address"),
    },
    "imports.": {"read", "done", "dropped"},
    "rates.": {"set", "cut", "campaign"},
    "missing.": {"grant", "refuse"},
    "signals.": {"release", "reverse"},
    "exchanges.": {"ask", "approve", "call_off", "send", "arrive"},
    "fulfilment.": {"waiting", "picking", "packed", "sent", "ready"},
}
# Written by the one statement that places an order, not by a call.
IN_SQL = {"orders.place"}


def test_every_act_has_a_sentence(app: Flask) -> None:
    with app.app_context():
        named = acts.words_here().acts
        assert set(_written()) == set(named), "name it in the acts.py of its feature"


def test_every_kind_of_thing_an_act_is_about_has_a_word(app: Flask) -> None:
    kinds = {kind for source in _sources("subject", "SUBJECT", "Act(") for kind in _subjects(source)}
    with app.app_context():
        assert kinds == set(acts.words_here().subjects)


def test_every_part_of_the_shop_that_acts_has_a_word(app: Flask) -> None:
    with app.app_context():
        missing = set(_parts()) - set(acts.words_here().parts)
    assert missing <= {"Stripe", "stripe"}


def test_acts_are_said_in_the_language_of_whoever_reads(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "it"}):
        assert acts.sentence_of("orders.place") == "Ordinato"
        assert acts.subject_of("order", 12) == "ordine 12"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert acts.sentence_of("orders.place") == "Ordered"
        untold = [act for act, words in acts.named_acts() if words == act]
        assert untold == []


def test_an_act_cannot_be_named_twice(app: Flask) -> None:
    with app.app_context(), pytest.raises(ValueError, match=r"orders\.place"):
        acts.name(app, {"orders.place": "Something else"})


def _sources(*words: str) -> Iterator[ast.Module]:
    """The modules in which one of these words stands; to read them all takes seconds."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if any(word in source for word in words):
                yield ast.parse(source)


def _written() -> Iterator[str]:
    yield from IN_SQL
    for source in _sources("record"):
        calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
        for call in calls:
            if _called(call) in ("record", "record_many"):
                yield from _acts_of(call, source, calls)


def _acts_of(call: ast.Call, source: ast.Module, calls: list[ast.Call]) -> Iterator[str]:
    for word in call.keywords:
        if word.arg != "action":
            continue
        value = word.value
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.JoinedStr):
            assert isinstance(value.values[0], ast.Constant)
            start = str(value.values[0].value)
            yield from (f"{start}{end}" for end in PUT_TOGETHER[start])
        elif isinstance(value, ast.Name):
            # A constant of the module, or handed to the function around it: by a call of the same module.
            yield from _constants(source, value.id)
            yield from (
                str(one.value)
                for other in calls
                if _called(other) == "_move"
                for one in other.args
                if isinstance(one, ast.Constant) and ACT.fullmatch(str(one.value))
            )


def _constants(source: ast.Module, name: str) -> Iterator[str]:
    for node in source.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            assert isinstance(node.value, ast.Tuple)
            for target, value in zip(node.targets[0].elts, node.value.elts, strict=True):
                if isinstance(target, ast.Name) and target.id == name and isinstance(value, ast.Constant):
                    yield str(value.value)


def _subjects(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if not isinstance(node, ast.Call):
            continue
        pairs = [word.value for word in node.keywords if word.arg == "subject"]
        if _called(node) == "Act":
            pairs += node.args[:1]
        for pair in pairs:
            if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant):
                yield str(pair.elts[0].value)
    for node in source.body:
        if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["SUBJECT"]:
            assert isinstance(node.value, ast.Tuple)
            assert isinstance(node.value.elts[0], ast.Constant)
            yield str(node.value.elts[0].value)


def _parts() -> Iterator[str]:
    for source in _sources("system("):
        for node in ast.walk(source):
            if isinstance(node, ast.Call) and _called(node) == "system":
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
