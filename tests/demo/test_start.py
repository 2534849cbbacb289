"""What `make demo` says when it cannot start."""

import socket

import pytest

from demo.__main__ import main


def test_a_taken_port_is_told_and_nothing_is_started(monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        assert main() == 1
    told = capsys.readouterr()
    assert f"Port {port} is taken" in told.out + told.err
    assert "PORT=" in told.out + told.err


@pytest.mark.parametrize("port", ["eight", "", "-1", "70000", "²"])
def test_a_port_that_is_none_is_told(monkeypatch, capsys, port):
    monkeypatch.setenv("PORT", port)
    assert main() == 1
    told = capsys.readouterr()
    assert "PORT" in told.out + told.err
