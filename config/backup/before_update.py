"""A copy of SQLite's file before its tables change: who updates by hand has not thought of one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

KEPT: Final = 3


def copy_before_update() -> Path | None:
    """Made whole by SQLite itself, also while a server runs; None where nothing will change.

    The three newest stay. Erasing a person removes all of them (`accounts.traces`).
    """
    if connection.vendor != "sqlite" or not connection.introspection.table_names():
        return None
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    folder = Path(settings.DATA_DIR)
    copy = folder / datetime.now(UTC).strftime("before-%Y%m%dT%H%M%SZ.sqlite3")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        copy.chmod(0o600)
        source.backup(target)
    for old in sorted(folder.glob("before-*.sqlite3"))[:-KEPT]:
        old.unlink()
    return copy
