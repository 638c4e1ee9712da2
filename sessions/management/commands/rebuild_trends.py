from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from sessions.trends import refresh


class Command(BaseCommand):
    help = "Makes the trends of all athletes again, from the results of their sets."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        athletes = User.objects.exclude(workouts=None).values_list("id", flat=True)
        for athlete_id in athletes:
            refresh(athlete_id)
        self.stdout.write(f"Trends of {len(athletes)} athletes made again.")
