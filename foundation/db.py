"""The database: one base, one session, and the edge where work is committed.

A request, a job or a delivery is one transaction. Nothing below the edge commits: an unsafe request
commits after its view returned an answer under 400, everything else rolls back. Work that has to talk
to the network between two changes is marked `in_steps` and wraps each change in `unit_of_work()`, so
that no transaction is ever open across a call to somebody else's machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any, TypeVar, cast

import orjson
import psycopg
from flask import Flask, Response, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from psycopg.types.json import set_json_loads
from sqlalchemy import TIMESTAMP, BigInteger, Connection, Dialect, MetaData, TextClause, event, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import IntegrityError, InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, SessionTransaction, registry
from sqlalchemy.orm.session import UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import NullType

from foundation import direct

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_REFUSAL = 400
DIALECT = PGDialect_psycopg()  # of psycopg's parameters: the same for every engine
DRIVER = "driver_connection"  # of the running transaction, in the session's own notes
# The connection of the swift unit of work that is running here, if one is.
_swift: ContextVar[psycopg.Connection[Any] | None] = ContextVar("swift", default=None)
set_json_loads(orjson.loads)
View = TypeVar("View", bound=Callable[..., Any])


class Base(DeclarativeBase):
    """The parent of every table: 64-bit keys, aware UTC times, constraints with predictable names."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        metadata=metadata, type_annotation_map={datetime: TIMESTAMP(timezone=True), int: BigInteger}
    )


class Unit(FlaskSession):
    """The session of a unit of work.

    SQL written as text goes straight to the driver, translated once: nothing of the session or of the
    compiler applies to it, and finding that out for each statement was a tenth of placing an order.
    """

    def execute(self, statement: Any, params: Any = None, **options: Any) -> Any:
        # The registry in front of the session names every option, whether or not it is given.
        if isinstance(statement, TextClause) and not any(options.values()):
            connection = self.connection()
            sql = _in_the_drivers_words(statement, connection.dialect)
            if sql is not None and (params is None or isinstance(params, Mapping)):
                return connection.exec_driver_sql(sql, params)
            return connection.execute(statement, params)
        return super().execute(statement, params, **options)


