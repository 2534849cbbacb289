"""Work that can wait is done when nothing else is due, however much of it was asked for before."""

import threading

import pytest

from foundation.jobs import queue
from foundation.jobs.draining import drain
from storefront.catalog.actions import FETCH_PICTURE, FINISH_PICTURE

done: list[str] = []


@queue.job(name="tests.can_wait", can_wait=True)
def later(*, number: int) -> None:
    done.append(f"later {number}")


@queue.job(name="tests.is_due")
def now(*, number: int) -> None:
    done.append(f"now {number}")


def one_worker(app) -> None:
    """In a thread of its own: where a browser was driven, this one has an event loop already."""
    options = {"wait": False, "concurrency": 1}
    thread = threading.Thread(target=queue.run_worker, args=(app,), kwargs=options)
    thread.start()
    thread.join()


@pytest.mark.parametrize("carry_out", [one_worker, drain])
def test_what_can_wait_lets_everything_else_pass(app, work, carry_out):
    done.clear()
    with work():
        queue.defer_many("tests.can_wait", [{"number": 1}, {"number": 2}])
        queue.defer("tests.can_wait", number=3)
    with work():
        queue.defer("tests.is_due", number=4)
        queue.defer_many("tests.is_due", [{"number": 5}])
    carry_out(app)
    assert done == ["now 4", "now 5", "later 1", "later 2", "later 3"]


def test_pictures_can_wait():
    assert {queue.queue.tasks[name].priority for name in (FETCH_PICTURE, FINISH_PICTURE)} == {queue.CAN_WAIT}
