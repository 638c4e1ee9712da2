"""What an import is read from: our own zip, or a table of another app."""

from collections.abc import Iterator
from typing import Any, Final, Protocol
from uuid import UUID
from zlib import decompress

import orjson
from django.utils.translation import gettext as _

from sessions.models import Import
from sessions.portable import registry
from sessions.portable.archive import Archive
from sessions.portable.refusal import RefusedError
from sessions.portable.tables import MAX_BYTES, table_read
from sessions.portable.told import Record
from sessions.portable.upload import Upload

PROFILE: Final = "profile"
WORKOUT: Final = "workout"
NOBODY: Final = UUID(int=0)  # the ref of the profile, of which there is one

Ref = tuple[str, UUID]


class Source(Protocol):
    """kind: "posecoach", "strong" or "hevy". skipped: [{name, sets, why}]."""

    kind: str
    skipped: list[Record]

    def refs(self) -> list[Ref]:
        """Everything in the file, in the order in which it is taken."""
        ...

    def record(self, ref: Ref) -> Any: ...

    def clips(self, set_id: UUID, lengths: list[int]) -> Iterator[bytes]: ...


def source_of(imported: Import) -> Source:
    """Raises RefusedError for a file that is neither."""
    upload = Upload(imported)
    magic = upload.read(4)
    upload.seek(0)
    if magic.startswith(b"PK"):
        return ZipSource(Archive(upload, imported.bytes))
    if imported.bytes > MAX_BYTES:
        raise RefusedError(_("A table may have %(most)s MiB.") % {"most": MAX_BYTES // 1024**2})
    return TableSource(upload.read(), imported)


class ZipSource:
    kind = "posecoach"

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.skipped: list[Record] = []

    def refs(self) -> list[Ref]:
        workouts = [(WORKOUT, workout_id) for workout_id in self._archive.workout_ids()]
        others = [
            (part.kind, _id(part.kind, record))
            for part in registry.parts()
            for record in self._archive.records(part.kind)
        ]
        found = [(PROFILE, NOBODY), *workouts, *others]
        if len(set(found)) != len(found):
            raise RefusedError(_("Something is in the file twice."))
        return found

    def record(self, ref: Ref) -> Any:
        kind, wanted = ref
        if kind == PROFILE:
            return self._archive.profile
        if kind == WORKOUT:
            return self._archive.workout(wanted)
        return next(one for one in self._archive.records(kind) if _id(kind, one) == wanted)

    def clips(self, set_id: UUID, lengths: list[int]) -> Iterator[bytes]:
        return self._archive.clips(set_id, lengths)


class TableSource:
    def __init__(self, body: bytes, imported: Import) -> None:
        self._table = table_read(body, user=imported.athlete, unit=imported.weight_unit)
        self.kind = self._table.app
        self.skipped = [
            {"name": name[:80], "why": why, "sets": sets}
            for (name, why), sets in self._table.skipped.most_common(200)
        ]

    def refs(self) -> list[Ref]:
        return [(WORKOUT, workout_id) for workout_id in self._table.workouts]

    def record(self, ref: Ref) -> Any:
        return orjson.loads(decompress(self._table.workouts[ref[1]]))

    def clips(self, set_id: UUID, lengths: list[int]) -> Iterator[bytes]:  # noqa: ARG002
        return iter(())


def _id(kind: str, record: Any) -> UUID:
    try:
        return UUID(record["id"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = {"name": f"{kind}.json"}
        raise RefusedError(_("%(name)s: a record has no id that is a UUID.") % told) from error
