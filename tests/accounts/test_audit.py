"""The audit log: what happened to accounts, who may read it, and that nobody rewrites it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.audit import Kind, record
from accounts.audit.retention import audit_remove_old
from accounts.audit.selectors import SHOWN
from accounts.erasure import user_erase
from accounts.models import AuditEntry, User
from accounts.services import user_update
from accounts.standing import user_sign_out_everywhere
from accounts.tasks import remove_old_audit
from coach.services.links import end_link, grant_link
from tests.accounts.conftest import BACKEND
from tests.browser import AUTH, PASSWORD, Browser

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "four quiet herons"


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@example.org", PASSWORD)


def kinds(user: User) -> list[str]:
    """Oldest first."""
    return [one.kind for one in AuditEntry.objects.filter(about=user).order_by("at", "id")]


def entries(browser: Browser, **query: Any) -> Any:
    return browser.client.get("/api/audit-log", query).json()


def test_signing_in_and_out_and_failing_are_there(ada: User) -> None:
    browser = Browser()
    browser.sign_in(password="wrong")
    browser.sign_in()
    browser.sign_out()
    assert kinds(ada) == [Kind.SIGN_IN_FAILED, Kind.SIGNED_IN, Kind.SIGNED_OUT]
    failed, signed_in, _ = AuditEntry.objects.filter(about=ada).order_by("at", "id")
    assert (failed.by, signed_in.by) == (None, ada)
    assert failed.place == "127.0.0.0/24"


def test_a_failure_without_an_account_names_nobody() -> None:
    Browser().sign_in("stranger@example.org", "wrong")
    [entry] = AuditEntry.objects.all()
    assert (entry.kind, entry.about, entry.detail) == (Kind.SIGN_IN_FAILED, None, "")


def test_a_changed_password_is_there_and_no_password_with_it(ada: User) -> None:
    browser = Browser()
    browser.sign_in()
    given = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert browser.call("POST", f"{AUTH}/account/password/change", given).status_code == 200
    assert Kind.PASSWORD_CHANGED in kinds(ada)
    told = str(list(AuditEntry.objects.values()))
    assert PASSWORD not in told
    assert NEW_PASSWORD not in told
    assert ada.email not in told


def test_consents_are_there(ada: User) -> None:
    user_update(user=ada, shares_for_training=True)
    user_update(user=ada, shares_for_training=True, weekly_goal=4)
    user_update(user=ada, shares_for_training=False)
    assert kinds(ada) == [Kind.CONSENT_GIVEN, Kind.CONSENT_WITHDRAWN]
    tom = User.objects.create_user("tom@example.org", is_coach=True)
    link = grant_link(athlete=ada, coach=tom, scopes=["plan", "results"])
    end_link(link=link, acting=tom)
    given, withdrawn = AuditEntry.objects.filter(about=ada).order_by("at", "id")[2:]
    assert (given.kind, given.by, given.detail) == (
        Kind.CONSENT_GIVEN,
        ada,
        "coach: plan, results",
    )
    assert (withdrawn.kind, withdrawn.by) == (Kind.CONSENT_WITHDRAWN, tom)


def test_what_an_admin_does_is_there(ada: User, root: User) -> None:
    client = Client()
    client.force_login(root, BACKEND)
    chosen = {"action": "sign_out", "_selected_action": [str(ada.pk)]}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    done = AuditEntry.objects.filter(about=ada)
    assert {one.kind for one in done} == {Kind.SESSIONS_ENDED, Kind.ADMIN_ACTION}
    assert {one.by for one in done} == {root}


def test_an_admins_change_of_something_else_is_about_nobody(root: User) -> None:
    of_log = ContentType.objects.get_for_model(LogEntry)
    LogEntry.objects.create(user=root, content_type=of_log, object_id="1", action_flag=CHANGE)
    [entry] = AuditEntry.objects.filter(kind=Kind.ADMIN_ACTION)
    assert (entry.about, entry.by, entry.detail) == (None, root, "log entry: changed")
    LogEntry.objects.get().save()
    assert AuditEntry.objects.filter(kind=Kind.ADMIN_ACTION).count() == 1, "it happened once"


def test_erasing_takes_the_entries_and_leaves_that_it_was_done(ada: User, root: User) -> None:
    user_update(user=ada, shares_for_training=True)
    user_erase(user=ada, by=root)
    [entry] = AuditEntry.objects.filter(kind=Kind.ERASED)
    assert (entry.about, entry.by, entry.detail) == (None, root, "")
    assert not AuditEntry.objects.filter(kind=Kind.CONSENT_GIVEN).exists()


def test_nobody_rewrites_it(ada: User) -> None:
    record(Kind.SIGNED_IN, about=ada, by=ada)
    entry = AuditEntry.objects.get()
    entry.detail = "other"
    for wrong in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(detail="other"),
        ada.audit_entries.all().delete,
    ):
        with pytest.raises(TypeError, match="append-only"):
            wrong()
    assert AuditEntry.objects.get().detail == ""


def test_a_person_reads_their_own_of_late_page_by_page(ada: User) -> None:
    bo = User.objects.create_user("bo@example.org")
    record(Kind.SIGNED_IN, about=bo, by=bo)
    browser = Browser()
    browser.sign_in()
    now = timezone.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(at=now - timedelta(days=n), kind=Kind.SIGNED_IN, about=ada, by=ada)
        for n in (1, 2, SHOWN.days + 1)
    )
    first = entries(browser, limit=2)
    assert [one["by"] for one in first["results"]] == ["you", "you"]
    second = entries(browser, limit=2, before=first["next_before"])
    assert len(second["results"]) == 1, "neither Bo's nor what is older than 90 days"
    assert second["next_before"] is None


def test_who_did_it_is_told_without_a_name(ada: User, root: User) -> None:
    browser = Browser()
    browser.sign_in()
    record(Kind.ADMIN_ACTION, about=ada, by=root)
    record(Kind.SIGN_IN_BLOCKED, about=ada, by=None)
    told = entries(browser)["results"]
    assert [one["by"] for one in told] == ["server", "somebody", "you"]
    assert root.email not in str(told)


def test_an_admin_reads_all_filters_and_takes_it_along(ada: User, root: User) -> None:
    client = Client()
    client.force_login(root, BACKEND)
    record(Kind.TOKEN_MADE, about=ada, by=ada, detail="=1+1")
    record(Kind.EXPORTED, about=ada, by=ada)
    listed = reverse("admin:accounts_auditentry_changelist")
    page = client.get(listed, {"kind__exact": Kind.TOKEN_MADE}).content.decode()
    assert "=1+1" in page
    table = client.get(reverse("admin:accounts_auditentry_export")).content.decode()
    if "token_made" not in table:  # the page asks for a format first
        table = client.post(
            reverse("admin:accounts_auditentry_export"), {"format": "0"}
        ).content.decode()
    assert "token_made" in table
    assert ",=1+1" not in table, "no formula reaches a spreadsheet"
    entry = AuditEntry.objects.filter(kind=Kind.TOKEN_MADE).get()
    for wrong in ("change", "delete"):
        answer = client.post(reverse(f"admin:accounts_auditentry_{wrong}", args=[entry.pk]), {})
        assert answer.status_code == 403


def test_what_is_old_goes(ada: User, settings: Settings) -> None:
    settings.AUDIT_DAYS = 10
    now = timezone.now()
    for days in (9, 11, 400):
        AuditEntry.objects.create(
            at=now - timedelta(days=days), kind=Kind.SIGNED_IN, about=ada, by=ada
        )
    assert audit_remove_old(now=now) == 2
    remove_old_audit()
    assert AuditEntry.objects.count() == 1


def test_ending_all_sign_ins_is_there(ada: User) -> None:
    user_sign_out_everywhere(user=ada)
    assert kinds(ada) == [Kind.SESSIONS_ENDED]
