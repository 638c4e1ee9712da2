"""The export: a zip written while it is sent. Memory holds one workout or a few clips at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import orjson

from accounts.models import User
from sessions.models import Clip
from sessions.portable import layout, registry
from sessions.portable.table import table_chunks
from sessions.portable.told import Record, profile_told, workout_ids, workout_told

_AT_ONCE: Final = 64 * 1024
_CLIPS_AT_ONCE: Final = 50


def bundle_chunks(user: User, now: datetime) -> Iterator[bytes]:
    """The bytes of the zip. The manifest comes last, when every file is known."""
    return Bundle(user, now).chunks()


class _Sink:
    """A file that can only be written; what was written is taken out of it."""

    def __init__(self) -> None:
        self.size = 0
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None: ...

    def take(self) -> bytes:
        held, self._held, self.size = b"".join(self._held), [], 0
        return held


class Bundle:
    def __init__(self, user: User, now: datetime) -> None:
        self._user = user
        self._now = now
        self._files: list[Record] = []
        self._counts: Counter[str] = Counter(workouts=0, sets=0, reps=0, attempts=0, clips=0)
        self._sink = _Sink()

    def chunks(self) -> Iterator[bytes]:
        with ZipFile(self._sink, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
            yield from self._file(archive, layout.PROFILE, [_json(profile_told(self._user))])
            for workout_id in workout_ids(self._user):
                yield from self._workout(archive, workout_id)
            for part in registry.parts():
                records = list(part.told(self._user))
                self._counts[part.kind] = len(records)
                yield from self._file(archive, f"{part.kind}.json", [_json(records)])
            for name, told in registry.told_alone().items():
                yield from self._file(archive, f"{name}.json", [_json(list(told(self._user)))])
            yield from self._file(archive, layout.TABLE, table_chunks(self._user))
            yield from self._file(archive, layout.MANIFEST, [_json(self._manifest())])
        yield self._sink.take()

    def _workout(self, archive: ZipFile, workout_id: UUID) -> Iterator[bytes]:
        record = workout_told(self._user, workout_id)
        if record is None:  # deleted in between
            return
        self._counts["workouts"] += 1
        for one in record["sets"]:
            self._counts["sets"] += 1
            for name in ("reps", "attempts", "clips"):
                self._counts[name] += len(one[name])
        yield from self._file(archive, layout.workout_file(workout_id), [_json(record)])
        for one in record["sets"]:
            if one["clips"]:
                set_id = UUID(one["id"])
                indices = [clip["index"] for clip in one["clips"]]
                yield from self._file(
                    archive, layout.clips_file(set_id), _payloads(set_id, indices), ZIP_STORED
                )

    def _file(
        self, archive: ZipFile, name: str, chunks: Iterable[bytes], packing: int = ZIP_DEFLATED
    ) -> Iterator[bytes]:
        info = ZipInfo(name, self._now.timetuple()[:6])
        info.compress_type = packing
        digest, size = sha256(), 0
        with archive.open(info, "w") as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                if self._sink.size >= _AT_ONCE:
                    yield self._sink.take()
        self._files.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})

    def _manifest(self) -> Record:
        return {
            "format": layout.FORMAT,
            "version": layout.VERSION,
            "made_at": self._now.isoformat(),
            "counts": dict(self._counts),
            "files": self._files,
        }


def _payloads(set_id: UUID, indices: list[int]) -> Iterator[bytes]:
    for first in range(0, len(indices), _CLIPS_AT_ONCE):
        some = Clip.objects.filter(set=set_id, index__in=indices[first : first + _CLIPS_AT_ONCE])
        for payload in some.order_by("index").values_list("payload", flat=True):
            yield bytes(payload)


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)
