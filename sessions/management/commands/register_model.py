from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from models.bundle import BundleError, of_folder, of_zip
from sessions.services.versions import version_register


class Command(BaseCommand):
    help = "Registers weights of a folder or zip, so that an admin can promote them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("weights", type=Path, help="such as models/weights, or a zip of it")

    def handle(self, *, weights: Path, **_: Any) -> None:
        try:
            if weights.is_file():
                with weights.open("rb") as file:
                    found = of_zip(file)
            else:
                found = of_folder(weights)
            version, is_new = version_register(found, by=None)
        except (BundleError, ValidationError) as error:
            told = error.messages[0] if isinstance(error, ValidationError) else str(error)
            raise CommandError(f"Not registered. {told}") from error
        self.stdout.write(
            f"{version} is registered. Promote it in /admin/."
            if is_new
            else f"{version} was registered before."
        )
