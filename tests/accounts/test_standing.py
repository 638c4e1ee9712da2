"""What admins do to accounts: lock, sign out, send a reset, erase with all that is theirs."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts import tombstones
from accounts.erasure import user_erase
from accounts.models import Notification, User
from accounts.standing import user_set_active
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


def test_an_address_that_takes_no_mail_is_named(staff: Client, athlete: Athlete) -> None:  # noqa: F811
    User.objects.filter(pk=athlete.user.pk).update(email="no address")
    page = act(staff, "send_reset", athlete.user)
    told = [str(one) for one in page.context["messages"]]
    assert told == ["no address: Enter a valid email address."]
    assert mail.outbox == []


def test_a_list_of_who_was_erased_that_cannot_be_written_stops_no_erasure(
    athlete: Athlete,  # noqa: F811
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.ERASED_FILE = tmp_path / "file" / "erased.txt"
    settings.ERASED_FILE.parent.touch()  # where a folder should be
    with django_capture_on_commit_callbacks(execute=True):
        user_erase(user=athlete.user, by=None)
    assert not User.objects.filter(pk=athlete.user.pk).exists()
    assert "ERASED_FILE was not written" in caplog.text
    settings.ERASED_FILE = tmp_path / "erased.txt"
    assert len(tombstones.known()) == 1, "the table has it"


def test_who_was_locked_out_is_erased_like_anybody(athlete: Athlete, root: User) -> None:  # noqa: F811
    user_set_active(user=athlete.user, is_active=False)
    user_erase(user=athlete.user, by=root)
    assert not User.objects.filter(pk=athlete.user.pk).exists()


def test_a_short_name_takes_no_word_out_of_the_log_that_only_holds_it(root: User) -> None:
    al = User.objects.create_user("al@example.org", display_name="Al")
    of_users = ContentType.objects.get_for_model(User)
    rows = [
        LogEntry.objects.create(
            user=root, content_type=of_users, object_id=of, action_flag=CHANGE, object_repr=told
        )
        for of, told in ((str(root.pk), "An album of Alba"), (str(al.pk), "Al"))
    ]
    user_erase(user=al, by=root)
    told = [LogEntry.objects.get(pk=row.pk).object_repr for row in rows]
    assert told == ["An album of Alba", "an erased user"]


def test_copies_of_before_an_update_go_with_whoever_is_erased(
    athlete: Athlete,  # noqa: F811
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DATA_DIR = tmp_path
    settings.ERASED_FILE = tmp_path / "erased.txt"
    for name in ("before-0012.sqlite3", "before-0013.sqlite3", "mine.sqlite3"):
        (tmp_path / name).touch()
    with django_capture_on_commit_callbacks(execute=True):
        user_erase(user=athlete.user, by=None)
    assert {path.name for path in tmp_path.iterdir()} == {"mine.sqlite3", "erased.txt"}
