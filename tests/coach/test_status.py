"""The status of an athlete: made from what there is, due when something happens."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from coach import status, tasks
from coach.models import AthleteStatus, Scope
from coach.services.links import grant_link
from sessions import trends
from sessions.models import Correction, Rep
from tests.coach.builders import NOW, a_plan, a_workout, do, planned_rows, squats
from tests.workouts.builders import Athlete

TODAY = NOW.date()


def told(athlete: User, now: datetime = NOW) -> dict[str, dict[str, Any]]:
    """Reasons by code, in their order."""
    status.refresh(athlete.pk, now)
    return {one["code"]: one for one in AthleteStatus.objects.get(athlete=athlete).reasons}


def codes(athlete: User, now: datetime = NOW) -> list[str]:
    return list(told(athlete, now))


@pytest.fixture
def coach(db: None) -> User:
    return User.objects.create_user("coach@example.org", is_coach=True)


def test_what_has_happened_since_makes_it_due(ada: Athlete) -> None:
    user = ada.user
    status.refresh(user.pk, timezone.now())
    assert not AthleteStatus.objects.get(athlete=user).due
    trends.refresh(user.pk)
    assert AthleteStatus.objects.get(athlete=user).due


def test_a_change_is_queued_once_it_is_committed(
    ada: Athlete,
    eve: Athlete,
    coach: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    grant_link(athlete=ada.user, coach=coach, scopes=[Scope.RESULTS])
    sent: list[Any] = []
    monkeypatch.setattr(tasks.refresh_status, "apply_async", lambda args, **_: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        trends.refresh(eve.user.pk)
        trends.refresh(ada.user.pk)
        assert sent == []
    assert sent == [(str(ada.user.pk),)]
    tasks.refresh_status(*sent[0])
    assert AthleteStatus.objects.filter(athlete=ada.user, due=False).exists()


def test_nobody_who_is_not_coached_is_swept(ada: Athlete, eve: Athlete, coach: User) -> None:
    grant_link(athlete=ada.user, coach=coach, scopes=[Scope.RESULTS])
    now = timezone.now() + timedelta(seconds=1)
    assert status.overdue(now) == [ada.user.pk]
    status.refresh(ada.user.pk, now)
    assert status.overdue(now) == []


def test_a_thousand_are_asked_for_at_once_and_the_rest_behind_them(
    ada: Athlete, eve: Athlete, coach: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (ada, eve):
        grant_link(athlete=one.user, coach=coach, scopes=[Scope.RESULTS])
    sent: list[tuple[str, Any]] = []

    def keep(name: str, args: Any, *_: Any, **__: Any) -> None:
        sent.append((name, args))

    for task in (tasks.refresh_status, tasks.sweep_statuses):
        monkeypatch.setattr(task, "apply_async", partial(keep, task.name))
    monkeypatch.setattr(status, "AT_ONCE", 1)
    first, second = sorted(str(one.user.pk) for one in (ada, eve))
    tasks.sweep_statuses.run()
    tasks.sweep_statuses.run(first)
    tasks.sweep_statuses.run(second)
    refresh, sweep = tasks.refresh_status.name, tasks.sweep_statuses.name
    assert sent == [
        (refresh, (first,)), (sweep, (first,)), (refresh, (second,)), (sweep, (second,)),
    ]  # fmt: skip


def test_a_day_begins_where_the_athlete_is(ada: Athlete, coach: User) -> None:
    grant_link(athlete=ada.user, coach=coach, scopes=[Scope.RESULTS])
    User.objects.filter(pk=ada.user.pk).update(time_zone="Asia/Tokyo")
    late = datetime(2030, 3, 2, 14, 30, tzinfo=UTC)  # 23:30 in Tokyo
    status.refresh(ada.user.pk, late)
    assert status.overdue(late) == []
    assert status.overdue(late + timedelta(hours=1)) == [ada.user.pk]


def test_two_missed_are_a_reason_and_one_is_a_note(ada: Athlete) -> None:
    plan = a_plan(ada.user, weekdays=(0, 2, 4), starts_on=date(2026, 3, 2))
    first, second, third = planned_rows(plan)[:3]
    do(first, *squats(8, 8, 8))
    assert codes(ada.user, NOW + timedelta(days=3)) == ["missed_one", "resting"]
    assert "missed" in codes(ada.user, NOW + timedelta(days=5))
    row = AthleteStatus.objects.get(athlete=ada.user)
    missed = next(one for one in row.reasons if one["code"] == "missed")
    assert missed["figures"] == {"workouts": 2}
    assert missed["target"]["planned"] == str(third.id)
    assert [cell["percent"] for cell in row.week] == [100, None, 0, None, 0, None, None]
    assert second.day < third.day


def test_a_dispute_leads_to_the_repetition_and_ends_with_the_coach(
    ada: Athlete, coach: User
) -> None:
    workout = a_workout(ada.user, TODAY, *squats(8, rep_count=10, exercise="squat"))
    one = workout.sets.get()
    said = [
        Correction.objects.create(
            set=one, kind="not_a_rep", start_ms=1000 * n, end_ms=1000 * n + 900, author=ada.user
        )
        for n in (3, 4)
    ]
    for n in range(10):
        Rep.objects.create(
            set=one, index=n, start_ms=1000 * n, turn_ms=1000 * n + 400, end_ms=1000 * n + 900,
            down_s=0.4, pause_s=0, up_s=0.5, confidence=1, model_version="m",
            correction=said[n - 3] if n in (3, 4) else None,
        )  # fmt: skip
    reason = told(ada.user)["disputed"]
    assert reason["target"]["set"] == str(one.id)
    assert (reason["target"]["rep"], reason["target"]["t_ms"]) == (4, 3000)
    Correction.objects.create(set=one, kind="count", rep_count=8, author=coach)
    assert "disputed" not in codes(ada.user)


def test_pain_is_a_reason_until_it_is_milder(ada: Athlete) -> None:
    workout = a_workout(ada.user, TODAY - timedelta(days=2), *squats(8))
    type(workout).objects.filter(pk=workout.pk).update(pain_level=5, pain_area="knee")
    assert codes(ada.user)[0] == "pain"
    later = a_workout(ada.user, TODAY, *squats(8))
    assert codes(ada.user)[0] == "pain", "a workout in which nothing was said takes nothing back"
    type(later).objects.filter(pk=later.pk).update(pain_level=0)
    assert "pain" not in codes(ada.user)


def test_falling_range_is_said_when_it_is_sure(ada: Athlete) -> None:
    for nth, rom_deg in enumerate((110, 108, 105, 103, 100, 97)):
        workout = a_workout(
            ada.user, TODAY - timedelta(days=15 - 3 * nth),
            *squats(3, rep_count=3, exercise="squat", rom_deg=rom_deg, model_version="m"),
        )  # fmt: skip
        one = workout.sets.get()
        Rep.objects.bulk_create(
            Rep(
                set=one, index=n, start_ms=1000 * n, turn_ms=1000 * n + 400, end_ms=1000 * n + 900,
                rom_deg=rom_deg - n, down_s=0.4, pause_s=0, up_s=0.5, confidence=1,
                model_version="m",
            )
            for n in range(3)
        )  # fmt: skip
    trends.refresh(ada.user.pk)
    reason = told(ada.user)["range_falling"]
    assert reason["figures"] == {"exercise": "squat", "percent": 12, "days": 15, "detail": ""}
    assert reason["target"]["set"] == str(one.id)
    assert (reason["target"]["rep"], reason["target"]["t_ms"]) == (3, 2400)


def test_of_who_is_gone_there_is_no_status(ada: Athlete) -> None:
    User.objects.filter(pk=ada.user.pk).update(is_active=False)
    for gone in (ada.user.pk, uuid4()):
        status.refresh(gone, NOW)
    assert not AthleteStatus.objects.exists()
