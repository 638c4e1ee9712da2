"""`manage.py restore`: a backup in the place of the database, whole or not at all."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup.errors import BackupError
from config.backup.restore import restore
from config.management.commands.backup import PASSPHRASE


class Command(BaseCommand):
    help = "Reads a backup of PostgreSQL or SQLite into this database. Stop the server first."
    requires_system_checks: list[str] = []  # a database that is not there yet is no fault here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true",
                            help="give up what is in this database")  # fmt: skip

    def handle(self, *, file: Path, replace: bool, **_: Any) -> None:
        passphrase = os.environ.get(PASSPHRASE) or None
        try:
            manifest = restore(file, passphrase, replace=replace, told=self.stdout.write)
        except (BackupError, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(
            f"Restored as of {manifest.made_at}. "
            "Run `python manage.py setup`, then start the server."
        )
