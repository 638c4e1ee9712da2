"""The pages of admin about work and health, and the checks behind them."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from celery import shared_task
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from config import jobs, live_checks, runs, wellbeing, work
from config.checks import error
from models.registry import RegistryError
from sessions.models import Import, ModelVersion, Rescore, TaskRun, WorkoutSet
from sessions.services.catalogue import catalogue_load
from tests.workouts.builders import add_set
from tests.workouts.conftest import Queue, queue  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def staff(db: None) -> Client:
    catalogue_load()
    client = Client()
    client.force_login(
        User.objects.create_superuser("root@example.org", "three calm otters"), BACKEND
    )
    return client


@pytest.fixture
def failed(staff: Client) -> WorkoutSet:
    user = User.objects.create_user("ada@example.org")
    return add_set(user, revision=2, analyzed_revision=1, failures=5, last_error="ValueError: boom")


def test_a_failed_set_is_shown_with_its_error_and_tried_again(
    staff: Client,
    failed: WorkoutSet,
    queue: Queue,  # noqa: F811
) -> None:
    page = staff.get("/admin/jobs/").content.decode()
    assert "ValueError: boom" in page
    staff.post("/admin/jobs/again/", {"kind": "set", "key": str(failed.pk)})
    failed.refresh_from_db()
    assert failed.failures == 0
    assert [task.name.rpartition(".")[2] for task, _ in queue.waiting] == ["answer_door"]


def test_all_failed_ones_at_once(staff: Client, failed: WorkoutSet, queue: Queue) -> None:  # noqa: F811
    staff.post("/admin/jobs/again/", {"kind": "sets"})
    assert len(queue.waiting) == 1


@pytest.mark.parametrize("data", [{}, {"kind": "x"}, {"kind": "set", "key": "x"},
                                  {"kind": "set", "key": str(uuid4())},
                                  {"kind": "rescore", "key": str(uuid4())}])  # fmt: skip
def test_nonsense_is_refused_kindly(staff: Client, data: dict[str, str]) -> None:
    page = staff.post("/admin/jobs/again/", data, follow=True)
    assert page.status_code == 200
    assert "errornote" in page.content.decode() or "error" in page.content.decode()


def test_nobody_else_sees_them(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("ada@example.org"), BACKEND)
    for path in ("/admin/jobs/", "/admin/health/"):
        assert client.get(path).status_code == 302
    assert client.post("/admin/jobs/again/", {"kind": "sets"}).status_code == 302


def test_room_is_told_by_kind_and_by_athlete(staff: Client, failed: WorkoutSet) -> None:
    failed.clips.create(
        index=0, estimator="x", width_px=1, height_px=1, start_ms=0, end_ms=1, frames=1,
        payload=bytes(2048), sha256="", set_revision=1,
    )  # fmt: skip
    cache.clear()
    page = staff.get("/admin/jobs/").content.decode()
    assert "2.0" in page
    assert "ada@example.org" in page


@shared_task(name="tests.recorded")
def recorded_task() -> None:
    """Stands for one of the clock's."""


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(runs, "recorded", lambda: {"tests.recorded"})
    return "tests.recorded"


