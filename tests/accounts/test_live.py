"""Accounts through real processes: one on SQLite, and several on PostgreSQL and Redis."""

import uuid

from tests.live import PASSWORD, Visitor


def test_an_athlete_signs_up_changes_the_profile_and_comes_back(site: str) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    visitor = Visitor(site)
    assert visitor.sign_up(email, time_zone="Europe/Berlin").status == 200
    assert visitor.call("PATCH", "/api/me", {"weekly_goal": 5}).status == 200

    elsewhere = Visitor(site)
    assert elsewhere.call("GET", "/api/me").status == 401
    signed_in = elsewhere.call(
        "POST", "/_allauth/browser/v1/auth/login", {"email": email, "password": PASSWORD}
    )
    assert signed_in.status == 200, signed_in.body
    me = elsewhere.call("GET", "/api/me").json
    assert (me["email"], me["time_zone"], me["weekly_goal"]) == (email, "Europe/Berlin", 5)


def test_two_megabytes_are_refused_before_they_are_read(site: str) -> None:
    answer = Visitor(site).call("PATCH", "/api/me", b" " * 2_000_000)
    assert answer.status == 413
    assert answer.json["error"]["code"] == "too_large"
