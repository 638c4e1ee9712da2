"""The weekly digest: on Monday at seven where the reader is, once, of what was granted."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.models import NotificationSettings, User
from accounts.services import user_create
from coach.digest import sending, tasks
from coach.models import Access, AthleteStatus, CoachLink
from coach.reasons import Code, Reason, Target
from coach.services.links import grant_link
from sessions.services.catalogue import catalogue_load
from tests.coach.builders import SQUATS, a_plan, a_workout, do, planned_rows, squats

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 3, 8, 22, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 7, 5, tzinfo=UTC)


@pytest.fixture
def ada(settings: Settings) -> User:
    catalogue_load()
    settings.PUBLIC_URL = "https://coach.example"
    return user_create(email="ada@example.org", password="three calm otters", display_name="Ada")


@pytest.fixture
def tom() -> User:
    tom = user_create(email="tom@example.org", password="three calm otters", display_name="Tom")
    tom.is_coach = True
    tom.save()
    return tom


def link(athlete: User, coach: User, *scopes: str) -> None:
    """Since two months before."""
    grant_link(athlete=athlete, coach=coach, scopes=scopes)
    CoachLink.objects.update(granted_at=MONDAY - timedelta(days=60))


def status(athlete: User, *reasons: Reason) -> None:
    told = [reason.told() for reason in reasons]
    AthleteStatus.objects.update_or_create(
        athlete=athlete,
        defaults={"day": MONDAY.date(), "reasons": told, "computed_at": MONDAY, "due": False},
    )


PAIN = Reason(Code.PAIN, "results", {"level": 5, "area": "knee", "days": 1}, Target("athlete"))  # type: ignore[arg-type]
MISSED = Reason(Code.MISSED, "plan", {"workouts": 2}, Target("athlete"))  # type: ignore[arg-type]
RANGE = Reason(
    Code.RANGE_FALLING, "results", {"exercise": "squat", "percent": 12, "days": 21, "detail": ""},
    Target("athlete"),
)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "at", "is_due"),
    [
        ("UTC", "2026-03-09T06:59+00:00", False),
        ("UTC", "2026-03-09T07:00+00:00", True),
        ("UTC", "2026-03-09T23:59+00:00", True),
        ("UTC", "2026-03-10T07:05+00:00", False),
        ("Asia/Tokyo", "2026-03-08T22:05+00:00", True),
        ("America/Los_Angeles", "2026-03-09T13:59+00:00", False),
        ("America/Los_Angeles", "2026-03-09T14:05+00:00", True),
    ],
)
def test_it_is_due_on_monday_from_seven_where_the_reader_is(
    ada: User, zone: str, at: str, is_due: bool
) -> None:
    User.objects.update(time_zone=zone)
    assert (ada.pk in sending.due(datetime.fromisoformat(at))) is is_due


def test_an_athlete_reads_their_week(ada: User) -> None:
    plan = a_plan(ada, [SQUATS], weekdays=(0, 3), weeks=2)
    do(planned_rows(plan)[0], *squats(8, 8, 8, active_s=120))
    sending.send(ada.pk, MONDAY)
    [sent] = mail.outbox
    assert sent.subject == "PoseCoach: Your week"
    assert "Hello Ada," in sent.body
    assert "Last week: 1 workout, 3 sets, 24 repetitions, 6 minutes in motion." in sent.body
    assert "Your weekly goal is 3." in sent.body
    assert "Of your plan: 1 of 2 workouts." in sent.body
    assert "2 workouts are planned for this week." in sent.body
    assert "https://coach.example/profile#notifications" in sent.body
    assert "Your athletes" not in sent.body


def test_who_reached_the_weekly_goal_reads_so(ada: User) -> None:
    for day in (3, 5, 8):
        a_workout(ada, date(2026, 3, day), *squats(8))
    sending.send(ada.pk, MONDAY)
    [sent] = mail.outbox
    assert "Last week: 3 workouts, 3 sets, 24 repetitions" in sent.body
    assert "That is your weekly goal of 3." in sent.body


def test_who_did_not_train_last_week_is_told_kindly(ada: User) -> None:
    a_workout(ada, date(2026, 2, 27), *squats(8))
    sending.send(ada.pk, MONDAY)
    [sent] = mail.outbox
    assert "Last week you did not train. A short workout is a good beginning." in sent.body
    assert "Your weekly goal is 3." in sent.body
    assert "plan" not in sent.body.lower()


def test_once_a_week_however_often_it_is_asked(ada: User) -> None:
    a_workout(ada, date(2026, 3, 4), *squats(8))
    for hours in range(4):
        sending.send(ada.pk, MONDAY + timedelta(hours=hours))
    assert len(mail.outbox) == 1
    assert sending.due(MONDAY) == []
    assert sending.due(MONDAY + timedelta(days=7)) == [ada.pk]


def test_many_are_asked_for_one_slice_behind_the_other(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = User.objects.create_user("eve@example.org", time_zone=ada.time_zone)
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    first, second = sorted((ada.pk, other.pk))
    assert sending.due(MONDAY) == [first]
    assert sending.due(MONDAY, first) == [second]
    assert sending.due(MONDAY, second) == []


def test_the_task_goes_on_behind_a_full_slice(
    ada: User, tom: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(sending, "due", lambda _now, after: people if after is None else people[1:])
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    for task in (tasks.send_digest, tasks.send_digests):
        monkeypatch.setattr(
            task, "delay", partial(lambda name, who: asked.append((name, who)), task.name)
        )
    people = [ada.pk, tom.pk]
    tasks.send_digests.run()
    each, rest = tasks.send_digest.name, tasks.send_digests.name
    assert asked == [(each, str(ada.pk)), (each, str(tom.pk)), (rest, str(tom.pk))]
    tasks.send_digests.run(str(ada.pk))
    assert asked[3:] == [(each, str(tom.pk))], "a slice that is not full is the last"


def test_too_early_nothing_is_sent(ada: User) -> None:
    a_workout(ada, date(2026, 3, 4), *squats(8))
    sending.send(ada.pk, SUNDAY)
    assert mail.outbox == []
    assert not NotificationSettings.objects.filter(digest_sent_on__isnull=False).exists()


def test_who_has_switched_it_off_gets_none(ada: User) -> None:
    NotificationSettings.objects.create(user=ada, weekly_digest=False)
    a_workout(ada, date(2026, 3, 4), *squats(8))
    assert sending.due(MONDAY) == []
    sending.send(ada.pk, MONDAY)
    assert mail.outbox == []


def test_who_stopped_long_ago_is_left_in_peace(ada: User) -> None:
    a_workout(ada, date(2026, 1, 4), *squats(8))
    sending.send(ada.pk, MONDAY)
    assert mail.outbox == []
    assert sending.due(MONDAY) == []


def test_a_mail_server_that_is_down_is_asked_again(
    ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected("gone")

    a_workout(ada, date(2026, 3, 4), *squats(8))
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", down)
        sending.send(ada.pk, MONDAY)
    assert sending.due(MONDAY) == [ada.pk]


def test_a_coach_reads_who_needs_them_and_why(ada: User, tom: User) -> None:
    bob = User.objects.create_user("bob@example.org", display_name="Bob")
    for athlete in (ada, bob):
        link(athlete, tom, "results", "plan")
    status(ada, PAIN, MISSED, RANGE)
    status(bob)
    sending.send(tom.pk, MONDAY)
    [sent] = mail.outbox
    assert (
        "Ada: pain reported, 5 of 10; missed 2 planned workouts in a row; "
        "Squat: range down 12 % in 21 days\n"
    ) in sent.body
    assert f"https://coach.example/coach/athletes/{ada.pk}\n" in sent.body
    assert "Bob" not in sent.body
    assert "On track: 1." in sent.body
    assert [one.athlete for one in Access.objects.all()] == [ada]


def test_a_coach_reads_only_what_was_granted(ada: User, tom: User) -> None:
    link(ada, tom, "plan")
    status(ada, PAIN, MISSED)
    sending.send(tom.pk, MONDAY)
    [sent] = mail.outbox
    assert "Ada: missed 2 planned workouts in a row\n" in sent.body
    assert "pain" not in sent.body


@pytest.mark.parametrize(
    ("code", "figures", "words"),
    [
        (Code.MISSED, {"workouts": 1}, "missed 1 planned workout"),
        (Code.NO_DATA, {"ever": False, "days": 12}, "has not begun yet"),
        (Code.NO_DATA, {"ever": True, "days": 12}, "no workout for 12 days"),
        (Code.DISPUTED, {"exercise": "squat", "machine": 12, "athlete": 10},
         "Squat: count disputed, 12 counted, 10 said"),
        (Code.ASYMMETRY, {"exercise": "lunge", "percent": 14}, "Lunge: one side reaches 14 % less"),
        (Code.FINDINGS, {"exercise": "squat", "percent": 40},
         "Squat: findings in 40 % of the repetitions"),
        (Code.LOAD_HIGH, {"ratio": 1.6}, "1.6 times the usual load this week"),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence_with_its_figures(
    ada: User, tom: User, code: Code, figures: dict[str, Any], words: str
) -> None:
    link(ada, tom, "results")
    status(ada, Reason(code, None, figures, Target("athlete")))
    sending.send(tom.pk, MONDAY)
    [sent] = mail.outbox
    assert f"Ada: {words}\n" in sent.body


def test_every_reason_that_asks_has_words_in_the_readers_language(ada: User, tom: User) -> None:
    tom.language = "de"
    tom.save()
    link(ada, tom, "results", "plan")
    status(ada, PAIN, MISSED, RANGE)
    sending.send(tom.pk, MONDAY)
    [sent] = mail.outbox
    assert sent.subject == "PoseCoach: Deine Woche"
    assert "Kniebeuge: Bewegungsumfang 12 % kleiner in 21 Tagen" in sent.body


def test_a_coach_of_nobody_who_does_not_train_gets_none(tom: User) -> None:
    sending.send(tom.pk, MONDAY)
    assert mail.outbox == []


def test_who_is_gone_gets_none(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    sending.send(ada.pk, MONDAY)
    assert mail.outbox == []
