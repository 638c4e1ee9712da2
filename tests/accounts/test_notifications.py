"""What people are told: in the app and by mail; each of it once."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Notification, NotificationSettings, PushSubscription, User
from accounts.notifications import Kind, notify, sending
from accounts.notifications.words import sentence, words
from accounts.services import user_create
from accounts.tasks import sweep_notifications
from tests.accounts.test_webpush import KEY, SECRET
from tests.workouts.builders import Athlete, errors
from tests.workouts.conftest import Queue, queue

__all__ = ["queue"]
pytestmark = pytest.mark.django_db
LATER = sending.MAIL_WAIT + timedelta(seconds=1)
KEYS = {
    "p256dh": KEY,
    "auth": SECRET,
}


@pytest.fixture
def ada() -> Athlete:
    return Athlete(user_create(email="ada@example.org", password="three calm otters"))


@pytest.fixture
def eve() -> Athlete:
    return Athlete(user_create(email="eve@example.org", password="three calm otters"))


def tell(user: User, number: int = 1) -> Notification:
    return notify(user=user, kind=Kind.COMMENT, data={"by": "Tom"}, url=f"/workouts/{number}")


def wait(by: timedelta = LATER) -> None:
    for row in Notification.objects.all():
        Notification.objects.filter(pk=row.pk).update(created_at=row.created_at - by)


def test_a_list_comes_page_by_page_and_is_ones_own(ada: Athlete, eve: Athlete) -> None:
    rows = [tell(ada.user, number) for number in range(3)]
    tell(eve.user)
    first = ada.get("notifications?limit=2")
    assert [one["id"] for one in first["results"]] == [str(rows[2].pk), str(rows[1].pk)]
    assert first["unread"] == 3
    assert first["results"][0] | {"id": 0, "created_at": 0} == {
        "id": 0, "created_at": 0, "kind": "comment", "data": {"by": "Tom"}, "url": "/workouts/2",
        "read_at": None,
    }  # fmt: skip
    rest = ada.get(f"notifications?limit=2&before={first['next_before']}")
    assert [one["id"] for one in rest["results"]] == [str(rows[0].pk)]
    assert rest["next_before"] is None
    assert "before" in errors(eve.call("GET", f"notifications?before={rows[0].pk}"))


def test_some_are_read_or_all_and_nobody_elses(ada: Athlete, eve: Athlete) -> None:
    one, *_ = [tell(ada.user, number) for number in range(3)]
    assert eve.call("POST", "notifications/read", {"ids": [str(one.pk)]}).json() == {"unread": 0}
    assert ada.call("POST", "notifications/read", {"ids": [str(one.pk)]}).json() == {"unread": 2}
    assert ada.call("POST", "notifications/read", {"ids": None}).json() == {"unread": 0}


def test_the_same_is_told_once_until_it_was_read(ada: Athlete) -> None:
    tell(ada.user)
    tell(ada.user)
    assert Notification.objects.count() == 1
    ada.call("POST", "notifications/read", {"ids": None})
    tell(ada.user)
    assert Notification.objects.count() == 2


def test_what_goes_on_does_not_put_off_the_mail(ada: Athlete) -> None:
    tell(ada.user)
    wait()
    tell(ada.user)
    assert sending.to_mail() == [ada.user.pk]


@pytest.mark.parametrize(
    ("kind", "url"), [("gossip", "/"), ("comment", "//evil.example"), ("comment", "https://x.y")]
)
def test_without_words_or_with_another_site_nothing_is_told(
    ada: Athlete, kind: str, url: str
) -> None:
    with pytest.raises(ValueError, match="is no"):
        notify(user=ada.user, kind=kind, data={}, url=url)


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_words_in_every_language(ada: Athlete, kind: str) -> None:
    data = {"by": "Tom", "title": "Base", "granted": True}
    said = set()
    for language in User.Language.values:
        ada.user.language = language
        row = Notification(user=ada.user, kind=kind, data=data)
        said.add(sentence(row, ada.user))
    assert len(said) == len(User.Language.values)
    assert words(kind, {})


def test_a_plan_of_ours_has_its_name_in_the_readers_language(ada: Athlete) -> None:
    ada.user.language = "de"
    ours = {"by": "Tom", "title": "Strong base", "slug": "strong-base"}
    theirs = {"by": "Tom", "title": "Strong base", "slug": None}
    told = [
        sentence(Notification(user=ada.user, kind=Kind.PLAN_ASSIGNED, data=data), ada.user)
        for data in (ours, theirs)
    ]
    assert told[1] == "Tom hat dir den Plan „Strong base“ gegeben."
    assert told[0] != told[1]


def test_one_mail_tells_what_happened_in_some_minutes(ada: Athlete, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://coach.example"
    ada.user.language, ada.user.time_zone = "de", "Asia/Tokyo"
    ada.user.save()
    row = tell(ada.user, 1)
    assert sending.to_mail() == []
    wait()
    tell(ada.user, 2)
    sending.mail(ada.user.pk)
    sending.mail(ada.user.pk)
    [sent] = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.subject == "PoseCoach: 2 Dinge sind neu"
    assert "Tom hat über einen Satz geschrieben." in sent.body
    assert "https://coach.example/workouts/1\n" in sent.body
    assert "https://coach.example/workouts/2\n" in sent.body
    assert "https://coach.example/profile#notifications" in sent.body
    row.refresh_from_db()
    local = row.created_at + timedelta(hours=9)
    assert f"{local.day}. " in sent.body
    assert f"{local:%Y %H:%M})" in sent.body


def test_what_was_read_in_the_app_is_not_mailed(ada: Athlete) -> None:
    tell(ada.user)
    ada.call("POST", "notifications/read", {"ids": None})
    wait()
    sending.mail(ada.user.pk)
    assert mail.outbox == []
    assert sending.to_mail() == []


def test_who_does_not_want_mail_gets_none_then_or_later(ada: Athlete) -> None:
    answer = ada.call("PATCH", "notification-settings", {"by_mail": False})
    assert answer.json()["by_mail"] is False
    tell(ada.user)
    wait()
    sending.mail(ada.user.pk)
    ada.call("PATCH", "notification-settings", {"by_mail": True})
    sending.mail(ada.user.pk)
    assert mail.outbox == []


def test_an_address_that_nobody_confirmed_gets_no_mail() -> None:
    stranger = Athlete(User.objects.create_user("typed@example.org"))
    assert stranger.get("notification-settings")["mail_reaches"] is False
    tell(stranger.user)
    wait()
    sending.mail(stranger.user.pk)
    assert mail.outbox == []


def test_a_mail_server_that_is_down_is_asked_again(
    ada: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: EmailMessage, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected("gone")

    tell(ada.user)
    wait()
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", down)
        sending.mail(ada.user.pk)
    assert sending.to_mail() == [ada.user.pk]
    sending.mail(ada.user.pk)
    assert len(mail.outbox) == 1


def test_a_worker_that_died_with_a_mail_is_found(ada: Athlete) -> None:
    tell(ada.user)
    wait()
    Notification.objects.update(claim=uuid4(), claimed_at=timezone.now())
    assert sending.to_mail() == []
    Notification.objects.update(claimed_at=timezone.now() - sending.CLAIM - timedelta(seconds=1))
    assert sending.to_mail() == [ada.user.pk]


def test_the_sweep_finds_what_is_due(ada: Athlete, queue: Queue) -> None:
    tell(ada.user)
    queue.waiting.clear()  # the broker has lost it
    sweep_notifications()
    assert queue.waiting == []
    wait()
    sweep_notifications()
    assert queue.run() == ["push_notifications", "mail_notifications"]
    assert len(mail.outbox) == 1


def test_settings_have_defaults_and_are_ones_own(ada: Athlete, eve: Athlete) -> None:
    told = {"by_mail": True, "by_push": True, "weekly_digest": True, "mail_reaches": True}
    assert ada.get("notification-settings") == {**told, "push_key": None}
    ada.call("PATCH", "notification-settings", {"weekly_digest": False})
    assert ada.get("notification-settings")["weekly_digest"] is False
    assert eve.get("notification-settings")["weekly_digest"] is True


def test_a_browser_is_of_whoever_subscribed_last(ada: Athlete, eve: Athlete) -> None:
    body = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "keys": KEYS}
    for who in (ada, ada, eve):
        assert who.call("POST", "push-subscriptions", body).status_code == 204
    assert PushSubscription.objects.get().user == eve.user
    ada.call("POST", "push-subscriptions/remove", {"endpoint": body["endpoint"]})
    assert PushSubscription.objects.exists()
    eve.call("POST", "push-subscriptions/remove", {"endpoint": body["endpoint"]})
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://evil.example/x"}, "endpoint"),
        ({"keys": {**KEYS, "p256dh": "BCVx"}}, "keys"),
        ({"keys": {**KEYS, "auth": "AAAA"}}, "keys"),
        ({"keys": {"auth": KEYS["auth"]}}, "keys.p256dh"),
    ],
)
def test_a_subscription_that_makes_no_sense_is_refused(
    ada: Athlete, change: dict[str, Any], field: str
) -> None:
    body = {"endpoint": "https://fcm.googleapis.com/fcm/send/abc", "keys": KEYS, **change}
    answer = ada.call("POST", "push-subscriptions", body)
    assert answer.status_code == 400
    assert list(errors(answer)) == [field]


def test_a_browser_more_lets_go_of_the_oldest(
    ada: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.notifications.subscribing.MOST_BROWSERS", 2)
    for number in range(3):
        endpoint = f"https://fcm.googleapis.com/fcm/send/{number}"
        ada.call("POST", "push-subscriptions", {"endpoint": endpoint, "keys": KEYS})
    kept = PushSubscription.objects.order_by("endpoint").values_list("endpoint", flat=True)
    assert [one[-1] for one in kept] == ["1", "2"]


def test_settings_of_a_deleted_user_go_along(ada: Athlete) -> None:
    ada.call("PATCH", "notification-settings", {"by_mail": False})
    tell(ada.user)
    ada.user.delete()
    assert not NotificationSettings.objects.exists()
    assert not Notification.objects.exists()


def test_what_a_newer_server_has_told_is_something_new(ada: Athlete) -> None:
    """As after going back to an older version."""
    row = Notification(user=ada.user, kind="not_thought_of_yet", data={"by": "Tom"})
    assert sentence(row, ada.user) == "There is something new for you."
