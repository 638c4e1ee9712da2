"""Two athletes with one code at the same moment, on real PostgreSQL: row locks, not luck."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone
from rest_framework.exceptions import NotFound

from accounts.coaching.services import coach_stop
from accounts.models import User
from coach.models import CoachLink, Invitation
from coach.services.invitations import invitation_accept, invitation_make

pytestmark = pytest.mark.engines


def a_coach() -> User:
    return User.objects.create_user("tom@example.org", is_coach=True)


def a_code(coach: User) -> str:
    now = timezone.now()
    return invitation_make(coach=coach, scopes=["results"], email="", site="", now=now).code


def accepting(athlete: User, code: str) -> Callable[[], object]:
    def accept() -> object:
        return invitation_accept(
            athlete=athlete, code=code, scopes=["results"], ends_at=None, now=timezone.now()
        )

    return accept


def at_once(*works: Callable[[], object]) -> list[bool]:
    """Whether each went through, all of them begun together."""
    together = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> bool:
        together.wait(20)
        try:
            work()
        except NotFound:
            return False
        finally:
            connections["default"].close()
        return True

    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result() for one in [pool.submit(run, work) for work in works]]


@pytest.mark.usefixtures("on_postgres")
def test_one_of_many_accepts_and_sent_twice_it_is_one_link() -> None:
    coach = a_coach()
    athletes = [User.objects.create_user(f"a{i}@example.org") for i in range(3)]
    code = a_code(coach)
    works = [accepting(athlete, code) for athlete in athletes for _ in range(2)]
    went = at_once(*works)
    link, invitation = CoachLink.objects.get(), Invitation.objects.get()
    assert link.athlete == invitation.accepted_by
    winner = athletes.index(link.athlete)
    assert went == [index // 2 == winner for index in range(6)]


@pytest.mark.usefixtures("on_postgres")
def test_no_link_outlives_a_coach_who_stops_meanwhile() -> None:
    coach = a_coach()
    for i in range(3):
        ada = User.objects.create_user(f"a{i}@example.org")
        User.objects.filter(pk=coach.pk).update(is_coach=True)
        code = a_code(coach)
        at_once(accepting(ada, code), lambda: coach_stop(user=coach))
    assert not CoachLink.objects.filter(ended_at=None).exists()
