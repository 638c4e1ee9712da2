"""An athlete's coaches: what each may see, changed and ended by the athlete, and by either side."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Notification, User
from accounts.standing import user_set_active
from coach.expired import links_run_out
from coach.models import AthleteStatus, CoachLink
from coach.services.links import end_link, grant_link
from tests.coach.people import a_coach
from tests.workouts.builders import Athlete, errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(programmes: None) -> Athlete:
    return a_coach()


@pytest.fixture
def link(ada: Athlete, tom: Athlete) -> CoachLink:
    return grant_link(athlete=ada.user, coach=tom.user, scopes=["results", "plan"])


@pytest.fixture
def revocations(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """(coach, athlete) of every nudge to open pages."""
    told: list[tuple[Any, Any]] = []

    def note(*, coach_id: Any, athlete_id: Any) -> None:
        told.append((coach_id, athlete_id))

    for place in ("coach.services.links", "coach.expired"):
        monkeypatch.setattr(f"{place}.revoked", note)
    return told


def coach_sees(tom: Athlete, ada: Athlete, page: str = "workouts") -> int:
    return int(tom.call("GET", f"athletes/{ada.user.pk}/{page}").status_code)


def test_who_coaches_is_told_with_scopes_and_times(
    ada: Athlete, tom: Athlete, link: CoachLink
) -> None:
    [told] = ada.get("coaches")
    assert told["coach"] == {
        "id": str(tom.user.pk), "name": "tom@example.org", "email": "tom@example.org",
    }  # fmt: skip
    assert told["link"]["scopes"] == ["results", "plan"]
    assert told["past"] == []


def test_others_coaches_are_not_told(ada: Athlete, eve: Athlete, link: CoachLink) -> None:
    assert eve.get("coaches") == []
    assert eve.call("DELETE", f"coaches/{link.coach_id}").status_code == 404
    assert eve.call("PUT", f"coaches/{link.coach_id}", {"scopes": ["results"]}).status_code == 404


def test_narrower_scopes_hold_at_once_and_the_old_ones_are_history(
    ada: Athlete, tom: Athlete, link: CoachLink, revocations: list[Any]
) -> None:
    assert coach_sees(tom, ada) == 200
    told = ada.call("PUT", f"coaches/{tom.user.pk}", {"scopes": ["plan"]}).json()
    assert coach_sees(tom, ada) == 404
    assert told["link"]["scopes"] == ["plan"]
    [before] = told["past"]
    assert (before["scopes"], before["ended_by"]) == (["results", "plan"], "athlete")
    assert (tom.user.pk, ada.user.pk) in revocations


def test_the_same_once_more_changes_nothing(
    ada: Athlete, tom: Athlete, link: CoachLink, revocations: list[Any]
) -> None:
    ada.call("PUT", f"coaches/{tom.user.pk}", {"scopes": ["plan", "results"]})
    assert CoachLink.objects.get() == link
    assert revocations == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["video"]}, "scopes[0]"),
        ({"scopes": ["plan", "plan"]}, "scopes"),
        ({"scopes": ["plan"], "ends_at": "2020-01-01T00:00:00Z"}, "ends_at"),
        ({"scopes": ["plan"], "ends_at": "soon"}, "ends_at"),
    ],
)
def test_a_wrong_grant_names_the_field_and_leaves_the_old_one(
    ada: Athlete, tom: Athlete, link: CoachLink, given: dict[str, Any], field: str
) -> None:
    refused = ada.call("PUT", f"coaches/{tom.user.pk}", given)
    assert refused.status_code == 400
    assert field in {name.removesuffix(".0") for name in errors(refused)} or any(
        name.startswith("scopes") for name in errors(refused)
    )
    assert coach_sees(tom, ada) == 200


def test_ended_by_the_athlete_everything_is_gone_at_once(
    ada: Athlete, tom: Athlete, link: CoachLink, revocations: list[Any]
) -> None:
    assert ada.call("DELETE", f"coaches/{tom.user.pk}").status_code == 204
    for page in ("workouts", "trends", "plans", "timeline", "report.csv?from=2026-03-01"):
        assert coach_sees(tom, ada, page) == 404
    assert tom.call("GET", f"athletes/{ada.user.pk}").status_code == 404
    assert str(ada.user.pk) not in tom.client.get("/api/athletes").content.decode()
    assert revocations == [(tom.user.pk, ada.user.pk)]
    news = Notification.objects.get()
    assert (news.user, news.kind) == (tom.user, "link_ended")
    assert ada.call("DELETE", f"coaches/{tom.user.pk}").status_code == 204, "once more is fine"
    assert Notification.objects.count() == 1


def test_a_grant_reaches_open_pages_and_the_roster(
    ada: Athlete, tom: Athlete, revocations: list[Any]
) -> None:
    now = timezone.now()
    AthleteStatus.objects.create(athlete=ada.user, day=now.date(), computed_at=now, due=False)
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"])
    assert revocations == [(tom.user.pk, ada.user.pk)]
    assert AthleteStatus.objects.get().due


def test_an_end_is_undone_by_granting_again(ada: Athlete, tom: Athlete, link: CoachLink) -> None:
    ada.call("DELETE", f"coaches/{tom.user.pk}")
    [told] = ada.get("coaches")
    assert (told["link"], told["can_return"]) == (None, True)
    ada.call("PUT", f"coaches/{tom.user.pk}", {"scopes": ["results"]})
    assert coach_sees(tom, ada) == 200


def test_what_the_coach_has_ended_needs_a_new_invitation(
    ada: Athlete, tom: Athlete, link: CoachLink
) -> None:
    assert tom.call("DELETE", f"athletes/{ada.user.pk}").status_code == 204
    [told] = ada.get("coaches")
    assert (told["link"], told["can_return"]) == (None, False)
    assert told["past"][0]["ended_by"] == "coach"
    again = ada.call("PUT", f"coaches/{tom.user.pk}", {"scopes": ["results"]})
    assert again.status_code == 404
    assert tom.call("DELETE", f"athletes/{ada.user.pk}").status_code == 404
    assert Notification.objects.get().user == ada.user


def test_a_stranger_cannot_be_made_a_coach_by_their_id(ada: Athlete, tom: Athlete) -> None:
    for coach_id in (tom.user.pk, ada.user.pk):
        answer = ada.call("PUT", f"coaches/{coach_id}", {"scopes": ["results"]})
        assert answer.status_code == 404


def test_time_runs_out_by_itself_and_open_pages_hear_of_it(
    ada: Athlete, tom: Athlete, revocations: list[Any]
) -> None:
    ends_at = timezone.now() + timedelta(days=1)
    grant_link(athlete=ada.user, coach=tom.user, scopes=["results"], ends_at=ends_at)
    revocations.clear()
    assert links_run_out(ends_at - timedelta(seconds=1)) == 0
    assert links_run_out(ends_at + timedelta(seconds=50)) == 1
    assert revocations == [(tom.user.pk, ada.user.pk)]
    ended = CoachLink.objects.get()
    assert (ended.ended_at, ended.ended_by) == (ends_at, None)


def test_a_grant_that_ran_out_was_ended_by_nobody(
    ada: Athlete, tom: Athlete, link: CoachLink
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    CoachLink.objects.update(granted_at=yesterday - timedelta(days=9), ends_at=yesterday)
    assert links_run_out(timezone.now()) == 1
    [told] = ada.get("coaches")
    [past] = told["past"]
    assert (past["ended_by"], datetime.fromisoformat(past["ended_at"])) == (None, yesterday)
    assert told["link"] is None


def test_whose_account_is_locked_is_seen_by_nobody(
    ada: Athlete, tom: Athlete, link: CoachLink
) -> None:
    User.objects.filter(pk=ada.user.pk).update(is_active=False)
    assert coach_sees(tom, ada) == 404


@pytest.mark.parametrize("is_active", [True, False])
def test_open_pages_of_coaches_ask_again_when_an_account_is_locked(
    ada: Athlete, tom: Athlete, link: CoachLink, revocations: list[Any], is_active: bool
) -> None:
    before = grant_link(athlete=ada.user, coach=a_coach("kim").user, scopes=["plan"])
    end_link(link=before, acting=ada.user)
    revocations.clear()
    user_set_active(user=ada.user, is_active=is_active)
    assert revocations == [(tom.user.pk, ada.user.pk)], "and nobody whose link had ended"
