"""What SQL of our own needs so that SQLite and PostgreSQL understand it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection


def answer(asked: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def change(said: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(said, values)


def marks(values: Collection[Any]) -> str:
    """One for each value, as in a list after IN."""
    return ", ".join(["%s"] * len(values))


def rows_of_marks(rows: Sequence[Sequence[Any]]) -> str:
    """For VALUES; the rows are of one length, and one or more."""
    return ", ".join([f"({marks(rows[0])})"] * len(rows))


def stored(ids: Collection[UUID]) -> list[Any]:
    """As parameters."""
    return list(ids) if connection.features.has_native_uuid_field else [one.hex for one in ids]


def uuid_of(value: Any) -> UUID:
    """From a column of ids."""
    return value if isinstance(value, UUID) else UUID(value)
