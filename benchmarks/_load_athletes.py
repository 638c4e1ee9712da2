"""Athletes in the middle of a set, to make load: `python -m benchmarks._load_athletes 200`.

Writes rows straight into the database of the settings and prints, as JSON, what each athlete's
browser would know: session cookie, CSRF token, ids of workout and set.
"""

# ruff: noqa: E402 (Django is set up before its models are imported)

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.middleware.csrf import _get_new_csrf_string

from accounts.models import User
from sessions.models import WorkoutSession, WorkoutSet

store = import_module(settings.SESSION_ENGINE).SessionStore


def made(number: int) -> dict[str, str]:
    user = User.objects.create(email=f"{uuid4().hex}@example.org", password="!")
    began = datetime.now(UTC) - timedelta(minutes=5)
    workout = WorkoutSession.objects.create(
        id=uuid4(), athlete=user, started_at=began, time_zone="UTC", day=began.date()
    )
    one = WorkoutSet.objects.create(
        id=uuid4(), workout=workout, index=0, source="camera", started_at=began
    )
    session = store()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {
        "number": str(number),
        "session": session.session_key or "",
        "csrf": _get_new_csrf_string(),
        "workout": str(workout.pk),
        "set": str(one.pk),
    }


if __name__ == "__main__":
    print(json.dumps([made(number) for number in range(int(sys.argv[1]))]))