def rows(statement: TextClause, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement written as text answers, as plain tuples, in the session's transaction.

    For the hottest routes: what a session makes of a result costs as much there as asking. Errors are the
    driver's own (`psycopg.Error`); parameters have no types or values of their own.
    """
    connection = _swift.get()
    if connection is None:
        if DRIVER not in db.session.info:
            db.session.connection()  # begins the transaction
        connection = cast("psycopg.Connection[Any]", db.session.info[DRIVER])
    sql = _in_the_drivers_words(statement, DIALECT)
    if sql is None:
        raise ValueError("A parameter has a type or a value: ask the session.")
    return connection.execute(sql, values).fetchall()


@lru_cache(maxsize=512)
def _in_the_drivers_words(statement: TextClause, dialect: Dialect) -> str | None:
    """The text with its parameters as psycopg writes them; None when one has a type or a value of its own."""
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    plain = all(bind.value is None and isinstance(bind.type, NullType) for bind in compiled.binds.values())
    return str(compiled) if plain else None


# Objects stay readable after a commit: a view in steps hands them to its template, and reading an
# attribute there must not open a transaction again.
db = SQLAlchemy(
    model_class=Base, disable_autonaming=True, session_options={"class_": Unit, "expire_on_commit": False}
)
migrate = Migrate(compare_type=True)

Row = TypeVar("Row", bound=Base)


class WriteOutsideUnitOfWork(RuntimeError):
    """Work in steps changed rows outside `unit_of_work()`: the change would have been lost silently."""


class NetworkInsideTransaction(RuntimeError):
    """A call to another machine was about to be made while a transaction held its locks."""


def writes(view: View) -> View:
    """Mark a view whose GET records something (a click): the edge commits it like an unsafe request."""
    view.writes = True  # type: ignore[attr-defined]
    return view


def in_steps(view: View) -> View:
    """Mark a view or job that calls the network and commits each step by `unit_of_work()` itself."""
    view.in_steps = True  # type: ignore[attr-defined]
    return view


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction of a job or of a view in steps: committed at the end, rolled back on any error.

    Whatever was only read before is let go first, so that the step sees the rows as they are now.
    """
    _refuse_unsaved()
    session = db.session()
    session.rollback()
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("wrote", None)


@contextmanager
def swift_unit_of_work() -> Iterator[None]:
    """`unit_of_work` for an action that asks and writes by `rows` alone: a transaction past the session.

    What the session adds to a transaction was a tenth of placing an order. Objects do not belong in here: the
    session, if it is asked something (who is signed in, say), is in a transaction of its own, and out of it
    again afterwards: what follows is often a call to the network.
    """
    if db.session.registry.has():
        _refuse_unsaved()
        db.session.rollback()
    with past_the_session() as connection:
        connection.autocommit = False  # the first statement begins the transaction
        running = _swift.set(connection)
        try:
            yield
            if db.session.registry.has():
                leave_transaction()
            connection.commit()
        except BaseException:
            if not connection.closed:
                connection.rollback()
            if db.session.registry.has():
                db.session.rollback()
            raise
        finally:
            _swift.reset(running)
            if not connection.closed:
                connection.autocommit = True


@contextmanager
def past_the_session() -> Iterator[psycopg.Connection[Any]]:
    """A connection on which every statement commits by itself, for the hottest routes alone.

    No session, no BEGIN and no COMMIT to send: a request whose whole work is one INSERT, or one look, is a
    transaction in one statement. Whatever writes more than one thing belongs into a unit of work.
    """
    with direct.connection(db.engine) as connection:
        yield connection


def leave_transaction() -> None:
    """End the transaction that reading opened, before a call to the network.

    Raises `WriteOutsideUnitOfWork` when something was written: it would be lost here.
    """
    _refuse_unsaved()
    db.session.rollback()


def refuse_inside_transaction() -> None:
    """Guard of everything that talks to the network; raises `NetworkInsideTransaction`."""
    if _swift.get() is not None or (db.session.registry.has() and db.session().in_transaction()):
        raise NetworkInsideTransaction("Commit or leave the transaction before calling the network.")


def lock_rows(model: type[Row], ids: Iterable[int]) -> Sequence[Row]:
    """Lock rows for update in the order of their ids, read afresh: two callers can never deadlock."""
    key = model.__table__.c.id
    statement = (
        select(model)
        .where(key.in_(sorted(set(ids))))
        .order_by(key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


@contextmanager
def unless_taken(taken: Callable[[], Exception], *constraints: str) -> Iterator[None]:
    """A savepoint whose changes may break a unique constraint: they are undone then, and `taken()` raised.

    Any other constraint that breaks is an error of ours, and stays one.
    """
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as clash:
        broken = clash.orig.diag.constraint_name if isinstance(clash.orig, psycopg.Error) else None
        if broken not in constraints:
            raise
        raise taken() from clash


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A savepoint for an act whose refusal is told on the page it came from: what it had written until then
    is undone before that page is read again.
    """
    with db.session.begin_nested():
        yield


def finish_request(app: Flask, response: Response) -> None:
    """Commit or roll back what the view did; called by the application between view and answer."""
    if not db.session.registry.has():
        return  # nobody asked the database anything by the session
    view = app.view_functions.get(request.endpoint or "")
    if getattr(view, "in_steps", False):
        leave_transaction()
    elif response.status_code < FIRST_REFUSAL and (
        request.method not in SAFE_METHODS or getattr(view, "writes", False)
    ):
        db.session.commit()
    else:
        db.session.rollback()
    db.session().info.pop("wrote", None)


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations")


@event.listens_for(Pool, "checkin")
def _note_rest(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["resting_since"] = monotonic()


@event.listens_for(Pool, "checkout")
def _try_rested(connection: Any, record: ConnectionPoolEntry, fairy: PoolProxiedConnection) -> None:
    """A connection that rested may have lost its server: try it, and let the pool open a new one.

    One in constant use is not tried: asking before every request cost a fifth of the fastest pages.
    """
    since = record.info.get("resting_since")
    if since is not None and not direct.believed(connection, since):
        raise InvalidatePoolError("The database was restarted.")


def _refuse_unsaved() -> None:
    session = db.session()
    if session.info.get("wrote") or session.new or session.dirty or session.deleted:
        session.rollback()
        session.info.pop("wrote", None)
        raise WriteOutsideUnitOfWork("Wrap this change in unit_of_work().")


@event.listens_for(Session, "after_begin")
def _note_connection(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    session.info[DRIVER] = connection.connection.driver_connection


@event.listens_for(Session, "after_transaction_end")
def _forget_connection(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(DRIVER, None)


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, context: UOWTransaction) -> None:
    session.info["wrote"] = True


@event.listens_for(Session, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["wrote"] = True


@event.listens_for(Session, "after_soft_rollback")
def _forget_rolled_back(session: Session, transaction: object) -> None:
    if not session.in_nested_transaction():
        session.info.pop("wrote", None)
