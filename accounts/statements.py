"""Statements that are asked all the time: put into words once, and prepared by PostgreSQL.

An expression of Django's is copied and put into words each time it is asked, which takes longer
than the answer. Elsewhere than on PostgreSQL there are none of these.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from psycopg import Cursor

GIVEN: Final = object()
Row = tuple[Any, ...]


def is_among(column: str) -> RawSQL:
    """A condition on a column, named in code: its value is in an array that is given later."""
    return RawSQL(f"{column} = ANY(%b)", (GIVEN,), BooleanField())  # noqa: S611


def can_prepare() -> bool:
    return connection.vendor == "postgresql"


class Statement:
    """words: a query with `%s` (`%b` for arrays: binary, with nothing to quote), or a queryset with
    GIVEN, which is put into words when it is first asked."""

    def __init__(self, words: str | Callable[[], QuerySet[Any]]) -> None:
        self._words = words
        self._compiled: tuple[str, tuple[Any, ...]] | None = None

    def ask(self, *given: Any) -> Cursor[Row]:
        """given: in place of each GIVEN, or of each `%`. Raises the errors of `django.db`."""
        words, parameters = self._compiled or self._compile()
        if parameters:
            left = iter(given)
            given = tuple(next(left) if one is GIVEN else one for one in parameters)
        connection.ensure_connection()
        with connection.wrap_database_errors:
            return Cursor(connection.connection).execute(words, given, prepare=True)

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        if isinstance(self._words, str):
            self._compiled = self._words, ()
        else:
            words, parameters = self._words().query.sql_with_params()
            self._compiled = words, tuple(parameters)
        return self._compiled


def all_of(*asked: Cursor[Row]) -> list[list[Row]]:
    """Their rows. Raises the errors of `django.db`."""
    with connection.wrap_database_errors:
        return [one.fetchall() for one in asked]


@contextmanager
def together() -> Iterator[None]:
    """What is asked inside goes to the database at once, and is answered in one go."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
