"""The file: a zip with one member a table, a row a line, and a manifest that comes last."""

import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as zlib_error

import orjson
from django.conf import settings

from config.backup.errors import BackupError
from config.backup.sealing import SealedReader, SealedWriter, is_sealed

FORMAT: Final = "posecoach-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_BROKEN: Final = (BadZipFile, zlib_error, EOFError, KeyError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """One table. name: of the model, as "workouts.clip"; columns: of each line, in this order."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def file(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """key: tells whether SECRET_KEY is the same, without telling which it is."""

    code: str
    made_at: str
    engine: str
    key: str
    migrations: list[tuple[str, str]]
    tables: list[Member]


def key_fingerprint() -> str:
    return hmac.new(settings.SECRET_KEY.encode(), FORMAT.encode(), "sha256").hexdigest()[:16]


class Writer:
    def __init__(self, zipped: ZipFile) -> None:
        self._zip = zipped
        self.members: list[Member] = []

    def table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> Member:
        """lines: each a JSON list, without the line's end."""
        digest, rows = sha256(), 0
        with self._zip.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
            for line in lines:
                file.write(line + b"\n")
                digest.update(line + b"\n")
                rows += 1
        member = Member(name, columns, rows, digest.hexdigest())
        self.members.append(member)
        return member

    def manifest(self, manifest: Manifest) -> None:
        told = {"format": FORMAT, "version": VERSION} | asdict(manifest)
        self._zip.writestr(MANIFEST, orjson.dumps(told, option=orjson.OPT_INDENT_2))


@contextmanager
def written(path: Path, passphrase: str | None) -> Iterator[Writer]:
    """A file that is there whole or not at all, and that only its owner reads."""
    part = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as file:
            sink = SealedWriter(file, passphrase) if passphrase else file
            with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=3) as zipped:
                yield Writer(zipped)
            if isinstance(sink, SealedWriter):
                sink.close()
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class Archive:
    """A backup to read. Raises BackupError for what is none, is damaged or is sealed otherwise."""

    def __init__(self, file: BinaryIO, passphrase: str | None) -> None:
        if is_sealed(file):
            if not passphrase:
                raise BackupError("This backup is encrypted. Set BACKUP_PASSPHRASE.")
            file = SealedReader(file, passphrase)  # type: ignore[assignment]
        try:
            self._zip = ZipFile(file)
            found = orjson.loads(self._zip.read(MANIFEST))
            known = found["format"] == FORMAT
        except (*_BROKEN, TypeError) as error:
            raise BackupError("This file is no backup of PoseCoach, or it is damaged.") from error
        if not known or found["version"] != VERSION:
            raise BackupError(f"I read {FORMAT} version {VERSION}, and this is something else.")
        self.manifest = _manifest(found)

    def lines(self, member: Member) -> Iterator[bytes]:
        try:
            with self._zip.open(member.file) as file:
                yield from file
        except _BROKEN as error:
            raise BackupError(f"{member.file} is damaged or missing.") from error

    def verify(self, told: Callable[[str], None]) -> None:
        """Reads all of it and compares sums and counts, before anybody writes anything."""
        expected = {MANIFEST, *(member.file for member in self.manifest.tables)}
        if extra := set(self._zip.namelist()) ^ expected:
            raise BackupError(f"{min(extra)} is missing, or not in the manifest.")
        for member in self.manifest.tables:
            digest, rows = sha256(), 0
            for line in self.lines(member):
                digest.update(line)
                rows += 1
            if digest.hexdigest() != member.sha256 or rows != member.rows:
                raise BackupError(f"{member.file} is damaged: its sum is not the manifest's.")
        told(f"The file is whole: {len(self.manifest.tables)} tables.")


def _manifest(found: dict[str, Any]) -> Manifest:
    try:
        return Manifest(
            code=str(found["code"]),
            made_at=str(found["made_at"]),
            engine=str(found["engine"]),
            key=str(found["key"]),
            migrations=[(str(app), str(name)) for app, name in found["migrations"]],
            tables=[Member(**one) for one in found["tables"]],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{MANIFEST} is not as I expect it: {error}") from error
