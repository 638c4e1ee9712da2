"""What an export has besides workouts. Rooms above this one add their parts when they start."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import UUID

from accounts.models import User


class Part(Protocol):
    """Things of one kind, in the file `{kind}.json`: a list of records, each with an `id`.

    read is called inside a transaction and raises ValidationError, Conflict or NotFound.
    """

    kind: str

    def told(self, user: User) -> Iterable[dict[str, Any]]:
        """All of the user's, as records."""
        ...

    def stored(self, user: User, ref: UUID) -> dict[str, Any] | None:
        """The user's one of this id as a record, None where there is none."""
        ...

    def label(self, record: dict[str, Any]) -> str:
        """By which a person knows it."""
        ...

    def read(self, user: User, record: dict[str, Any]) -> None:
        """Writes what the record says."""
        ...

    def forget(self, user: User, refs: list[UUID]) -> None:
        """Deletes these of the user's."""
        ...


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """In the order of calls: a part may refer to those before it, and to workouts."""
    _parts[part.kind] = part


def parts() -> list[Part]:
    return list(_parts.values())


Told = Callable[[User], Iterable[dict[str, Any]]]
_told: dict[str, Told] = {}


def register_told(name: str, told: Told) -> None:
    """For the file `{name}.json`: the user's to read and keep; an import leaves it alone."""
    _told[name] = told


def told_alone() -> dict[str, Told]:
    return dict(_told)
