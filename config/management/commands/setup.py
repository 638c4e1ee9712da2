"""`manage.py setup`: everything between an empty folder and a server that can start."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from coach.services.programmes import programmes_load
from config.backup.before_update import copy_before_update
from config.demo import PASSWORD, load
from sessions.services.versions import version_register_shipped


class Command(BaseCommand):
    help = "Migrates, loads the exercise catalogue and, where it may, the demo people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--demo", action="store_true", default=settings.DEMO)
        choice.add_argument("--no-demo", action="store_false", dest="demo")

    def handle(self, *, demo: bool, **_: Any) -> None:
        if copy := copy_before_update():
            self.stdout.write(f"The database as it was before this update: {copy}")
        call_command("migrate", verbosity=0)
        self.stdout.write("Database is up to date.")
        call_command("load_catalogue", stdout=self.stdout)
        self.stdout.write(f"{programmes_load()} programmes.")
        self.stdout.write(f"Counting with {version_register_shipped()}.")
        if demo:
            self._load_demo()

    def _load_demo(self) -> None:
        for person in load():
            self.stdout.write(f"{person.role:8} {person.email}  password: {PASSWORD}")
