"""`manage.py backup`: the whole database in one file, of one moment, whatever is going on."""

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup import rotation
from config.backup.dump import backup
from config.backup.errors import BackupError

PASSPHRASE = "BACKUP_PASSPHRASE"  # noqa: S105 (the name of a setting)


class Command(BaseCommand):
    help = (
        "Writes everything into FILE, or a file named by the time into a folder. "
        f"With {PASSPHRASE} in the environment the file is encrypted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("file", nargs="?", type=Path)
        where.add_argument("--into", type=Path, metavar="FOLDER")
        parser.add_argument("--keep-days", type=int, metavar="N",
                            help="with --into: remove older ones, never the newest")  # fmt: skip
        parser.add_argument("--every-hours", type=float, metavar="N",
                            help="with --into: go on, until stopped")  # fmt: skip

    def handle(
        self, *, file: Path | None, into: Path | None, keep_days: int | None,
        every_hours: float | None, verbosity: int, **_: Any,
    ) -> None:  # fmt: skip
        if into is None and (keep_days is not None or every_hours is not None):
            raise CommandError("--keep-days and --every-hours go with --into.")
        if file is not None:
            self._write(file, verbosity)
        while into is not None:
            self._write(into / rotation.name_of_now(), verbosity)
            for gone in rotation.remove_old(into, keep_days):
                self.stdout.write(f"{gone.name} is older than {keep_days} days and removed.")
            if every_hours is None:
                return
            time.sleep(every_hours * 3600)

    def _write(self, file: Path, verbosity: int) -> None:
        def told(line: str) -> None:
            if verbosity > 1:
                self.stdout.write(line)

        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        passphrase = os.environ.get(PASSPHRASE) or None
        try:
            manifest = backup(file, passphrase, told)
            rotation.write_erased(file.parent)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        rows = sum(member.rows for member in manifest.tables)
        size = file.stat().st_size / 1024**2
        sealed = "encrypted" if passphrase else f"not encrypted: set {PASSPHRASE} to change that"
        self.stdout.write(f"{file}: {rows} rows, {size:.1f} MiB, {sealed}.")
