"""How many clips a second one server process takes, end to end, beside a nested serializer.

End to end: routing, session, permission, limits, parsing, transaction and rows, for 5 s clips of
30 frames/s, in binary; on the database of the settings (DATABASE_URL), in a test database of its
own. Analysis is not part of it: the queue is left alone.
Against: the same request path up to the view, where a nested DRF serializer reads the JSON of the
same clip and stores one JSON field's worth of it, as a first version would.
Prints one JSON line: clips per second, and how many times the other's that is.
"""

# ruff: noqa: E402 (Django is set up before its models are imported)

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
import numpy as np

django.setup()

import orjson
from celery import Task
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.urls import path
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from benchmarks._common import report
from models.clip import CONTENT_TYPE, Clip, encode
from sessions import urls
from sessions.apis.sets import ClipApi
from sessions.models import Clip as ClipRow
from sessions.services.locks import set_locked
from sessions.services.sets import set_start
from sessions.services.workouts import workout_start

FRAMES, FPS, CLIPS, ROUNDS = 150, 30, 10, 5


class KeypointForm(serializers.Serializer[Any]):
    x = serializers.FloatField(min_value=0, max_value=1)
    y = serializers.FloatField(min_value=0, max_value=1)
    score = serializers.FloatField(min_value=0, max_value=1)


class FrameForm(serializers.Serializer[Any]):
    t_ms = serializers.IntegerField(min_value=0)
    keypoints = KeypointForm(many=True)


class ClipForm(serializers.Serializer[Any]):
    frames = FrameForm(many=True)


class NaiveClipApi(APIView):
    """The clip view as a nested serializer has it."""

    parser_classes = (JSONParser,)

    def put(self, request: Request, set_id: Any, index: int) -> Response:
        form = ClipForm(data=request.data)
        form.is_valid(raise_exception=True)
        payload = orjson.dumps(form.validated_data)
        with transaction.atomic():
            row = set_locked(athlete=request.user, set_id=set_id)  # type: ignore[arg-type]
            ClipRow.objects.create(
                set=row, index=index, estimator="other", width_px=640, height_px=480,
                start_ms=0, end_ms=4999, frames=FRAMES, payload=payload, set_revision=0,
            )  # fmt: skip
        return Response(status=202)


def main() -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    Task.apply_async = lambda *_, **__: None  # type: ignore[method-assign]
    ClipApi.throttle_classes = ()
    try:
        measure()
    finally:
        teardown_databases(databases, verbosity=0)


def measure() -> None:
    urls.urlpatterns.append(path("naive/<uuid:set_id>/<int:index>", NaiveClipApi.as_view()))
    user = User.objects.create_user("bench@example.org")
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    rng = np.random.default_rng(0)
    sent = [_clip(rng, index) for index in range(CLIPS)]
    naive = [_naive(clip) for clip in sent]
    binary = [encode(clip) for clip in sent]

    def ours(set_id: object, index: int) -> int:
        url = f"/api/sets/{set_id}/clips/{index}"
        return client.put(url, binary[index], content_type=CONTENT_TYPE).status_code

    def theirs(set_id: object, index: int) -> int:
        url = f"/api/naive/{set_id}/{index}"
        return client.put(url, naive[index], content_type="application/json").status_code

    spent = _spent((ours, theirs), user, len(binary))
    per_s, naive_per_s = (1 / median(times) for times in spent)
    against = f"a nested serializer's {naive_per_s:.1f}, both on {connection.vendor}"
    report("ingest", per_s, "clips/s", per_s / naive_per_s, against)


def _spent(
    puts: tuple[Callable[[object, int], int], ...], user: User, clips_a_set: int
) -> list[list[float]]:
    """Seconds of each request, by way of putting; taken in turns, so that a busy machine
    disturbs them alike."""
    spent: list[list[float]] = [[] for _ in puts]
    for _ in range(ROUNDS):
        for put, times in zip(puts, spent, strict=True):
            set_id = _new_set(user)
            for index in range(clips_a_set):
                begin = time.perf_counter()
                status = put(set_id, index)
                times.append(time.perf_counter() - begin)
                if status != 202:
                    raise SystemExit(f"answered {status}")
    return spent


def _new_set(user: User) -> object:
    now = datetime.now(UTC)
    workout = workout_start(athlete=user, workout_id=uuid4(), started_at=now, time_zone="UTC")
    return set_start(
        athlete=user, set_id=uuid4(), workout_id=workout.id, exercise=None,
        source="camera", started_at=now,
    ).id  # fmt: skip


def _clip(rng: np.random.Generator, index: int) -> Clip:
    t_ms = np.round(np.arange(FRAMES) * 1000 / FPS).astype(np.int64) + index * 5000
    return Clip("other", 640, 480, t_ms, rng.random((FRAMES, 17, 3), np.float32))


def _naive(clip: Clip) -> bytes:
    frames = [
        {
            "t_ms": int(t),
            "keypoints": [{"x": float(x), "y": float(y), "score": float(s)} for x, y, s in pose],
        }
        for t, pose in zip(clip.t_ms, clip.poses, strict=True)
    ]
    return orjson.dumps({"frames": frames})


if __name__ == "__main__":
    main()
