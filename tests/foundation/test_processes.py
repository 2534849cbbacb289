"""Web and worker side by side: one signal ends it all, the end of one ends the other, nothing stays."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from foundation import processes

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys
from pathlib import Path
from foundation.processes import Program, run_until_stopped
folder = Path(sys.argv[1])
programs = [
    Program(
        name=name,
        command=[sys.executable, "-c", code],
        log=folder / f"{name}.log",
        lasting="# done soon" not in code,
    )
    for name, code in zip(("first", "second"), sys.argv[2:], strict=True)
]
sys.exit(run_until_stopped(
    programs,
    ready=(folder / "second.pid").exists,
    announce=(folder / "ready").touch,
    stopping=(folder / "stopping").touch,
))
"""
# Notes itself and a child like the others, and takes its time when it is asked to end.
SLOW = (
    """
import signal, time
signal.signal(signal.SIGTERM, lambda *_: time.sleep(2) or exit())
"""
    + "{rest}"
)
RUN_TO_END = """
import sys
from foundation.processes import run_to_end, stoppable
try:
    with stoppable():
        status = run_to_end([sys.executable, "-c", sys.argv[1]], {"SAID": "so"})
except KeyboardInterrupt:
    status = 130
sys.exit(status)
"""
# Runs on, with a child of its own in its group, and notes both process ids.
STAYS = """
import os, subprocess, time
from pathlib import Path
child = subprocess.Popen(["sleep", "600"])
Path("{folder}/{name}.pid").write_text(f"{{os.getpid()}} {{child.pid}}")
time.sleep(600)
"""


def start(folder: Path, second: str = STAYS) -> subprocess.Popen[str]:
    codes = [STAYS.format(folder=folder, name="first"), second.format(folder=folder, name="second")]
    command = [sys.executable, "-c", RUN, str(folder), *codes]
    return subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE, start_new_session=True)


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists() and (path.suffix != ".pid" or path.read_text()):
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def alive(folder: Path) -> list[int]:
    """Which of the noted processes still run (a zombie that waits for its parent does not)."""
    noted = [int(pid) for path in folder.glob("*.pid") for pid in path.read_text().split()]
    assert noted
    states = {pid: Path(f"/proc/{pid}/stat") for pid in noted}
    return [
        pid
        for pid, stat in states.items()
        if stat.exists() and stat.read_text().rsplit(")")[-1].split()[0] != "Z"
    ]


def gone(folder: Path) -> bool:
    for _ in range(100):
        if not alive(folder):
            return True
        time.sleep(0.1)
    return False


def test_one_signal_stops_all_that_was_started(tmp_path):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        folder = tmp_path / number.name
        folder.mkdir()
        runner = start(folder)
        wait_for(folder / "ready")
        # Each program notes its own child a moment after it is up.
        wait_until(lambda folder=folder: len(alive(folder)) == 4)
        runner.send_signal(number)
        assert runner.wait(30) == 0
        assert gone(folder)


def test_it_says_that_it_is_stopping_and_a_second_signal_leaves_nothing_behind(tmp_path):
    runner = start(tmp_path, SLOW.format(rest=STAYS))
    wait_for(tmp_path / "ready")
    wait_until(lambda: len(alive(tmp_path)) == 4)
    assert not (tmp_path / "stopping").exists()
    runner.send_signal(signal.SIGINT)
    wait_for(tmp_path / "stopping")
    runner.send_signal(signal.SIGINT)
    runner.send_signal(signal.SIGINT)
    assert runner.wait(30) == 0
    assert gone(tmp_path)


def test_a_program_that_ends_by_itself_tells_its_status_and_has_what_we_gave_it():
    code = "import os; raise SystemExit(7 if os.environ['SAID'] == 'so' else 1)"
    assert processes.run_to_end([sys.executable, "-c", code], {"SAID": "so"}) == 7


def test_ctrl_c_stops_a_program_that_would_end_by_itself_with_its_children_and_without_a_traceback(tmp_path):
    code = STAYS.format(folder=tmp_path, name="only")
    runner = subprocess.Popen(
        [sys.executable, "-c", RUN_TO_END, code],
        cwd=ROOT,
        text=True,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for(tmp_path / "only.pid")
    wait_until(lambda: len(alive(tmp_path)) == 2)
    os.killpg(runner.pid, signal.SIGINT)
    _, said = runner.communicate(timeout=30)
    assert runner.returncode == 130
    assert said == ""
    assert gone(tmp_path)


def test_when_one_ends_by_itself_the_other_is_stopped_and_its_last_words_are_shown(tmp_path):
    runner = start(tmp_path, "print('no database'); raise SystemExit(3)")
    _, said = runner.communicate(timeout=60)
    assert runner.returncode == 1
    assert "second ended by itself (3)" in said
    assert "no database" in said
    assert not tmp_path.joinpath("first.pid").exists() or gone(tmp_path)


def test_one_that_is_not_lasting_may_end_and_the_others_go_on(tmp_path):
    code = "from pathlib import Path; Path('{folder}/second.pid').write_text('0 0')  # done soon"
    runner = start(tmp_path, code)
    wait_for(tmp_path / "ready")
    wait_for(tmp_path / "first.pid")
    time.sleep(1.5)  # long enough to have been seen twice
    assert runner.poll() is None
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(30) == 0
    assert runner.stderr is not None
    assert "ended by itself" not in runner.stderr.read()


def test_a_runner_that_is_killed_outright_leaves_no_program_behind(tmp_path):
    runner = start(tmp_path)
    wait_for(tmp_path / "ready")
    runners = [int(path.read_text().split()[0]) for path in tmp_path.glob("*.pid")]
    os.kill(runner.pid, signal.SIGKILL)
    runner.wait(30)
    for _ in range(100):
        if not set(runners) & set(alive(tmp_path)):
            break
        time.sleep(0.1)
    assert not set(runners) & set(alive(tmp_path))
    for path in tmp_path.glob("*.pid"):  # what the programs started themselves is theirs to stop
        os.kill(int(path.read_text().split()[1]), signal.SIGKILL)


def test_a_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = processes.port_taken(port)
        assert said is not None
        assert str(port) in said
        assert "PORT=" in said
    assert processes.port_taken(port) is None


def test_a_port_that_is_no_port_is_refused_in_words():
    assert "not a port" in str(processes.port_taken(70_000))
