"""The private server: one however many ask at once, reachable by any path, stopped by whoever began it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from foundation import postgres, postgres_programs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server's own user may enter (pytest's are closed)."""
    made = Path(tempfile.mkdtemp(prefix="vetrina-own-"))
    made.chmod(0o711)
    yield made
    for data in list(made.rglob("PG_VERSION")):
        if data.parent.name == "data":
            postgres.remove(data.parent)
    shutil.rmtree(made, ignore_errors=True)


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def test_several_processes_that_ask_at_once_share_one_server(folder):
    ask = "import sys, pathlib; from foundation.postgres import ensure_running as run; "
    ask += "print(run(pathlib.Path(sys.argv[1]), durable=False))"
    command = [sys.executable, "-c", ask, str(folder / "data")]
    asking = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    urls = {process.communicate(timeout=100)[0].strip() for process in asking}
    assert [process.returncode for process in asking] == [0] * 4
    assert len(urls) == 1
    assert one(urls.pop(), "SELECT count(*) FROM pg_database WHERE datname = 'vetrina'") == 1


def test_data_survive_a_stop_and_a_killed_server(folder):
    data = folder / "data"
    with psycopg.connect(postgres.ensure_running(data)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    postgres.stop(data)
    assert not postgres.is_running(data)
    assert one(postgres.ensure_running(data), "SELECT seven FROM kept") == 7
    os.kill(int((data / "postmaster.pid").read_text().split()[0]), 9)
    for _ in range(100):
        if not postgres.is_running(data):
            break
    assert one(postgres.ensure_running(data), "SELECT seven FROM kept") == 7


def test_the_demo_is_safe_in_a_power_cut_and_the_tests_are_fast(folder):
    assert one(postgres.ensure_running(folder / "safe/data"), "SHOW fsync") == "on"
    assert one(postgres.ensure_running(folder / "fast/data", durable=False), "SHOW fsync") == "off"


def test_a_long_path_gets_its_socket_elsewhere(folder):
    deep = folder / "-".join(["a-folder-with-a-long-name"] * 5) / "data"
    place = postgres.Place.of(deep)
    assert len(os.fsencode(f"{place.sockets}{postgres.SOCKET}")) <= postgres.LONGEST_SOCKET
    assert one(postgres.ensure_running(deep, durable=False), "SELECT 1") == 1


def test_whoever_started_the_server_stops_it_and_nobody_else(folder):
    data = folder / "data"
    with postgres.running(data):
        with postgres.running(data):
            pass
        assert postgres.is_running(data)
    assert not postgres.is_running(data)


def test_it_listens_on_no_network_and_lets_nobody_else_in(folder):
    url = postgres.ensure_running(folder / "data", durable=False)
    assert one(url, "SHOW listen_addresses") == ""
    assert postgres.Place.of(folder / "data").sockets.stat().st_mode & 0o077 == 0


def test_every_extension_that_we_use_is_there(folder):
    url = postgres.ensure_running(folder / "data", durable=False)
    with psycopg.connect(url, autocommit=True) as connection:
        for name in postgres_programs.EXTENSIONS:
            connection.execute(f"CREATE EXTENSION {name}")


def test_the_wheel_serves_a_machine_that_has_none(folder, monkeypatch):
    monkeypatch.setenv("POSTGRES_BIN", "wheel")
    assert "site-packages" in str(postgres_programs.find_server())
    assert one(postgres.ensure_running(folder / "data", durable=False), "SELECT lower('À')") == "à"


def test_without_any_server_it_says_what_to_do(monkeypatch):
    monkeypatch.setenv("POSTGRES_BIN", "/nowhere")
    with pytest.raises(postgres_programs.NoServer, match="DATABASE_URL"):
        postgres_programs.find_server()
