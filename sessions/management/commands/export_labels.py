from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from models.labels import write
from sessions.labels import labelled_sets


class Command(BaseCommand):
    help = "Writes reviewed corrections of athletes who share them, as data to train with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, help="a folder, new or empty")

    def handle(self, *, out: Path, **_: Any) -> None:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise CommandError(f"{out} is not an empty folder.")
        count = write(labelled_sets(), out)
        self.stdout.write(f"{count} sets in {out}.")
