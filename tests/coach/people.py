"""Coaches and admins for tests of the coaching room."""

from accounts.models import User
from tests.workouts.builders import Athlete


def a_coach(name: str = "tom") -> Athlete:
    return Athlete(User.objects.create_user(f"{name}@example.org", is_coach=True))


def an_admin() -> User:
    return User.objects.create_superuser("root@example.org", "three calm otters")
