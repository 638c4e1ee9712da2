"""What admins do to accounts: lock, sign out, send a reset, erase with all that is theirs."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification, User
from coach.models import CoachLink, CoachNote, Invitation
from sessions.models import Correction, Import, ImportPart, SetResult
from tests.workouts.builders import START, Athlete, squats
from tests.workouts.conftest import athlete, catalogue, queue, stranger  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHANGES = reverse("admin:accounts_user_changelist")


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")


@pytest.fixture
def staff(root: User) -> Client:
    client = Client()
    client.force_login(root, BACKEND)
    return client


def act(staff: Client, action: str, *users: User, **more: str) -> Any:
    chosen = [str(user.pk) for user in users]
    data = {"action": action, "_selected_action": chosen, **more}
    return staff.post(CHANGES, data, follow=True)


def everything() -> str:
    """All rows of all tables, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(told)


def test_who_is_deactivated_is_out_at_once(staff: Client, athlete: Athlete) -> None:  # noqa: F811
    assert athlete.client.get("/api/me").status_code == 200
    act(staff, "deactivate", athlete.user)
    assert athlete.client.get("/api/me").status_code in (401, 403)
    act(staff, "activate", athlete.user)
    assert User.objects.get(pk=athlete.user.pk).is_active


def test_sessions_everywhere_end_and_the_password_stays(staff: Client, root: User) -> None:
    user = User.objects.create_user("ada@example.org", "three calm otters")
    devices = [Client(), Client()]
    for device in devices:
        device.force_login(user, BACKEND)
    act(staff, "sign_out", user)
    assert {device.get("/api/me").status_code for device in devices} <= {401, 403}
    fresh = User.objects.get(pk=user.pk)
    assert fresh.check_password("three calm otters")
    again = Client()
    again.force_login(fresh, BACKEND)
    assert again.get("/api/me").status_code == 200
    assert staff.get("/api/me").status_code == 200


def test_a_session_of_before_is_over_even_where_its_row_is_left(root: User) -> None:
    before = root.get_session_auth_hash()
    root.signed_out_at = timezone.now()
    assert root.get_session_auth_hash() != before


def test_a_reset_goes_out_by_mail(staff: Client, athlete: Athlete) -> None:  # noqa: F811
    act(staff, "send_reset", athlete.user)
    assert mail.outbox[0].to == ["ada@example.org"]
    assert "/reset-password/" in mail.outbox[0].body


def test_nobody_locks_out_or_erases_themselves_or_another_admin(staff: Client, root: User) -> None:
    other = User.objects.create_user("op@example.org", is_staff=True)
    for action in ("deactivate", "erase"):
        act(staff, action, root, confirmed="yes")
    act(staff, "erase", other, confirmed="yes")
    assert User.objects.filter(is_active=True).count() == 2


def test_the_form_has_no_way_to_delete(staff: Client, athlete: Athlete) -> None:  # noqa: F811
    url = reverse("admin:accounts_user_delete", args=[athlete.user.pk])
    assert staff.post(url, {"post": "yes"}).status_code == 403


def test_erasing_names_what_goes_and_takes_all_of_it(
    staff: Client,
    athlete: Athlete,  # noqa: F811
    stranger: Athlete,  # noqa: F811
    queue: Any,  # noqa: F811
) -> None:
    user = athlete.user
    user.display_name = "Ada of Ely"
    user.is_coach = True
    user.save()
    live(athlete, stranger)
    queue.run()
    before = everything()
    assert "ada@example.org" in before
    page = act(staff, "erase", user).content.decode()
    for word in ("ada@example.org", "clips", "corrections", "imports", "workouts"):
        assert word in page
    assert User.objects.filter(pk=user.pk).exists()
    act(staff, "erase", user, confirmed="yes")
    left = everything()
    for trace in ("ada@example.org", "Ada of Ely", str(user.pk), user.pk.hex):
        assert trace not in left
    assert LogEntry.objects.filter(object_repr="an erased user").exists()
    assert User.objects.filter(pk=stranger.user.pk).exists()


def live(athlete: Athlete, stranger: Athlete) -> None:  # noqa: F811
    """A life with the product: trained, corrected, imported, coached, was told of and looked at."""
    user, other = athlete.user, stranger.user
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(2)))
    correction = {"kind": "count", "rep_count": 3}
    athlete.call("PUT", f"sets/{set_id}/corrections/{uuid.uuid4()}", correction)
    assert Correction.objects.exists()
    SetResult.objects.create(set_id=set_id, model_version="x", revision=1)
    imported = Import.objects.create(id=uuid.uuid4(), athlete=user, name="ada.zip", bytes=1)
    ImportPart.objects.create(source=imported, index=0, payload=b"ada@example.org")
    day = START
    CoachLink.objects.create(coach=other, athlete=user, scopes=["results"], granted_at=day)
    CoachLink.objects.create(coach=user, athlete=other, scopes=["results"], granted_at=day)
    CoachNote.objects.create(coach=other, athlete=user, text="Ada of Ely", created_at=day,
                             changed_at=day)  # fmt: skip
    week = timedelta(days=7)
    Invitation.objects.create(coach=other, email="Ada@example.org", scopes=["results"],
                              created_at=day, expires_at=day + week, digest="x" * 64)  # fmt: skip
    Notification.objects.create(user=other, kind="comment", data={"by": "Ada of Ely"},
                                created_at=day)  # fmt: skip
    LogEntry.objects.create(user=User.objects.get(email="root@example.org"), action_flag=2,
                            content_type_id=None, object_id=None, object_repr="")  # fmt: skip
