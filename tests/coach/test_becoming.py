"""Becoming a coach, and being one no longer."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import CoachRequest, Notification, User
from coach.models import CoachLink, Invitation
from coach.services.links import grant_link
from tests.coach.people import a_coach, an_admin
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


def decide(action: str, *, by: User) -> None:
    admin = Client()
    admin.force_login(by, "allauth.account.auth_backends.AuthenticationBackend")
    ids = [str(one.pk) for one in CoachRequest.objects.all()]
    where = reverse("admin:accounts_coachrequest_changelist")
    answer = admin.post(where, {"action": action, "_selected_action": ids})
    assert answer.status_code == 302, answer.content.decode()


def test_an_admin_grants_it(ada: Athlete) -> None:
    told = ada.call("PUT", "coach-request", {"about": "I run a class on Mondays."}).json()
    assert (told["is_coach"], told["request"]["state"]) == (False, "open")
    admin = an_admin()
    decide("grant", by=admin)
    assert ada.get("me")["is_coach"] is True
    row = CoachRequest.objects.get()
    assert (row.state, row.decided_by) == ("granted", admin)
    assert LogEntry.objects.get().object_id == str(row.pk)
    news = Notification.objects.get(user=ada.user)
    assert (news.kind, news.data["granted"]) == ("coach_request_decided", True)


def test_an_admin_declines_it_and_it_can_be_asked_again(ada: Athlete) -> None:
    ada.call("PUT", "coach-request", {"about": ""})
    decide("decline", by=an_admin())
    assert ada.get("coach-request")["request"]["state"] == "declined"
    ada.call("PUT", "coach-request", {"about": "I am one, really."})
    assert ada.get("coach-request")["request"]["about"] == "I am one, really."
    assert ada.get("me")["is_coach"] is False


def test_what_is_decided_stays_decided(ada: Athlete) -> None:
    ada.call("PUT", "coach-request", {"about": ""})
    admin = an_admin()
    decide("decline", by=admin)
    decide("grant", by=admin)
    assert ada.get("me")["is_coach"] is False
    assert Notification.objects.count() == 1


def test_asking_twice_is_one_request_with_the_newer_words(ada: Athlete) -> None:
    ada.call("PUT", "coach-request", {"about": "First."})
    ada.call("PUT", "coach-request", {"about": "Second."})
    assert CoachRequest.objects.get().about == "Second."


def test_it_can_be_withdrawn(ada: Athlete) -> None:
    ada.call("PUT", "coach-request", {"about": ""})
    assert ada.call("DELETE", "coach-request").status_code == 204
    assert ada.get("coach-request")["request"]["state"] == "withdrawn"


def test_too_many_words_are_refused(ada: Athlete) -> None:
    refused = ada.call("PUT", "coach-request", {"about": "x" * 1001})
    assert refused.status_code == 400
    assert "1000" in errors(refused)["about"]


def test_where_coaches_are_open_whoever_asks_is_one(ada: Athlete, settings: Settings) -> None:
    settings.COACHES_OPEN = True
    assert ada.get("coach-request")["is_open"] is True
    assert ada.call("PUT", "coach-request", {"about": ""}).json()["is_coach"] is True
    assert ada.get("me")["is_coach"] is True


def test_who_is_a_coach_has_nothing_to_ask_for(ada: Athlete) -> None:
    tom = a_coach()
    assert tom.call("PUT", "coach-request", {"about": "Again."}).json()["is_coach"] is True
    assert not CoachRequest.objects.exists()


def test_who_stops_ends_every_link_and_invitation(ada: Athlete, eve: Athlete) -> None:
    tom = a_coach()
    invitation = tom.call("POST", "invitations", {"scopes": ["results"]}).json()
    for athlete in (ada, eve):
        grant_link(athlete=athlete.user, coach=tom.user, scopes=["results"])
    assert tom.call("DELETE", "coach-request").status_code == 204
    assert not CoachLink.objects.filter(ended_at=None).exists()
    assert Invitation.objects.get().withdrawn_at is not None
    assert ada.call("GET", f"invited/{invitation['code']}").status_code == 404
    told = {news.user: news.kind for news in Notification.objects.all()}
    assert told == {ada.user: "link_ended", eve.user: "link_ended"}


def test_links_do_not_come_back_when_somebody_is_a_coach_again(ada: Athlete) -> None:
    tom = a_coach()
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    tom.call("DELETE", "coach-request")
    User.objects.filter(pk=tom.user.pk).update(is_coach=True)
    assert tom.call("GET", f"athletes/{ada.user.pk}/workouts").status_code == 404


def test_an_admin_who_takes_the_right_away_ends_the_links(ada: Athlete) -> None:
    tom = a_coach()
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    admin = Client()
    admin.force_login(an_admin(), "allauth.account.auth_backends.AuthenticationBackend")
    where = reverse("admin:accounts_user_change", args=[tom.user.pk])
    page = admin.get(where)
    form = page.context["adminform"].form
    values = {name: form.get_initial_for_field(one, name) for name, one in form.fields.items()}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    del values["is_coach"]
    inlines = {
        f"{one.formset.prefix}-{name}": 0
        for one in page.context["inline_admin_formsets"]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    answer = admin.post(where, values | inlines)
    assert answer.status_code == 302, answer.content.decode()
    assert not CoachLink.objects.filter(ended_at=None).exists()
