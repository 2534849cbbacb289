"""Processes that stay keep the application out of every collection: gunicorn's, and the worker."""

import gc
from collections.abc import Iterator

import pytest

from foundation.jobs import cli
from foundation.web import server


@pytest.fixture
def thawed() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed")
@pytest.mark.parametrize("hook", ["when_ready", "post_worker_init"])
def test_gunicorn_freezes_the_application_wherever_it_is_loaded(hook):
    assert gc.get_freeze_count() == 0
    getattr(server, hook)(None)
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("thawed")
def test_the_worker_freezes_the_application_before_it_works(app, monkeypatch):
    counted: list[int] = []
    monkeypatch.setattr(cli, "run_worker", lambda *_, **__: counted.append(gc.get_freeze_count()))
    assert app.test_cli_runner().invoke(args=["worker"]).exit_code == 0
    assert counted[0] > 0