@pytest.mark.django_db
def test_runs_are_remembered_with_their_outcome(recorded: str) -> None:
    for state, value in (("SUCCESS", None), ("FAILURE", ValueError("boom"))):
        key = str(uuid4())
        runs.begun(task_id=key, task=recorded_task)
        assert TaskRun.objects.get(pk=key).outcome == "running"
        runs.ended(task_id=key, task=recorded_task, state=state, retval=value)
    assert sorted(TaskRun.objects.values_list("outcome", "error")) == [
        ("done", ""), ("failed", "ValueError: boom"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_run_whose_worker_died_is_lost_and_old_ones_are_forgotten(
    recorded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "KEPT", 1)
    long_ago = timezone.now() - timedelta(hours=1)
    for _ in range(3):
        TaskRun.objects.create(name=recorded, started_at=long_ago)
    runs.begun(task_id=str(uuid4()), task=recorded_task)
    outcomes = list(TaskRun.objects.values_list("outcome", flat=True))
    assert outcomes.count("lost") == 3
    assert outcomes.count("running") == 1


@pytest.mark.django_db
def test_a_silent_clock_is_an_error_and_a_running_one_is_not() -> None:
    assert live_checks.beat_runs()[0].id == "posecoach.E009"
    TaskRun.objects.create(name=live_checks.SWEEP, started_at=timezone.now())
    assert live_checks.beat_runs() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("task", "every", "in_time", "late"),
    [
        ("remove old looks", "daily at 03:50 UTC", timedelta(hours=47), timedelta(hours=49)),
        ("send digests", "every hour at :05", timedelta(hours=2.9), timedelta(hours=3.1)),
        ("sweep imports", "every 60 s", timedelta(seconds=50), timedelta(hours=1)),
    ],
)
def test_what_the_clock_asks_for_is_silent_when_it_is_late(
    task: str, every: str, in_time: timedelta, late: timedelta
) -> None:
    def timed() -> work.Timed:
        return next(one for one in work.schedule() if one.name == task)

    assert (timed().every, timed().last, timed().is_silent) == (every, None, True)
    for ago, is_silent in ((late, True), (in_time, False)):
        TaskRun.objects.create(name=timed().task, started_at=timezone.now() - ago)
        assert timed().is_silent is is_silent


def test_a_broker_out_of_reach_names_its_setting(settings: Settings) -> None:
    settings.EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    (found,) = live_checks.broker()
    assert found.id == "posecoach.E007"
    assert "REDIS_URL" in str(found.hint)


def test_a_full_disk_and_a_skewed_clock_are_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path / "not" / "there"
    usage = type("Usage", (), {"free": 1, "total": 2**40})
    monkeypatch.setattr(live_checks.shutil, "disk_usage", lambda _: usage)
    assert [one.id for one in live_checks.disk()] == ["posecoach.W008"]
    late = timezone.now() - timedelta(minutes=1)
    assert [one.id for one in live_checks._skewed("database", late)] == ["posecoach.W009"]
    assert not list(live_checks._skewed("database", timezone.now()))


@pytest.mark.engines
@pytest.mark.usefixtures("on_postgres")
def test_real_engines_that_answer_have_our_time(settings: Settings, redis_url: str) -> None:
    settings.EMBEDDED, settings.REDIS_URL = False, redis_url
    assert [*live_checks.broker(), *live_checks.database_clock()] == []


@pytest.mark.django_db
def test_a_promoted_version_that_does_not_fit_is_told() -> None:
    now = timezone.now()
    ModelVersion.objects.create(version="old", digest="x", registered_at=now, promoted_at=now)
    assert [one.id for one in live_checks.weights()] == ["posecoach.W007"]


def test_another_address_than_the_one_that_was_told(staff: Client, settings: Settings) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://coach.test", ["*"]
    assert "E005" in staff.get("/admin/health/", headers={"host": "other.test"}).content.decode()
    headers = {"host": "coach.test", "x-forwarded-proto": "https"}
    assert "E005" not in staff.get("/admin/health/", headers=headers).content.decode()


def test_findings_are_said_worst_first(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        wellbeing, "run_checks", lambda **_: [error("E1", "It is broken.", "Mend it.")]
    )
    page = staff.get("/admin/health/").content.decode()
    assert page.index("It is broken.") < page.index("Facts")
    assert "Mend it." in page


def test_a_failed_rescore_goes_on(staff: Client, queue: Queue) -> None:  # noqa: F811
    now = timezone.now()
    version = ModelVersion.objects.create(version="v", digest="x", registered_at=now)
    day = now.date()
    rescore = Rescore.objects.create(
        version=version, since=day, until=day, state="failed", error="x"
    )
    staff.post("/admin/jobs/again/", {"kind": "rescore", "key": str(rescore.pk)})
    rescore.refresh_from_db()
    assert (rescore.state, rescore.error) == ("running", "")


def test_the_buttons_look_for_what_was_left_and_say_when_they_cannot(
    staff: Client,
    queue: Queue,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(jobs.app, "send_task", lambda name, **_: sent.append(name))
    staff.post("/admin/jobs/again/", {"kind": "sweep"})
    assert sent == list(jobs.SWEEPS)

    def away(name: str, **_: object) -> None:
        raise ConnectionRefusedError(name)

    monkeypatch.setattr(jobs.app, "send_task", away)
    page = staff.post("/admin/jobs/again/", {"kind": "sweep"}, follow=True)
    *_, told = page.context["messages"]
    assert str(told).startswith("The broker cannot be reached")


def test_an_import_goes_on(staff: Client, queue: Queue) -> None:  # noqa: F811
    ada = User.objects.create_user("ada@example.org")
    left = Import.objects.create(id=uuid4(), athlete=ada, name="a.csv", bytes=3, state="reading")
    staff.post("/admin/jobs/again/", {"kind": "import", "key": str(left.pk)})
    assert [args for _, args in queue.waiting] == [(str(left.pk),)]


def test_who_may_look_and_not_change_tries_nothing_again(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("helper@example.org", is_staff=True), BACKEND)
    assert client.post("/admin/jobs/again/", {"kind": "sets"}).status_code == 403


def test_a_broker_that_is_away_has_queues_of_unknown_length(settings: Settings) -> None:
    settings.EMBEDDED, settings.REDIS_URL = False, "redis://127.0.0.1:1/0"
    assert {length for _, length in work.queue_lengths()} == {None}


@pytest.mark.django_db
def test_a_check_that_cannot_ask_says_what_it_can(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RegistryError("recognition.npz is missing")

    def away(*_: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(live_checks, "load", broken)
    monkeypatch.setattr(live_checks.ModelVersion.objects, "running", away)
    monkeypatch.setattr(live_checks, "staff_without_factor", away)
    settings.SECURE_BROWSER_HTTPS = True
    assert [one.id for one in live_checks.weights()] == ["posecoach.E006"]
    assert list(live_checks.staff_factors()) == []
    monkeypatch.setattr(
        live_checks, "connection", SimpleNamespace(vendor="postgresql", cursor=away)
    )
    assert [one.id for one in live_checks.database_clock()] == ["posecoach.E008"]
