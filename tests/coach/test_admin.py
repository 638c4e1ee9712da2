"""What an admin finds of who coaches whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coach.models import CoachLink
from coach.services.links import end_link, grant_link
from tests.coach.people import a_coach, an_admin
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db
LINKS = reverse("admin:coach_coachlink_changelist")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["ended", "over", "stands"]),
        ({"holds": "yes"}, ["stands"]),
        ({"holds": "no"}, ["ended", "over"]),
    ],
)
def test_links_by_whether_they_hold_now(
    ada: Athlete, client: Client, query: dict[str, str], names: list[str]
) -> None:
    links = {
        name: grant_link(athlete=ada.user, coach=a_coach(name).user, scopes=["plan"])
        for name in ("ended", "over", "stands")
    }
    end_link(link=links["ended"], acting=ada.user)
    now = timezone.now()
    over = CoachLink.objects.filter(pk=links["over"].pk)
    over.update(granted_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    client.force_login(an_admin(), "allauth.account.auth_backends.AuthenticationBackend")
    found = client.get(LINKS, query).context["cl"].result_list
    assert sorted(link.coach.email.partition("@")[0] for link in found) == names
