"""What `make demo` says when it cannot start."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo import __main__ as demo
from demo import prepare
from demo.__main__ import main


def test_a_taken_port_is_told_and_nothing_is_started(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main() == 1
    told = capsys.readouterr()
    assert f"Port {port} is taken" in told.out + told.err
    assert "PORT=" in told.out + told.err


def test_a_log_that_is_read_while_it_grows_does_not_stand_still(monkeypatch, capsys):
    moments = iter([0.0, 4.0, 9.0, 11.0, 12.0, 13.0])
    monkeypatch.setattr(prepare, "monotonic", lambda: next(moments))
    say = prepare.Progress()
    for done in range(5):
        say(f"Drawing the pieces: {done} of 5")
    say("Filling the shelves")
    assert capsys.readouterr().out.splitlines() == [
        "Drawing the pieces: 0 of 5",
        "Drawing the pieces: 3 of 5",
        "Filling the shelves",
    ]


@pytest.mark.parametrize("port", ["eight", "", "-1", "70000", "²"])
def test_a_port_that_is_none_is_told(monkeypatch, capsys, port):
    monkeypatch.setenv("PORT", port)
    assert main() == 1
    told = capsys.readouterr()
    assert "PORT" in told.out + told.err


@pytest.fixture
def free_port(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A port to start on and a folder for it, with a database that is only noted: running, stopped."""
    noted: list[str] = []

    @contextmanager
    def running(data_dir: Path) -> Iterator[str]:
        noted.append("running")
        try:
            yield "postgresql://"
        finally:
            noted.append("stopped")

    with socket.create_server(("127.0.0.1", 0)) as once:
        monkeypatch.setenv("PORT", str(once.getsockname()[1]))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "VETRINA_ENV"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(demo.postgres, "running", running)
    return noted


def test_ctrl_c_while_the_story_is_told_stops_the_database_and_says_so(
    free_port, monkeypatch, capsys, tmp_path
):
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "run_to_end", interrupted)
    assert main() == 130
    assert free_port == ["running", "stopped"]
    assert "Stopped before the shop was open" in capsys.readouterr().out
    assert not (tmp_path / "demo.prepared").exists()


def test_a_start_that_was_told_to_stop_says_when_it_is_done(free_port, monkeypatch, capsys):
    monkeypatch.setattr(demo, "run_to_end", lambda *_: 0)

    def run(programs: object, *, stopping: object, **_: object) -> int:
        assert callable(stopping)
        stopping()
        return 0

    monkeypatch.setattr(demo, "run_until_stopped", run)
    assert main() == 0
    assert free_port == ["running", "stopped"]
    said = capsys.readouterr().out
    assert said.index("Stopping everything") < said.index("Stopped. What happened in the shop is kept")


def test_a_second_start_prepares_nothing(free_port, monkeypatch):
    prepared: list[object] = []
    monkeypatch.setattr(demo, "run_to_end", lambda command, _: prepared.append(command) or 0)
    monkeypatch.setattr(demo, "run_until_stopped", lambda *_, **__: 0)
    assert main() == main() == 0
    assert len(prepared) == 1
