"""What is granted, ended and asked for, at each edge; and that each leaves its trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts.models import User
from accounts.models.audit import AuditEntry, Kind
from coach.models import Access, CoachLink, Invitation
from coach.models.links import validate_scopes
from coach.selectors.links import coach_of, coaches_of, link_between, scopes_granted
from coach.selectors.looks import looks_at
from coach.services.access import access_log
from coach.services.invitations import invitation_make, invitation_withdraw
from coach.services.links import end_link, follow_rights, grant_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete() -> User:
    return User.objects.create_user("athlete@example.org", "x")


@pytest.fixture
def coach() -> User:
    return User.objects.create_user("coach@example.org", "x", is_coach=True)


def trace(kind: Kind) -> list[tuple[User | None, User | None, str]]:
    return [(one.about, one.by, one.detail) for one in AuditEntry.objects.filter(kind=kind)]


@pytest.mark.parametrize("scopes", [[], (), ("results",), "results", ["all"], ["plan", "plan"]])
def test_scopes_are_a_list_of_known_ones_each_once(scopes: object) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_scopes(scopes)  # type: ignore[arg-type]
    assert refused.value.code == "scopes"
    validate_scopes(["plan", "results"])


def test_a_grant_leaves_a_trace_and_the_same_once_more_none(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results", "plan"])
    assert grant_link(athlete=athlete, coach=coach, scopes=["plan", "results"]) == link
    assert trace(Kind.CONSENT_GIVEN) == [(athlete, athlete, "coach: plan, results")]
    assert scopes_granted(coach=coach, athlete_id=athlete.pk) == ["results", "plan"]
    assert scopes_granted(coach=coach, athlete_id=uuid4()) == []


def test_only_a_coach_can_be_granted_anything(athlete: User) -> None:
    other = User.objects.create_user("other@example.org", "x")
    with pytest.raises(ValidationError) as refused:
        grant_link(athlete=athlete, coach=other, scopes=["results"])
    assert "coach" in refused.value.message_dict


def test_an_end_is_known_at_once_and_leaves_a_trace(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    assert end_link(link=link, acting=athlete).ended_by == athlete
    assert link.ended_at is not None
    assert trace(Kind.CONSENT_WITHDRAWN) == [(athlete, athlete, "coach")]
    end_link(link=link, acting=coach)
    assert link.ended_by == athlete


def test_who_is_no_coach_any_more_loses_links_and_invitations(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["results"])
    now = timezone.now()
    made = invitation_make(coach=coach, scopes=["results"], email="", site="", now=now)
    follow_rights(user=coach)
    link.refresh_from_db()
    assert link.ended_at is None
    User.objects.filter(pk=coach.pk).update(is_coach=False)
    coach.refresh_from_db()
    follow_rights(user=coach)
    link.refresh_from_db()
    made.invitation.refresh_from_db()
    assert link.ended_by == coach
    assert made.invitation.withdrawn_at is not None
    assert trace(Kind.CONSENT_WITHDRAWN) == [(athlete, coach, "coach")]


def test_a_link_holds_from_its_first_moment_to_before_its_last(coach: User, athlete: User) -> None:
    at = timezone.now()
    link = CoachLink(
        athlete=athlete, coach=coach, scopes=["plan"], granted_at=at, ends_at=at + timedelta(1)
    )
    moments = (at - timedelta(seconds=1), at, at + timedelta(hours=23), at + timedelta(1))
    assert [link.holds_at(moment) for moment in moments] == [False, True, True, False]


def test_an_invitation_that_was_withdrawn_stays_so(coach: User) -> None:
    now = timezone.now()
    made = invitation_make(coach=coach, scopes=["results"], email="", site="", now=now)
    for hours in (1, 2):
        invitation_withdraw(
            coach=coach, invitation_id=made.invitation.id, now=now + timedelta(hours=hours)
        )
    made.invitation.refresh_from_db()
    assert made.invitation.withdrawn_at == now + timedelta(hours=1)


def test_who_is_not_known_as_a_coach_is_not_found(coach: User, athlete: User) -> None:
    other = User.objects.create_user("other@example.org", "x", is_coach=True)
    ended = grant_link(athlete=athlete, coach=other, scopes=["plan"])
    end_link(link=ended, acting=athlete)
    grant_link(athlete=athlete, coach=coach, scopes=["plan"])
    assert [one.coach for one in coaches_of(athlete=athlete)] == [coach, other]
    assert coach_of(athlete=athlete, coach_id=other.pk).link is None
    with pytest.raises(NotFound):
        coach_of(athlete=athlete, coach_id=uuid4())
    with pytest.raises(NotFound, match="no such athlete of yours"):
        link_between(actor=other, athlete_id=athlete.pk, coach_id=other.pk)
    with pytest.raises(NotFound, match="no such coach of yours"):
        link_between(actor=athlete, athlete_id=athlete.pk, coach_id=uuid4())
    assert link_between(actor=athlete, athlete_id=athlete.pk, coach_id=other.pk) == ended


def test_the_log_goes_on_from_the_last_look_told(coach: User, athlete: User) -> None:
    for what in (Access.What.values * 4)[:4]:
        access_log(coach=coach, athletes=[athlete], what=Access.What(what))
    newest = list(Access.objects.all())
    looks, after = looks_at(actor=athlete, before=None, limit=3)
    assert [one.row for one in looks] == newest[:3]
    assert after == newest[2].pk
    looks, after = looks_at(actor=athlete, before=after, limit=3)
    assert ([one.row for one in looks], after) == (newest[3:], None)


def test_rows_say_who_and_whom(coach: User, athlete: User) -> None:
    link = grant_link(athlete=athlete, coach=coach, scopes=["plan"])
    made = invitation_make(coach=coach, scopes=["results"], email="", site="", now=timezone.now())
    access_log(coach=coach, athletes=[athlete], what=Access.What(Access.What.values[0]))
    for row in (link, Access.objects.get()):
        assert str(coach) in str(row)
        assert str(athlete) in str(row)
    assert str(Invitation.objects.get(pk=made.invitation.pk)) == f"{coach} invites somebody"
