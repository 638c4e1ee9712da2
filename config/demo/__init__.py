"""People with invented names and a synthetic history, so that a first look finds a living place.

Nothing in the history was measured, and it has no keypoints. The newest workout has those of
synthetic people, and its results are measured on them.
"""

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from accounts.models import User
from accounts.services import user_create
from coach.models import Scope
from coach.selectors.links import links_of
from coach.services.links import grant_link
from coach.services.programmes import programmes_load
from config.demo.filmed import filmed_load, is_filmed
from config.demo.history import history_load
from config.demo.plan import plan_load

DOMAIN: Final = "demo.example"
PASSWORD: Final = "posecoach-demo"  # noqa: S105 (public on purpose; see `config.env.demo`)


@dataclass(frozen=True, slots=True)
class Person:
    role: str
    name: str
    is_coach: bool = False
    is_staff: bool = False

    @property
    def email(self) -> str:
        return f"{self.role}@{DOMAIN}"


ATHLETE: Final = Person("athlete", "Mira Solberg")
COACH: Final = Person("coach", "Tomás Okafor", is_coach=True)
ADMIN: Final = Person("admin", "Ines Halloran", is_staff=True)
PEOPLE: Final = (ATHLETE, COACH, ADMIN)


@transaction.atomic
def load() -> tuple[Person, ...]:
    """Makes whoever and whatever is missing; what is there stays as it is."""
    programmes_load()
    users = {person.role: _user(person) for person in PEOPLE}
    athlete, coach = users[ATHLETE.role], users[COACH.role]
    if not links_of(athlete=athlete).exists():
        grant_link(athlete=athlete, coach=coach, scopes=Scope.values)
    if not athlete.workouts.exists():
        history_load(athlete=athlete)
    if not is_filmed(athlete):
        filmed_load(athlete=athlete)
    if not athlete.plans.exists():
        plan_load(athlete=athlete)
    return PEOPLE


def are_here() -> bool:
    """Whether an account with the public password can be signed in to."""
    return User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).exists()


def _user(person: Person) -> User:
    existing = User.objects.filter(email=person.email).first()
    return existing or user_create(
        email=person.email,
        password=PASSWORD,
        display_name=person.name,
        time_zone="Europe/Oslo",
        is_coach=person.is_coach,
        is_staff=person.is_staff,
        is_superuser=person.is_staff,
    )
