"""What every test may ask for. Whoever asks for `app`, `client` or `db_url` starts on an empty database."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import select

from foundation import clock as shop_clock
from foundation import postgres
from foundation.accounts import passwords
from foundation.accounts.confirmation import KEY as SECOND_FACTOR
from foundation.accounts.models import Account, RoleGrant
from foundation.accounts.passwords import hash_password
from foundation.accounts.permissions import Role
from foundation.db import db, unit_of_work
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from foundation.postgres_programs import NoServer
from foundation.web.kept import forget_all
from tests import connections, databases
from wsgi import create_app

# The functions under test commit for real, and the machine may be busy: no deadline for a single example.
settings.register_profile(
    "vetrina",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("vetrina")
connections.remember_statements()
# A password is meant to cost as much as thirty pages; test_accounts asserts what it costs elsewhere.
passwords.HASHER = PasswordHasher.from_parameters(CHEAPEST)

# A database's files are made, emptied and removed all day here, and none of them outlives the run.
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30


def _in_memory() -> Path | None:
    """Where files lie in memory, if there is room for a server's and programs may be run from there."""
    if not os.access(MEMORY, os.W_OK):
        return None
    there = os.statvfs(MEMORY)
    roomy = there.f_bavail * there.f_frsize >= ROOM
    return MEMORY if roomy and not there.f_flag & os.ST_NOEXEC else None


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the run's folder; xdist's workers inherit its name."""
    if not hasattr(config, "workerinput"):
        home = Path(tempfile.mkdtemp(prefix="vetrina-test-", dir=_in_memory()))
        home.chmod(0o711)  # the server's own user passes through
        os.environ["VETRINA_TEST_HOME"] = str(home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The first process stops the server and removes the folder."""
    home = os.environ.get("VETRINA_TEST_HOME")
    if home and not hasattr(config, "workerinput"):
        with suppress(NoServer):
            postgres.remove(Path(home) / "postgres")
        shutil.rmtree(home, ignore_errors=True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: a collector that walks through it again and again, looking for
    what may go, took a thirteenth of the run's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def worker_database() -> Iterator[str]:
    """This worker's own database; ask for `db_url` instead, which empties it."""
    name = f"vetrina_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    yield databases.clone(databases.home_of_this_run(), name)


@pytest.fixture(scope="session")
def broom(worker_database: str) -> Iterator[psycopg.Connection]:
    """The connection that empties the database after each test."""
    with psycopg.connect(worker_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def db_url(worker_database: str, broom: psycopg.Connection) -> Iterator[str]:
    """The address of an empty, migrated database that this test has to itself."""
    yield worker_database
    databases.empty(broom)


def environment(url: str, data_dir: Path) -> dict[str, str]:
    """The settings of an application under test."""
    return {"VETRINA_ENV": "test", "DATABASE_URL": url, "DATA_DIR": str(data_dir), "LOG_LEVEL": "WARNING"}


def translated_once(app: Flask) -> Flask:
    """The same application, which keeps what Jinja made of each template for every other one of the run."""
    kept = databases.home_of_this_run() / "templates"
    kept.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
    return app


@pytest.fixture(scope="session")
def worker_app(worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, made once a worker; ask for `app` instead."""
    app = translated_once(create_app(environment(worker_database, tmp_path_factory.mktemp("data"))))
    with app.app_context():
        db.engine.connect().close()  # what a first connection asks is no test's statement
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(worker_app: Flask, db_url: str) -> Iterator[Flask]:
    """The application on an empty database. No context is pushed: requests and `work()` bring their own.

    Ids and versions begin again in it, so pages kept under those of the test before have to go.
    """
    forget_all()
    before = dict(worker_app.config)
    worker_app.config["WTF_CSRF_ENABLED"] = False
    yield worker_app
    worker_app.config.clear()
    worker_app.config.update(before)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen. CSRF is off here; tests/architecture proves that it is on."""
    return app.test_client()


@pytest.fixture
def account(work: Callable[[], AbstractContextManager[None]]) -> Callable[..., int]:
    """`account("ada@example.test", Role.OWNER, ...)` is the id of a new, verified account with these roles.

    With `password=` it can sign in through the page (that costs a hash); without, only by `client_of`.
    """

    def create(email: str, *roles: Role, name: str = "", language: str = "en", password: str = "") -> int:
        with work():
            moment = shop_clock.now()
            made = Account(
                email=email,
                name=name or email.partition("@")[0].title(),
                password_hash=hash_password(password) if password else "!",
                language=language,
                created_at=moment,
                email_verified_at=moment,
            )
            db.session.add(made)
            db.session.flush()
            for role in roles:
                grant = RoleGrant(account_id=made.id, role=role, granted_by="a test", granted_at=moment)
                db.session.add(grant)
            db.session.flush()
            return made.id

    return create


@pytest.fixture
def client_of(app: Flask) -> Callable[[int], FlaskClient]:
    """`client_of(account_id)` is a browser signed in to that account, its second factor shown just now."""

    def sign_in(account_id: int) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{account_id}.0"
            session["_fresh"] = True
            session[SECOND_FACTOR] = [f"{account_id}.0", shop_clock.machine().isoformat()]
        return client

    return sign_in


@pytest.fixture
def work(app: Flask) -> Callable[[], AbstractContextManager[None]]:
    """`with work(): ...` is one committed transaction inside the application, as a job has it."""

    @contextmanager
    def open_work() -> Iterator[None]:
        with app.app_context(), unit_of_work():
            yield

    return open_work


@dataclass
class Clock:
    """The shop's time in the hands of a test: it stands still from the start."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def __post_init__(self) -> None:
        self.freeze(self.now)

    def freeze(self, moment: datetime) -> None:
        """Set the time to an aware moment."""
        self.now = moment
        shop_clock.hold(moment)

    def advance(self, **by: float) -> datetime:
        """Move on, e.g. `advance(days=30)`; the arguments are those of timedelta."""
        self.freeze(self.now + timedelta(**by))
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Time held at nine in the morning (UTC) of Monday 2 March 2026 until the test moves it."""
    yield Clock()
    shop_clock.hold(None)


@pytest.fixture
def run_jobs(app: Flask, db_url: str) -> Callable[..., int]:
    """`run_jobs()` does all the work that is due, here and in order, also what that work asks for in turn.

    Returns how many jobs ran. An error of a job reaches the test, and the job stays in the queue: calling
    again is the retry. `run_jobs("name", ...)` runs only jobs of these names; `at=` counts later work as due.
    """

    def run(*names: str, at: datetime | None = None) -> int:
        return drain(app, *names, at=at)

    return run


@pytest.fixture
def outbox(app: Flask) -> Callable[..., list[Message]]:
    """`outbox()` is every letter written so far, oldest first; `outbox(to="...")` those to one address.

    A letter has `recipient`, `subject`, `text`, `html` and `language`. It is here as soon as its transaction
    has committed, whether or not the job that sends it ran.
    """

    def read(*, to: str | None = None) -> list[Message]:
        with app.app_context():
            letters = db.session.scalars(select(Message).order_by(Message.id)).all()
            return [letter for letter in letters if to in (None, letter.recipient)]

    return read


@dataclass
class Statements:
    """The SQL that was sent, but for the marks of transactions."""

    sql: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.sql)


BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", ";")


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[Statements]]:
    """`with statements() as seen: client.get(...)`, then `seen.count` and `seen.sql`.

    Counted where psycopg sends them, so the queue's statements on the session's connection count too.
    """

    @contextmanager
    def watch() -> Iterator[Statements]:
        seen = Statements()

        def note(query: Any) -> None:
            text = query if isinstance(query, str) else str(query)
            if not text.lstrip().upper().startswith(BOOKKEEPING) and text.strip():
                seen.sql.append(text)

        with pytest.MonkeyPatch.context() as patch:
            for method in ("execute", "executemany", "copy"):
                original = getattr(psycopg.Cursor, method)

                def noted(cursor: Any, query: Any, *rest: Any, _do: Any = original, **named: Any) -> Any:
                    note(query)
                    return _do(cursor, query, *rest, **named)

                patch.setattr(psycopg.Cursor, method, noted)
            yield seen

    return watch
