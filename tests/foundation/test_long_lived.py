"""Processes that stay keep the application out of every collection: gunicorn's, and the worker."""

import gc
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.jobs import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
@pytest.mark.parametrize("hook", ["when_ready", "post_worker_init"])
def test_gunicorn_freezes_the_application_wherever_it_is_loaded(hook):
    assert gc.get_freeze_count() == 0
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))[hook](None)
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("thawed")
def test_the_worker_freezes_the_application_before_it_works(app, monkeypatch):
    counted: list[int] = []
    monkeypatch.setattr(cli, "run_worker", lambda *_, **__: counted.append(gc.get_freeze_count()))
    assert app.test_cli_runner().invoke(args=["worker"]).exit_code == 0
    assert counted[0] > 0
