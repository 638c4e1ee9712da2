"""Database, cache, sockets, and the work that is done behind the scenes."""

from typing import Any

from celery.schedules import crontab
from kombu import Exchange, Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.env import REDIS_URL as _REDIS_URL
from config.env import database

EMBEDDED = not _REDIS_URL
DATABASES = {"default": database()}

if EMBEDDED:
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    CHANNEL_LAYERS: dict[str, Any] = {"default": {"BACKEND": "config.layers.EmbeddedChannelLayer"}}
    CELERY_BROKER_URL = "memory://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.02}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": _REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)},
        }
    }
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "config.redis_layer.RedisChannelLayer",
            "CONFIG": {"hosts": [_REDIS_URL]},
        }
    }
    CELERY_BROKER_URL = _REDIS_URL
    # A write is stored before it is queued, and `sweep` queues it again: no request waits long.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }

LIVE_QUEUE, TRENDS_QUEUE, BATCH_QUEUE = "celery", "trends", "batch"
CELERY_TASK_DEFAULT_QUEUE = LIVE_QUEUE
# What a worker takes from in turn, unless it is told other queues: a live count waits for one
# trend, never for a thousand.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in (LIVE_QUEUE, TRENDS_QUEUE)
]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# Long work has a queue, and a worker, of its own: no live count waits behind it.
# A sweep stands behind what it has queued before: it finds that done, and queues nothing twice.
# What waits for a mail server or a push service, and what is done at night, is nobody's live count.
_BEHIND = {
    TRENDS_QUEUE: (
        "sessions.tasks.sweep_trends", "sessions.tasks.refresh_trend",
        "coach.tasks.sweep_statuses", "coach.tasks.refresh_status", "coach.tasks.sweep_links",
    ),
    BATCH_QUEUE: (
        "sessions.tasks.advance_rescore", "sessions.tasks.remove_old_keypoints",
        "coach.tasks.remove_old_looks", "coach.digest.tasks.send_digests",
        "coach.digest.tasks.send_digest", "accounts.tasks.sweep_notifications",
        "accounts.tasks.push_notifications", "accounts.tasks.mail_notifications",
        "accounts.tasks.forget_sign_ins", "accounts.tasks.remove_old_audit",
    ),
}  # fmt: skip
CELERY_TASK_ROUTES = {task: {"queue": queue} for queue, tasks in _BEHIND.items() for task in tasks}
CELERY_BEAT_SCHEDULE = {
    # A sweep older than `sessions.analysis.SETTLED_AFTER` would take what waits in the queue.
    "sweep": {
        "task": "sessions.tasks.sweep",
        "schedule": 60.0 if EMBEDDED else 5.0,
        "options": {"expires": 5.0},
    },
    "sweep_trends": {
        "task": "sessions.tasks.sweep_trends",
        "schedule": 60.0 if EMBEDDED else 5.0,
        "options": {"expires": 5.0},
    },
    "sweep_imports": {"task": "sessions.portable.tasks.sweep_imports", "schedule": 60.0},
    "sweep_notifications": {"task": "accounts.tasks.sweep_notifications", "schedule": 60.0},
    "send_digests": {"task": "coach.digest.tasks.send_digests", "schedule": crontab(minute=5)},
    "remove_old_keypoints": {
        "task": "sessions.tasks.remove_old_keypoints",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget_sign_ins": {
        "task": "accounts.tasks.forget_sign_ins",
        "schedule": crontab(hour=3, minute=40),
    },
    "remove_old_audit": {
        "task": "accounts.tasks.remove_old_audit",
        "schedule": crontab(hour=3, minute=50),
    },
    "remove_old_looks": {
        "task": "coach.tasks.remove_old_looks",
        "schedule": crontab(hour=3, minute=50),
    },
    "sweep_links": {"task": "coach.tasks.sweep_links", "schedule": 60.0},
    "sweep_statuses": {"task": "coach.tasks.sweep_statuses", "schedule": 60.0},
}
