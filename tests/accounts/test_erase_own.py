"""Erasing one's own account, from the page."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import AuditEntry, Kind, User
from tests.accounts.conftest import BACKEND
from tests.browser import Browser
from tests.proven import prove

pytestmark = pytest.mark.django_db


def test_the_account_is_gone_and_so_is_the_sign_in(page: Client, ada: User) -> None:
    other = Client()
    other.force_login(ada, BACKEND)
    assert page.delete("/api/me").status_code == 204
    assert not User.objects.filter(email="ada@example.org").exists()
    assert page.get("/api/me").status_code == other.get("/api/me").status_code == 401
    entry = AuditEntry.objects.get(kind=Kind.ERASED)
    assert (entry.about, entry.by) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_a_mail_tells_that_it_was_done(page: Client, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(language="de")
    page.delete("/api/me")
    [told] = mail.outbox
    assert told.to == ["ada@example.org"]
    assert "gelöscht" in told.subject
    assert "127.0.0.1" in told.body
    assert "/security" not in told.body


def test_it_asks_who_is_there_once_more(page: Client, ada: User) -> None:
    prove(page, ada, ago_s=600)
    answer = page.delete("/api/me")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "reauthentication_required"
    assert User.objects.filter(pk=ada.pk).exists()


def test_an_admin_is_erased_by_another_one(page: Client, ada: User) -> None:
    ada.is_staff = True
    ada.save()
    answer = page.delete("/api/me")
    assert answer.status_code == 403
    assert "Another admin" in answer.json()["error"]["message"]
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_address_may_sign_up_anew(page: Client) -> None:
    page.delete("/api/me")
    assert Browser().sign_up("ada@example.org").status_code == 200
