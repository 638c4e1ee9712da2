"""Writing a backup: every row as it was at one moment, a few at a time in memory."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson
from django.db import connection, transaction
from django.utils import timezone

from config.backup import schema
from config.backup.archive import Manifest, key_fingerprint, written
from config.version import VERSION

_AT_ONCE: Final = 200  # rows; one of a model's files is a few MB


def backup(path: Path, passphrase: str | None, told: Callable[[str], None]) -> Manifest:
    """Writes the database to path. told: hears of each table that is done."""
    with written(path, passphrase) as archive, _one_moment():
        migrations = schema.applied()
        for table in schema.tables_at(migrations):
            name = table._meta.label_lower
            if name in schema.LEFT_OUT:
                continue
            names = [column.attname for column in schema.columns(table)]
            member = archive.table(name, names, _lines(table, names))
            if member.rows:
                told(f"{name}: {member.rows} rows")
        manifest = Manifest(
            code=VERSION,
            made_at=timezone.now().isoformat(timespec="seconds"),
            engine=connection.vendor,
            key=key_fingerprint(),
            migrations=migrations,
            tables=archive.members,
        )
        archive.manifest(manifest)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Whatever is written meanwhile is not seen, and nobody has to wait."""
    if connection.vendor == "sqlite":
        # `atomic` would take the write lock; a reader of a write-ahead log needs none.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _lines(table: schema.Table, names: list[str]) -> Iterator[bytes]:
    rows = table._base_manager.order_by().values_list(*names)
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield orjson.dumps(row, default=_plain)


def _plain(value: Any) -> str:
    """As the field's `to_python` reads it back."""
    if isinstance(value, bytes | bytearray | memoryview):
        return b64encode(value).decode()
    return str(value)
