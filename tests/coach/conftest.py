"""An athlete who is signed in, a stranger, a coach, and the programmes."""

import pytest

from accounts.models import User
from coach.services.programmes import programmes_load
from sessions.services.catalogue import catalogue_load
from tests.workouts.builders import Athlete


@pytest.fixture
def programmes(db: None) -> None:
    catalogue_load()
    programmes_load()


@pytest.fixture
def ada(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("ada@example.org"))


@pytest.fixture
def eve(programmes: None) -> Athlete:
    return Athlete(User.objects.create_user("eve@example.org"))


@pytest.fixture
def tom(programmes: None) -> Athlete:
    user = User.objects.create_user("tom@example.org", is_coach=True, display_name="Tom")
    return Athlete(user)
