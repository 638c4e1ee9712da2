"""The Celery application; its settings are the `CELERY_…` names of `config.settings`."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# `setup` and `serve` check the project; here that would load every page, and a worker has none.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

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


@worker_process_init.connect
def keep_what_is_loaded(**_: object) -> None:
    """Called in every child of the pool: what is there by now stays, and to look through it for
    garbage again and again would take time, and copy pages that it shares with its parent."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@worker_process_init.connect
def only_send(**_: object) -> None:
    """Called in every child of the pool: nobody connects to it, so nothing is to be received."""
    from channels.layers import channel_layers
    from django.conf import settings

    from config.publishing import RedisPublisher

    if not settings.EMBEDDED:
        channel_layers.set("default", RedisPublisher(settings.REDIS_URL))
