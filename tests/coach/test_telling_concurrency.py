"""Workers and requests at once, on real PostgreSQL: nothing is said or sent twice."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import Notification
from accounts.notifications import notify, sending
from accounts.services import user_create
from coach.digest import sending as digest
from coach.models import Message, Thread
from coach.services.links import grant_link
from coach.services.threads import Place, thread_begin
from tests.coach.test_digest import MONDAY
from tests.workouts.builders import add_set
from tests.workouts.conftest import Queue, queue
from tests.workouts.test_concurrency import at_once

__all__ = ["queue"]
pytestmark = pytest.mark.engines
PASSWORD = "three calm otters"


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(EmailMessage, "send", lambda self, **_: sent.append(self))
    mail.outbox = []
    return sent


@pytest.mark.usefixtures("on_postgres")
def test_four_workers_send_one_mail(outbox: list[EmailMessage], queue: Queue) -> None:
    ada = user_create(email="ada@example.org", password=PASSWORD)
    for number in range(5):
        notify(user=ada, kind="comment", data={"by": "Tom"}, url=f"/workouts/{number}")
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    together = threading.Barrier(4)

    def work() -> None:
        together.wait(20)
        sending.mail(ada.pk)

    at_once(4, work)
    assert len(outbox) == 1
    assert "/workouts/4" in outbox[0].body
    assert not Notification.objects.filter(sent_at=None).exists()


@pytest.mark.usefixtures("on_postgres")
def test_four_workers_send_one_digest(outbox: list[EmailMessage]) -> None:
    ada = user_create(email="ada@example.org", password=PASSWORD)
    add_set(ada, MONDAY - timedelta(days=3), reps=5)
    together = threading.Barrier(4)

    def work() -> None:
        together.wait(20)
        digest.send(ada.pk, MONDAY)

    at_once(4, work)
    assert len(outbox) == 1


@pytest.mark.usefixtures("on_postgres")
def test_a_comment_sent_four_times_at_once_is_one(queue: Queue) -> None:
    ada = user_create(email="ada@example.org", password=PASSWORD)
    tom = user_create(email="tom@example.org", password=PASSWORD, is_coach=True)
    grant_link(athlete=ada, coach=tom, scopes=["comments"])
    workout_set = add_set(ada, reps=5)
    place = Place(tom, ada, workout_set.pk, uuid4())
    message, together = uuid4(), threading.Barrier(4)

    def write() -> None:
        together.wait(20)
        thread_begin(
            place=place, coach_id=None, t_ms=10, rep_start_ms=0, message_id=message, text="Knees"
        )

    at_once(4, write)
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)
    assert Notification.objects.filter(user=ada).count() == 1
