"""The Celery application; its settings are the `CELERY_…` names of `config.settings`."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

PLACES_OF_TASKS = ("sessions.portable", "coach.digest")  # beside every app's own `tasks`


def make_app(name: str, *, is_current: bool = True) -> Celery:
    made = Celery(name, set_as_current=is_current)
    made.config_from_object("django.conf:settings", namespace="CELERY")
    made.autodiscover_tasks()
    made.autodiscover_tasks(list(PLACES_OF_TASKS))
    return made


app = make_app("posecoach")

SWEEPS = (
    "sessions.tasks.sweep",
    "sessions.tasks.sweep_trends",
    "sessions.portable.tasks.sweep_imports",
    "accounts.tasks.sweep_notifications",
    "coach.tasks.sweep_links",
    "coach.tasks.sweep_statuses",
)


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Called when a worker is up: what was left undone need not wait for the next minute."""
    for sweep in SWEEPS:
        app.send_task(sweep)
