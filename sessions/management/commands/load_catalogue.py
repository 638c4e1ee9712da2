from typing import Any

from django.core.management.base import BaseCommand

from sessions.services.catalogue import catalogue_load


class Command(BaseCommand):
    help = "Brings the exercise catalogue into the database; what an admin has edited stays."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        self.stdout.write(f"{catalogue_load()} exercises in the catalogue.")
