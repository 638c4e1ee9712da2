"""MFA_REQUIRED: who has to have a second factor comes in only as far as setting one up."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from config import env, live_checks
from tests.accounts.factors import set_up_totp, signed_in
from tests.browser import Browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Browser:
    return signed_in()


def make(**rights: bool) -> None:
    User.objects.update(**rights)


@pytest.mark.parametrize(
    ("asked", "rights", "is_held"),
    [
        ("none", {"is_staff": True, "is_coach": True}, False),
        ("staff", {"is_staff": True}, True),
        ("staff", {"is_coach": True}, False),
        ("coaches", {"is_coach": True}, True),
        ("coaches", {"is_staff": True}, True),
        ("coaches", {}, False),
    ],
)
def test_who_is_held_back(
    ada: Browser, settings: Settings, asked: str, rights: dict[str, bool], is_held: bool
) -> None:
    settings.MFA_REQUIRED = asked
    make(**rights) if rights else None
    answer = ada.get("/api/home")
    assert ada.get("/api/me").json()["lacks_factor"] is is_held
    assert answer.status_code == (403 if is_held else 200)
    if is_held:
        assert answer.json()["error"]["code"] == "second_factor_required"


def test_setting_one_up_opens_everything(ada: Browser, settings: Settings) -> None:
    settings.MFA_REQUIRED = "coaches"
    make(is_coach=True)
    assert ada.get("/api/athletes").status_code == 403
    assert ada.get("/api/sign-ins").status_code == 200
    set_up_totp(ada)
    assert ada.get("/api/athletes").status_code == 200
    assert ada.get("/api/me").json()["lacks_factor"] is False


def test_recovery_codes_alone_are_no_factor(ada: Browser, settings: Settings) -> None:
    settings.MFA_REQUIRED = "coaches"
    make(is_coach=True)
    user = User.objects.get()
    user.authenticator_set.create(type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert ada.get("/api/home").status_code == 403


def test_admin_leads_to_setting_one_up(ada: Browser, settings: Settings) -> None:
    settings.MFA_REQUIRED = "staff"
    make(is_staff=True, is_superuser=True)
    answer = ada.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert ada.get(answer["Location"])["Location"] == "/security"
    set_up_totp(ada)
    assert ada.get(reverse("admin:index")).status_code == 200


def test_another_word_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MFA_REQUIRED", "admins")
    with pytest.raises(ImproperlyConfigured, match="none, staff, coaches"):
        env.mfa_required()
    monkeypatch.setenv("MFA_REQUIRED", "Staff")
    assert env.mfa_required() == "staff"


def test_a_check_counts_the_staff_without_one(ada: Browser, settings: Settings) -> None:
    settings.SECURE_BROWSER_HTTPS = True
    assert list(live_checks.staff_factors()) == []
    make(is_staff=True)
    [told] = live_checks.staff_factors()
    assert told.id == "posecoach.W010"
    assert told.msg.startswith("1 of the staff")
    settings.SECURE_BROWSER_HTTPS = False
    assert list(live_checks.staff_factors()) == []
    settings.SECURE_BROWSER_HTTPS = True
    set_up_totp(ada)
    assert list(live_checks.staff_factors()) == []
