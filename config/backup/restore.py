"""Reading a backup into a database: as it was, then up to this code, then without the erased."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from accounts import tombstones
from accounts.models import User
from config.backup import rotation, schema
from config.backup.archive import Archive, Manifest, Member, key_fingerprint
from config.backup.errors import BackupError
from config.backup.places import beside

_AT_ONCE: Final = 500


def restore(
    path: Path, passphrase: str | None, *, replace: bool, told: Callable[[str], None]
) -> Manifest:
    """Puts the backup in the place of the database, or raises BackupError and changes nothing.

    Who was erased since the backup was made is erased from it again, before anybody can see it.
    """
    with path.open("rb") as file:
        archive = Archive(file, passphrase)
        manifest = archive.manifest
        _check_known(manifest)
        _check_free(replace)
        archive.verify(told)
        if manifest.key != key_fingerprint():
            told("SECRET_KEY is another one than when this was made: see docs/deployment.md.")
        erased = tombstones.known() | tombstones.read(path.with_name(rotation.ERASED))
        replaced = {table._meta.db_table for table in schema.tables_at(schema.applied())}
        with beside(replaced | {"django_migrations"}):
            _fill(archive, told)
            call_command("migrate", verbosity=0)
            tombstones.remember(erased)
            told(f"{tombstones.erase_again()} erased people were in the backup, and are gone.")
    return manifest


def _check_known(manifest: Manifest) -> None:
    if newer := schema.unknown(manifest.migrations):
        raise BackupError(
            f"This backup is of PoseCoach {manifest.code} and newer than this code, which does not "
            f"know {'.'.join(newer[-1])}. Update PoseCoach, then restore."
        )


def _check_free(replace: bool) -> None:
    """An account is what makes a database somebody's; the catalogue comes back by itself."""
    tables = connection.introspection.table_names()
    if replace or User._meta.db_table not in tables:
        return
    if User.objects.order_by().values("pk").exists():
        raise BackupError("There are accounts in this database. --replace gives them up.")


def _fill(archive: Archive, told: Callable[[str], None]) -> None:
    migrations = archive.manifest.migrations
    schema.migrate_to(migrations)
    tables = schema.tables_at(migrations)
    members = {member.name: member for member in archive.manifest.tables}
    for table in reversed(tables):  # what migrations have put there is in the backup, too
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table._meta.db_table)}")  # noqa: S608
    for table in tables:
        member = members.pop(table._meta.label_lower, None)
        if member is not None and member.rows:
            _load(table, member, archive.lines(member))
            told(f"{member.name}: {member.rows} rows")
    if members:
        raise BackupError(f"There is no table for {min(members)} at the backup's migrations.")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


@transaction.atomic
def _load(table: schema.Table, member: Member, lines: Iterator[bytes]) -> None:
    columns = schema.columns(table)
    if [column.attname for column in columns] != member.columns:
        raise BackupError(f"{member.file} has other columns than its migrations made.")
    rows = (_row(columns, line) for line in lines)
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(column.column)) for column in columns)
    into = f"{quoted(table._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        while some := list(islice(rows, _AT_ONCE)):
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", some)  # noqa: S608


def _row(columns: list[Any], line: bytes) -> list[Any]:
    values = orjson.loads(line)
    return [
        column.get_db_prep_save(column.to_python(value), connection)
        for column, value in zip(columns, values, strict=True)
    ]
