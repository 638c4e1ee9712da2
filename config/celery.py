"""The Celery application; its settings are the `CELERY_…` names of `config.settings`."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("posecoach")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["sessions.portable", "coach.digest"])

SWEEPS = (
    "sessions.tasks.sweep",
    "sessions.portable.tasks.sweep_imports",
    "accounts.tasks.sweep_notifications",
    "coach.tasks.sweep_statuses",
)


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Called when a worker is up: what was left undone need not wait for the next minute."""
    for sweep in SWEEPS:
        app.send_task(sweep)
