"""A new database beside the old one, which takes its place in one step or leaves no trace."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from config.backup.errors import BackupError

ASIDE: Final = "posecoach_restoring"
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
_ROUTINES = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = %s::regnamespace"


def beside(replaced: set[str]) -> AbstractContextManager[None]:
    """Inside, the connection is that of an empty database; at the end it is the only one.

    replaced: tables of ours in the old one. An error on the way leaves the old one as it was.
    Raises BackupError where a server still has the old one open.
    """
    if connection.vendor == "sqlite":
        return _new_file()
    return _new_schema(replaced)


@contextmanager
def _new_schema(replaced: set[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        [home] = _rows(cursor, "SELECT current_schema()")
        cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
        cursor.execute(f"CREATE SCHEMA {ASIDE}")
        cursor.execute(f"SET search_path TO {ASIDE}")
    try:
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            _move(cursor, str(home), replaced)
    except BaseException:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
        raise
    connection.close()  # the next one looks for tables in their usual place


def _move(cursor: Any, home: str, replaced: set[str]) -> None:
    """Table by table: what else lives in that schema, and who may use it, stays as it is."""
    name = connection.ops.quote_name
    new = _rows(cursor, _TABLES, [ASIDE])
    old = [table for table in _rows(cursor, _TABLES, [home]) if table in replaced | set(new)]
    for table in old:  # partitions go with what they are of
        cursor.execute(f"DROP TABLE IF EXISTS {name(home)}.{name(table)} CASCADE")
    for table in new:
        cursor.execute(f"ALTER TABLE {ASIDE}.{name(table)} SET SCHEMA {name(home)}")
    for routine in _rows(cursor, _ROUTINES, [ASIDE]):
        cursor.execute(f"DROP ROUTINE IF EXISTS {name(home)}.{routine.rpartition('.')[2]}")
        cursor.execute(f"ALTER ROUTINE {routine} SET SCHEMA {name(home)}")
    cursor.execute(f"DROP SCHEMA {ASIDE}")  # fails, and undoes all, where something was forgotten


def _rows(cursor: Any, sql: str, values: list[str] | None = None) -> list[Any]:
    cursor.execute(sql, values)
    return [row[0] for row in cursor.fetchall()]


@contextmanager
def _new_file() -> Iterator[None]:
    old = Path(connection.settings_dict["NAME"])
    new = old.with_name(old.name + ".restoring")
    connection.close()
    _remove(new)
    _refuse_open(old)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _refuse_open(old)
        new.replace(old)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(old)
        _remove(new)


def _refuse_open(path: Path) -> None:
    """Whoever has the file open would go on writing to one that nobody sees any more.

    To leave the write-ahead log is possible for the last one alone; it empties the log, too.
    """
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=1)) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise BackupError(f"{path} is in use. Stop the server first.") from error


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
