"""Personal API tokens: made once, kept as a digest, good for what they say until they end."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts import throttles
from accounts.models import ApiToken, AuditEntry, Kind, User
from accounts.standing import user_set_active, user_sign_out_everywhere
from accounts.tokens.services import LONGEST, MOST_TOKENS, token_make
from sessions.services.catalogue import catalogue_load
from tests.accounts.conftest import BACKEND
from tests.proven import prove

pytestmark = pytest.mark.django_db
READ = "/api/exercises"


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    catalogue_load()


def asked(**changes: Any) -> dict[str, Any]:
    until = timezone.now() + timedelta(days=30)
    return {"name": "Watch", "scopes": ["results:read"], "expires_at": until.isoformat(), **changes}


def make(page: Client, **changes: Any) -> Any:
    return page.post("/api/tokens", asked(**changes), content_type="application/json")


def ask(secret: str, path: str = READ, method: str = "GET", **more: Any) -> Any:
    client = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {secret}"}
    return client.generic(method, path, headers=headers, **more)


def test_the_secret_is_told_once_and_kept_nowhere(page: Client) -> None:
    answer = make(page)
    assert answer.status_code == 201
    secret = answer.json()["secret"]
    assert len(secret) == 46
    [row] = ApiToken.objects.values()
    assert row["digest"] == hashlib.sha256(secret.encode()).hexdigest()
    assert row["prefix"] == secret[:8]
    assert secret[8:] not in str(row)
    [told] = page.get("/api/tokens").json()
    assert secret[8:] not in str(told)
    assert (told["name"], told["scopes"], told["used_on"]) == ("Watch", ["results:read"], None)
    assert make(page).json()["secret"] != secret


def test_it_opens_what_it_was_made_for_without_cookies_or_csrf(page: Client) -> None:
    secret = make(page).json()["secret"]
    assert ask(secret).status_code == 200
    refused = ask(secret, "/api/plans")
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "insufficient_scope"
    assert 'scope="plan:read"' in refused["WWW-Authenticate"]


@pytest.mark.parametrize(
    "secret", ["", "pc_", "x" * 46, "pc_" + "A" * 43, "pc_" + "A" * 42 + "é", "pc_a b"]
)
def test_what_is_no_token_is_refused_by_the_book(secret: str) -> None:
    answer = ask(secret)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="PoseCoach", error="invalid_token"'


def test_without_any_sign_in_the_challenge_names_no_error() -> None:
    assert Client().get(READ)["WWW-Authenticate"] == 'Bearer realm="PoseCoach"'


def test_a_wrong_token_is_not_saved_by_a_good_cookie(page: Client) -> None:
    assert page.get(READ, headers={"Authorization": "Bearer pc_no"}).status_code == 401


def test_a_token_beside_a_cookie_has_the_rights_of_the_token(page: Client) -> None:
    secret = make(page).json()["secret"]
    headers = {"Authorization": f"Bearer {secret}"}
    assert page.get("/api/me").status_code == 200
    assert page.get("/api/me", headers=headers).status_code == 403


def test_taken_away_it_opens_nothing_from_the_next_request_on(page: Client) -> None:
    made = make(page).json()
    assert ask(made["secret"]).status_code == 200
    assert page.delete(f"/api/tokens/{made['token']['id']}").status_code == 204
    assert ask(made["secret"]).status_code == 401


def test_nobody_else_can_take_it_away(page: Client) -> None:
    made = make(page).json()
    other = Client()
    other.force_login(User.objects.create_user("eve@example.org"), BACKEND)
    assert other.delete(f"/api/tokens/{made['token']['id']}").status_code == 404
    assert ask(made["secret"]).status_code == 200


def test_it_ends_when_it_says(page: Client) -> None:
    secret = make(page).json()["secret"]
    now = timezone.now()
    ApiToken.objects.update(created_at=now - timedelta(days=2), expires_at=now)
    assert ask(secret).status_code == 401


def test_it_ends_with_the_account_and_with_signing_out_everywhere(page: Client, ada: User) -> None:
    secret = make(page).json()["secret"]
    user_set_active(user=ada, is_active=False)
    assert ask(secret).status_code == 401
    user_set_active(user=ada, is_active=True)
    assert ask(secret).status_code == 200
    user_sign_out_everywhere(user=ada)
    assert ask(secret).status_code == 401


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes[0]"),
        ({"name": " "}, "name"),
        ({"name": "n" * 61}, "name"),
        ({"expires_at": None}, "expires_at"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2199-01-01T00:00:00Z"}, "expires_at"),
    ],
)
def test_what_is_wrong_is_named(page: Client, wrong: dict[str, Any], field: str) -> None:
    answer = make(page, **wrong)
    assert answer.status_code == 400
    assert field in {one["field"] for one in answer.json()["error"]["fields"]}
    assert not ApiToken.objects.exists()


def test_a_year_is_the_most(page: Client) -> None:
    assert make(page, expires_at=(timezone.now() + LONGEST).isoformat()).status_code == 201
    later = timezone.now() + LONGEST + timedelta(minutes=1)
    assert make(page, expires_at=later.isoformat()).status_code == 400


def test_there_is_an_end_to_how_many(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "TOKENS_MADE", 10 * MOST_TOKENS)
    assert {make(page).status_code for _ in range(MOST_TOKENS)} == {201}
    assert make(page).status_code == 400
    assert ApiToken.objects.count() == MOST_TOKENS


def test_making_one_asks_who_is_there(page: Client, ada: User) -> None:
    prove(page, ada, ago_s=301)
    answer = make(page)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "reauthentication_required"
    assert page.get("/api/tokens").status_code == 200


def test_use_is_written_down_once_a_day(page: Client) -> None:
    secret = make(page).json()["secret"]
    ask(secret, REMOTE_ADDR="192.0.2.77")
    token = ApiToken.objects.get()
    assert (token.used_on, token.used_from) == (timezone.now().date(), "192.0.2.0/24")
    with CaptureQueriesContext(connection) as captured:
        ask(secret, REMOTE_ADDR="198.51.100.9")
    assert not [one for one in captured if "UPDATE" in one["sql"] or "INSERT" in one["sql"]]
    yesterday = timezone.now().date() - timedelta(days=1)
    ApiToken.objects.update(used_on=yesterday)
    ask(secret, REMOTE_ADDR="2001:db8:1:2::3")
    assert ApiToken.objects.get().used_from == "2001:db8:1::/48"


def test_what_happened_is_in_the_log_without_the_secret(page: Client, ada: User) -> None:
    made = make(page).json()
    page.delete(f"/api/tokens/{made['token']['id']}")
    entries = AuditEntry.objects.filter(about=ada, kind__in=(Kind.TOKEN_MADE, Kind.TOKEN_REVOKED))
    assert {one.kind for one in entries} == {Kind.TOKEN_MADE, Kind.TOKEN_REVOKED}
    assert all(made["secret"] not in one.detail and "Watch" in one.detail for one in entries)


def test_guessing_tokens_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "WRONG_TOKENS", 3)
    assert [ask("pc_no").status_code for _ in range(3)] == [401] * 3
    refused = ask("pc_no")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 61


def test_programs_are_slowed_down(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "CALLS_OF_TOKENS", 2)
    secret = make(page).json()["secret"]
    assert [ask(secret).status_code for _ in range(3)] == [200, 200, 429]
    assert page.get(READ).status_code == 200, "the page is not the program"


def test_where_a_second_factor_is_asked_for_a_token_is_no_way_around(
    page: Client, ada: User, settings: Settings
) -> None:
    secret = make(page).json()["secret"]
    cache.clear()
    settings.MFA_REQUIRED = "staff"
    assert ask(secret).status_code == 200
    User.objects.filter(pk=ada.pk).update(is_staff=True)
    refused = ask(secret)
    assert (refused.status_code, refused.json()["error"]["code"]) == (
        403,
        "second_factor_required",
    )


def test_an_admin_takes_one_away_and_it_is_noted_who(page: Client, ada: User) -> None:
    root = User.objects.create_superuser("root@example.org", "three calm otters")
    staff = Client()
    staff.force_login(root, BACKEND)
    secrets = [make(page, name=name).json()["secret"] for name in ("Watch", "Scale", "Kept")]
    one, other, _ = ApiToken.objects.order_by("created_at")
    staff.post(reverse("admin:accounts_apitoken_delete", args=[one.pk]), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    staff.post(reverse("admin:accounts_apitoken_changelist"), chosen)
    assert [ask(secret).status_code for secret in secrets] == [401, 401, 200]
    revoked = AuditEntry.objects.filter(kind=Kind.TOKEN_REVOKED)
    assert {(entry.about, entry.by) for entry in revoked} == {(ada, root)}
    assert revoked.count() == 2


@pytest.mark.parametrize("scopes", [[], ["results:read", "everything"]])
def test_nothing_makes_one_with_scopes_that_there_are_not(ada: User, scopes: list[str]) -> None:
    until = timezone.now() + timedelta(days=30)
    with pytest.raises(ValidationError, match="at least one of the listed permissions"):
        token_make(user=ada, name="Watch", scopes=scopes, expires_at=until)
