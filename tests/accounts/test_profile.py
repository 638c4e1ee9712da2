from typing import Any

import pytest

from accounts.models import User
from accounts.services import user_update
from tests.browser import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Browser:
    browser = Browser()
    browser.sign_up()
    return browser


def test_nobody_signed_in_is_told_so() -> None:
    answer = Browser().get("/api/me")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_authenticated"


def test_a_profile_has_the_documented_fields(ada: Browser) -> None:
    me = ada.get("/api/me").json()
    assert me.pop("id")
    assert me == {
        "email": "ada@example.org",
        "display_name": "",
        "time_zone": "UTC",
        "units": "metric",
        "language": "en",
        "weekly_goal": 3,
        "keypoints_days": None,
        "shares_for_training": False,
        "is_coach": False,
        "is_staff": False,
        "lacks_factor": False,
    }


def test_a_profile_changes_and_stays_changed(ada: Browser) -> None:
    changes = {
        "display_name": "Ada Lind",
        "time_zone": "America/Lima",
        "units": "imperial",
        "language": "de",
        "weekly_goal": 14,
    }
    assert ada.call("PATCH", "/api/me", changes).status_code == 200
    me = ada.get("/api/me").json()
    assert {name: me[name] for name in changes} == changes


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("time_zone", "Europe/Nowhere", "Europe/Berlin"),
        ("time_zone", "../../etc/passwd", "IANA"),
        ("weekly_goal", 0, "1"),
        ("weekly_goal", 15, "14"),
        ("weekly_goal", "many", "integer"),
        ("units", "stones", "stones"),
        ("language", "tlh", "tlh"),
        ("display_name", "x" * 81, "80"),
        ("display_name", "nul\0", "Null"),
    ],
)
def test_a_refusal_names_the_field(ada: Browser, field: str, value: Any, hint: str) -> None:
    before = ada.get("/api/me").json()
    answer = ada.call("PATCH", "/api/me", {field: value, "display_name": "Eve"} | {field: value})
    assert answer.status_code == 400
    (told,) = answer.json()["error"]["fields"]
    assert told["field"] == field
    assert hint in told["message"]
    assert ada.get("/api/me").json() == before


@pytest.mark.parametrize("field", ["is_coach", "is_staff", "email"])
def test_nobody_promotes_or_renames_themselves(ada: Browser, field: str) -> None:
    before = ada.get("/api/me").json()
    ada.call("PATCH", "/api/me", {field: "mallory@example.org" if field == "email" else True})
    assert ada.get("/api/me").json() == before


def test_broken_json_is_told(ada: Browser) -> None:
    answer = ada.client.generic(
        "PATCH",
        "/api/me",
        b'{"weekly_goal": ',
        content_type="application/json",
        headers={"X-CSRFToken": ada.client.cookies["csrftoken"].value},
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "parse_error"


def test_no_code_changes_what_is_not_of_the_profile(ada: Browser) -> None:
    with pytest.raises(TypeError, match="is_coach, is_staff"):
        user_update(user=User.objects.get(), is_staff=True, is_coach=True, weekly_goal=5)
    assert User.objects.get().weekly_goal == 3


def test_a_person_without_a_past_gets_one_with_the_next_change(ada: Browser) -> None:
    """Rows that were there before histories were."""
    User.history.all().delete()
    ada.call("PATCH", "/api/me", {"display_name": "Ada"})
    assert [row.display_name for row in User.history.all()] == ["Ada"]
