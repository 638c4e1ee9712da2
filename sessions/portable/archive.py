"""A zip that somebody brings, read with suspicion: nothing is unpacked before its size is known."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import RawIOBase
from typing import Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.portable import layout
from sessions.portable.refusal import RefusedError

ENCRYPTED: Final = 0x1
NOT_OURS: Final = gettext_lazy("This is not an export of PoseCoach.")
# What zipfile raises for bytes that are no zip, or for a zip that is damaged or strange.
BROKEN: Final = (
    BadZipFile, zlib_error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Archive:
    """An export whose names, sizes and version are right.

    Each file is held against its SHA-256 in the manifest when it is read to its end. Raises
    RefusedError, then as at the beginning.
    """

    def __init__(self, file: RawIOBase, packed_bytes: int) -> None:
        try:
            self._zip = ZipFile(file)
        except BROKEN as error:
            raise RefusedError(_("This file is not a zip, or it is damaged.")) from error
        members = self._zip.infolist()
        _check_members(members, packed_bytes)
        self._lists: dict[str, list[Any]] = {}
        self._sums = self._manifest({member.filename: member.file_size for member in members})

    @property
    def profile(self) -> Any:
        return self._json(layout.PROFILE)

    def workout_ids(self) -> list[UUID]:
        """In the order of the manifest."""
        found = map(layout.WORKOUT_FILE.fullmatch, self._sums)
        return [UUID(match[1]) for match in found if match]

    def workout(self, workout_id: UUID) -> Any:
        return self._json(layout.workout_file(workout_id))

    def records(self, kind: str) -> list[Any]:
        """Of the file of a part; none where there is no such file."""
        name = f"{kind}.json"
        if name not in self._lists:
            found = self._json(name) if name in self._sums else []
            if not isinstance(found, list):
                raise RefusedError(_("%(name)s: expected a list.") % {"name": name})
            self._lists[name] = found
        return self._lists[name]

    def clips(self, set_id: UUID, lengths: list[int]) -> Iterator[bytes]:
        """Payloads of the set's clips, which are as long as told."""
        name = layout.clips_file(set_id)
        if name not in self._sums:
            raise RefusedError(_("%(name)s is missing.") % {"name": name})
        with self._opened(name) as read:
            digest = sha256()
            for length in lengths:
                payload = read(length)
                digest.update(payload)
                yield payload
            if read(1):
                raise RefusedError(_("%(name)s is longer than its clips.") % {"name": name})
            self._check_sum(name, digest.hexdigest())

    def _manifest(self, sizes: dict[str, int]) -> dict[str, str]:
        """Name → SHA-256 of every file but the manifest itself."""
        if layout.MANIFEST not in sizes or layout.PROFILE not in sizes:
            raise RefusedError(str(NOT_OURS))
        manifest = _parsed(layout.MANIFEST, self._bytes(layout.MANIFEST))
        if not isinstance(manifest, dict) or manifest.get("format") != layout.FORMAT:
            raise RefusedError(str(NOT_OURS))
        if manifest.get("version") != layout.VERSION:
            told = {"read": layout.VERSION, "said": str(manifest.get("version"))[:20]}
            raise RefusedError(
                _(
                    "I read version %(read)s of exports, and this one says “%(said)s”. It may come "
                    "from a newer PoseCoach."
                )
                % told
            )
        sums = _sums(manifest.get("files"), sizes)
        if missing := sizes.keys() - sums.keys() - {layout.MANIFEST}:
            raise RefusedError(_("%(name)s is not in the manifest.") % {"name": min(missing)})
        return sums

    def _json(self, name: str) -> Any:
        if name not in self._sums:
            raise RefusedError(_("%(name)s is missing.") % {"name": name})
        body = self._bytes(name)
        self._check_sum(name, sha256(body).hexdigest())
        return _parsed(name, body)

    def _bytes(self, name: str) -> bytes:
        with self._opened(name) as read:
            return read(layout.MAX_JSON_BYTES)

    def _opened(self, name: str) -> "_Opened":
        return _Opened(self._zip, name)

    def _check_sum(self, name: str, found: str) -> None:
        if found != self._sums[name]:
            raise RefusedError(
                _("%(name)s is damaged: its SHA-256 is not the one in the manifest.")
                % {"name": name}
            )


class _Opened:
    """A file of the zip; whatever goes wrong inside is told as damage to it."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name

    def __enter__(self) -> Callable[[int], bytes]:
        try:
            self._file = self._archive.open(self._name)
        except BROKEN as error:
            raise self._damage from error
        return self._read

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def _read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except BROKEN as error:
            raise self._damage from error

    @property
    def _damage(self) -> RefusedError:
        return RefusedError(_("%(name)s is damaged.") % {"name": self._name})


def _check_members(members: list[ZipInfo], packed_bytes: int) -> None:
    names: set[str] = set()
    for member in members:
        name = member.filename
        most = layout.most_bytes(name)
        if most is None:
            why = _("There is no “%(name)s” in an export.") % {"name": name[:80]}
            raise RefusedError(f"{why} {NOT_OURS}")
        if name in names:
            raise RefusedError(_("%(name)s is there twice.") % {"name": name})
        names.add(name)
        if member.flag_bits & ENCRYPTED:
            raise RefusedError(_("%(name)s is encrypted.") % {"name": name})
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise RefusedError(
                _("%(name)s is packed in a way that I do not read.") % {"name": name}
            )
        if member.file_size > most:
            told = {"name": name, "most": most // 1024}
            raise RefusedError(_("%(name)s is larger than %(most)s KiB.") % told)
        _check_ratio(name, member.file_size, member.compress_size)
    total = sum(member.file_size for member in members)
    if total > layout.MAX_TOTAL_BYTES:
        limit = {"most": layout.MAX_TOTAL_BYTES // 1024**3}
        raise RefusedError(_("Unpacked it is larger than %(most)s GiB.") % limit)
    _check_ratio(_("The file"), total, packed_bytes)


def _check_ratio(name: str, unpacked: int, packed: int) -> None:
    if unpacked > layout.RATIO_FROM_BYTES and unpacked > layout.MAX_RATIO * packed:
        raise RefusedError(
            _("%(name)s is packed more than %(most)s to 1, which no export is.")
            % {"name": name, "most": layout.MAX_RATIO}
        )


def _sums(files: Any, sizes: dict[str, int]) -> dict[str, str]:
    if not isinstance(files, list):
        raise RefusedError(_("%(name)s: expected a list.") % {"name": "manifest.json: files"})
    sums: dict[str, str] = {}
    for index, file in enumerate(files):
        match file:
            case {"name": str(name), "bytes": int(size), "sha256": str(digest)} if re.fullmatch(
                r"[0-9a-f]{64}", digest
            ):
                if sizes.get(name) != size or name == layout.MANIFEST:
                    raise RefusedError(
                        _("%(name)s is missing, or not as long as the manifest says.")
                        % {"name": name[:80]}
                    )
                sums[name] = digest
            case _:
                raise RefusedError(
                    _("%(where)s: expected name, bytes and sha256.")
                    % {"where": f"manifest.json: files[{index}]"}
                )
    return sums


def _parsed(name: str, body: bytes) -> Any:
    # Millions of empty lists take hundreds of times their bytes.
    if body.count(b"{") + body.count(b"[") > layout.MAX_CONTAINERS:
        told = {"name": name, "most": layout.MAX_CONTAINERS}
        raise RefusedError(_("%(name)s has more than %(most)s records.") % told)
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        told = {"name": name, "error": error}
        raise RefusedError(_("%(name)s is not JSON: %(error)s.") % told) from error
