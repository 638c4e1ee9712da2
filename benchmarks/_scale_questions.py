"""What is asked of either database: pages as browsers ask for them, and the sweeps of the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from benchmarks._scale_rows import WHOLE

Ask = Callable[[], object]
ADMIN: Final = {
    "users": "accounts/user/",
    "workouts": "workouts/workoutsession/",
    "sets": "workouts/workoutset/",
    "sets, page 40": "workouts/workoutset/?p=40",
    "clips": "workouts/clip/",
    "reps": "workouts/rep/",
    "trend days": "workouts/trendday/",
    "planned": "coach/plannedworkout/",
    "notifications": "accounts/notification/",
    "jobs": "jobs/",
}


@dataclass(frozen=True, slots=True)
class Question:
    """ready: gets ready for the whole athlete of this number, and answers what is to be timed.

    personal: it is another question for each athlete.
    """

    name: str
    ready: Callable[[int], Ask]
    personal: bool = True


def questions(people: int) -> list[Question]:
    return [*_own(people), *_coach(people), *_admin(), *_sweeps()]


def _athlete(person: int, people: int) -> Any:
    """Of those with everything; the coach's athletes are among them."""
    from accounts.models import User

    whole = User.objects.filter(keypoints_days__isnull=False).order_by("pk")
    return whole[person * (WHOLE // people)]


def _get(who: Any, path: str) -> Ask:
    from django.test import Client

    client = Client()
    client.force_login(who)
    # An export asks whether this is still the one who signed in.
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()

    def ask() -> None:
        answer: Any = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
        if answer.streaming:
            next(iter(answer.streaming_content))

    return ask


def _paths(athlete: Any) -> dict[str, str]:
    """Of the athlete's own pages. An older page of the history is as deep as half of it."""
    newest = athlete.workouts.order_by("-started_at")
    workout, middle = newest[1], newest[newest.count() // 2]
    one_set = workout.sets.order_by("index")[0]
    today = datetime.now(UTC).date()
    days = f"from={today - timedelta(days=30)}&to={today + timedelta(days=30)}"
    year = f"from={today - timedelta(days=365)}&to={today}"
    return {
        "home": "home",
        "history": "workouts?limit=20",
        "history, older": f"workouts?limit=20&before={middle.pk}",
        "calendar": f"calendar?{days}",
        "calendar, a year": f"calendar?{year}",
        "trends, a year": "trends?period=year",
        "trends, all": "trends?period=all&by=month",
        "records": "records",
        "workout": f"workouts/{workout.pk}",
        "set": f"sets/{one_set.pk}",
        "frames": f"sets/{one_set.pk}/frames",
        "exercises": "exercises",
        "plans": "plans",
        "planned": f"planned?{days}",
        "compliance": "compliance?weeks=12",
        "threads": "threads",
        "notifications": "notifications",
        "access log": "access-log",
        "report": f"report?{days.split('&')[0]}&to={today}",
        "export, first bytes": "export",
    }


def _own(people: int) -> list[Question]:
    def ready(name: str) -> Callable[[int], Ask]:
        def of(person: int) -> Ask:
            athlete = _athlete(person, people)
            return _get(athlete, f"/api/{_paths(athlete)[name]}")

        return of

    names = (
        "home", "history", "history, older", "calendar", "calendar, a year", "trends, a year",
        "trends, all", "records", "workout", "set", "frames", "exercises", "plans", "planned",
        "compliance", "threads", "notifications", "access log", "report", "export, first bytes",
    )  # fmt: skip
    return [Question(name, ready(name)) for name in names]


def _coach(people: int) -> list[Question]:
    from accounts.models import User

    def coach() -> Any:
        return User.objects.get(email="coach@bench.example")

    def timeline(person: int) -> Ask:
        return _get(coach(), f"/api/athletes/{_athlete(person, people).pk}/timeline?limit=20")

    def threads(person: int) -> Ask:
        return _get(coach(), f"/api/athletes/{_athlete(person, people).pk}/threads")

    return [
        Question("roster of 500", lambda _: _get(coach(), "/api/athletes"), personal=False),
        Question("coach's timeline", timeline),
        Question("coach's threads", threads),
    ]


def _admin() -> list[Question]:
    from accounts.models import User

    def ready(path: str) -> Callable[[int], Ask]:
        return lambda _: _get(User.objects.get(email="admin@bench.example"), f"/admin/{path}")

    return [Question(f"admin: {name}", ready(path), personal=False) for name, path in ADMIN.items()]


def _sweeps() -> list[Question]:
    """What the clock asks for every few seconds, minutes, hours and nights, with nothing due."""
    from django.utils import timezone

    from accounts.notifications import sending
    from coach import expired, status
    from coach.digest.sending import due
    from sessions import abandoned, analysis, rescoring, retention, trends
    from sessions.portable import tasks as imports

    sweeps: dict[str, Ask] = {
        "sets to analyse": analysis.overdue,
        "sets left open": abandoned.finish_abandoned,
        "trends due": trends.overdue,
        "re-scores": rescoring.overdue,
        "imports": imports._forget_old_files,
        "statuses due": lambda: status.overdue(timezone.now()),
        "links over": lambda: expired.links_run_out(timezone.now()),
        "to push": sending.to_push,
        "to mail": sending.to_mail,
        "digests": lambda: due(timezone.now()),
        "retention": retention.remove_old_keypoints,
    }

    def ready(sweep: Ask) -> Callable[[int], Ask]:
        return lambda _: sweep

    return [Question(f"sweep: {name}", ready(one), False) for name, one in sweeps.items()]
