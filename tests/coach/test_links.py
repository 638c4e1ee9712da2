"""Links: what an athlete granted, to whom, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from coach.models import CoachLink
from coach.selectors.links import athletes_visible_to, links_of
from coach.services.links import end_link, grant_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete() -> User:
    return User.objects.create_user("athlete@example.org", "x")


@pytest.fixture
def coach() -> User:
    return User.objects.create_user("coach@example.org", "x", is_coach=True)


def test_without_a_link_a_coach_sees_nobody(coach: User, athlete: User) -> None:
    stranger = User.objects.create_user("other@example.org", "x", is_coach=True)
    grant_link(athlete=athlete, coach=stranger, scopes=["results"])
    assert not athletes_visible_to(coach=coach).exists()


def test_a_coach_sees_what_was_granted_and_no_more(coach: User, athlete: User) -> None:
    grant_link(athlete=athlete, coach=coach, scopes=["results", "replay"])
    assert list(athletes_visible_to(coach=coach)) == [athlete]
    assert list(athletes_visible_to(coach=coach, scope="replay")) == [athlete]
    assert not athletes_visible_to(coach=coach, scope="live").exists()


@pytest.mark.parametrize("who", ["athlete", "coach"])
def test_either_of_the_two_ends_it_at_once(coach: User, athlete: User, who: str) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    end_link(link=link, acting={"athlete": athlete, "coach": coach}[who])
    assert not athletes_visible_to(coach=coach).exists()


def test_nobody_else_ends_it(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    admin = User.objects.create_superuser("admin@example.org", "x")
    with pytest.raises(PermissionDenied):
        end_link(link=link, acting=admin)
    assert athletes_visible_to(coach=coach).exists()


def test_ending_twice_keeps_the_first_time(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    first = end_link(link=link, acting=athlete).ended_at
    assert end_link(link=link, acting=coach).ended_at == first


def test_a_link_runs_out_by_itself(coach: User, athlete: User) -> None:
    ends_at = timezone.now() + timedelta(days=30)
    grant_link(athlete=athlete, coach=coach, scopes=["results"], ends_at=ends_at)
    assert athletes_visible_to(coach=coach, at=ends_at - timedelta(seconds=1)).exists()
    assert not athletes_visible_to(coach=coach, at=ends_at).exists()


def test_granting_again_replaces_and_remembers(coach: User, athlete: User) -> None:
    grant_link(athlete=athlete, coach=coach, scopes=["results", "live"])
    grant_link(athlete=athlete, coach=coach, scopes=["replay"])
    assert not athletes_visible_to(coach=coach, scope="live").exists()
    assert [link.scopes for link in links_of(athlete=athlete)] == [["replay"], ["results", "live"]]


@pytest.mark.parametrize("change", [{"is_coach": False}, {"is_active": False}])
def test_who_is_no_coach_any_more_sees_nobody(
    coach: User, athlete: User, change: dict[str, bool]
) -> None:
    grant_link(athlete=athlete, coach=coach, scopes=["results"])
    User.objects.filter(pk=coach.pk).update(**change)
    assert not athletes_visible_to(coach=coach).exists()


@pytest.mark.parametrize(
    ("scopes", "hint"),
    [([], "blank"), (["video"], "“video”"), (["live", "live"], "twice")],
)
def test_a_wrong_scope_is_named(coach: User, athlete: User, scopes: list[str], hint: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        grant_link(athlete=athlete, coach=coach, scopes=scopes)
    assert hint in refusal.value.message_dict["scopes"][0]


def test_a_refused_grant_leaves_the_old_link(coach: User, athlete: User) -> None:
    grant_link(athlete=athlete, coach=coach, scopes=["results"])
    with pytest.raises(ValidationError, match="cannot end before"):
        grant_link(
            athlete=athlete, coach=coach, scopes=["live"], ends_at=datetime(2020, 1, 1, tzinfo=UTC)
        )
    assert athletes_visible_to(coach=coach, scope="results").exists()


def test_only_a_coach_can_be_granted_anything(athlete: User) -> None:
    other = User.objects.create_user("other@example.org", "x")
    with pytest.raises(ValidationError, match="not a coach"):
        grant_link(athlete=athlete, coach=other, scopes=["results"])


def test_nobody_coaches_themselves(coach: User) -> None:
    with pytest.raises(ValidationError, match="their own coach"):
        grant_link(athlete=coach, coach=coach, scopes=["results"])
    assert not CoachLink.objects.exists()


@pytest.mark.parametrize("change", ["none", "ended", "over", "to come", "no coach", "locked out"])
def test_a_link_knows_what_the_database_finds(coach: User, athlete: User, change: str) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    now = timezone.now()
    match change:
        case "ended":
            link.ended_at = now
        case "over":
            link.ends_at = now
        case "to come":
            link.granted_at = now + timedelta(days=1)
        case "no coach":
            link.coach.is_coach = False
        case "locked out":
            link.coach.is_active = False
    link.save()
    link.coach.save()
    assert link.holds_at(now) is CoachLink.objects.current(now).exists() is (change == "none")
