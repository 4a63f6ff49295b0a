"""The session, the typed base, the column types, and entering a salon.

One writer per salon at a time on both databases: SQLite takes its write lock at BEGIN IMMEDIATE,
PostgreSQL an advisory lock on the salon in the statement that also sets role and salon
(docs/decisions/0002). What the database must refuse it refuses by its own constraints all the same.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, SessionTransaction, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

APP_ROLE = "salon_app"
LOCK_TIMEOUT = "4s"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Key = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware instant: timestamptz on PostgreSQL, microseconds since 1970 on SQLite (exact and comparable)."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored instant needs its offset")
        return (value - _EPOCH) // _MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return _EPOCH + timedelta(microseconds=value)
        stored: datetime = value
        return stored.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment(), str: String(), int: BigInteger().with_variant(Integer(), "sqlite")}  # noqa: RUF012 - SQLAlchemy reads the plain dict


class Numbered:
    """A table with its own number."""

    id: Mapped[int] = mapped_column(Key, Identity(), primary_key=True)


class OfSalon(Numbered):
    """A row that belongs to one salon; others refer to it by (salon_id, id), so never across salons."""

    @declared_attr
    def salon_id(self) -> Mapped[int]:
        """The salon that the row belongs to."""
        return mapped_column(Key, ForeignKey("salon.id", ondelete="CASCADE"), nullable=False)


def of_salon(*constraints: Any) -> tuple[Any, ...]:
    """Return table arguments with the unique pair that other tables' composite keys point at."""
    return (UniqueConstraint("salon_id", "id"), *constraints)


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False, "autoflush": False})


def is_postgresql() -> bool:
    """Whether the present app runs on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable, strict and patient SQLite; the driver's own BEGIN is off because it double-books (stack.md)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Session, "after_begin")
def _enter(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Begin as the app: the write lock when the use case writes, on PostgreSQL role and salon for row security."""
    salon_id: int | None = session.info.get("salon_id")
    writes: bool = session.info.get("writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
        return
    lock = ", pg_advisory_xact_lock(:salon)" if writes and salon_id is not None else ""
    connection.execute(
        text(
            "SELECT set_config('role', :role, true), set_config('lock_timeout', :wait, true),"
            f" set_config('salon.id', CAST(:salon AS text), true){lock}"
        ),
        {"role": APP_ROLE, "wait": LOCK_TIMEOUT, "salon": salon_id or 0},
    )


@contextmanager
def transaction(salon_id: int | None, *, writes: bool) -> Iterator[Session]:
    """Open one transaction in one salon; commit at the end, roll back on any error.

    salon_id  None outside every salon (sign-in, founding): row security then shows no salon's rows
    writes    takes the salon's write lock first; a reader never waits

    Raises RuntimeError when another use case's transaction is open: one use case, one transaction.
    """
    session = db.session()
    if session.info.get("entered"):
        raise RuntimeError("a use case called another use case")
    if session.in_transaction():
        session.commit()  # ends the read that loaded the signed-in user; it holds nothing else
    session.info.update(entered=True, salon_id=salon_id, writes=writes)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.update(entered=False, salon_id=None, writes=False)


def enter_founded(session: Session, salon_id: int) -> None:
    """Go on in a salon that this very transaction founds (import)."""
    session.info["salon_id"] = salon_id
    if session.connection().dialect.name == "postgresql":
        session.execute(
            text("SELECT set_config('salon.id', CAST(:salon AS text), true), pg_advisory_xact_lock(:salon)"),
            {"salon": salon_id},
        )
