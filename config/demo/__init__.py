"""People with invented names and a synthetic history, so that a first look finds a living place.

Nothing in the history was measured, and it has no keypoints. The newest workout has those of
synthetic people, and its results are measured on them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.consents import words
from accounts.consents.services import consent_give
from accounts.models import Consent, User
from accounts.services import user_create
from coach import status
from coach.models import CoachLink, Scope
from coach.selectors.links import links_of
from coach.services.links import grant_link
from coach.services.programmes import programmes_load
from config.demo.filmed import filmed_load, is_filmed
from config.demo.history import history_load
from config.demo.own import own_load
from config.demo.plan import plan_load
from config.demo.roster import groups_load, story_load
from config.demo.stories import STORIES
from sessions.models import OwnExercise

DOMAIN: Final = "demo.example"
COACHED: Final = timedelta(days=40)  # for the demo athlete
PASSWORD: Final = "posecoach-demo"  # noqa: S105 (public on purpose; see `config.env.demo`)


@dataclass(frozen=True, slots=True)
class Person:
    role: str
    name: str
    is_coach: bool = False
    is_staff: bool = False
    time_zone: str = "Europe/Oslo"

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
        link = grant_link(athlete=athlete, coach=coach, scopes=Scope.values)
        CoachLink.objects.filter(pk=link.pk).update(granted_at=timezone.now() - COACHED)
    if not athlete.workouts.exists():
        history_load(athlete=athlete)
    if not is_filmed(athlete):
        filmed_load(athlete=athlete)
    if not athlete.plans.exists():
        plan_load(athlete=athlete)
    _roster(coach)
    if not OwnExercise.objects.filter(author=coach).exists():
        own_load(coach=coach, athlete=athlete)
    status.refresh(athlete.pk, timezone.now())
    return PEOPLE


def _roster(coach: User) -> None:
    """The coach's other athletes, with the groups that they are in."""
    made = {}
    for seed, story in enumerate(STORIES):
        person = Person(story.role, story.name, time_zone=story.time_zone)
        made[story.role] = athlete = _user(person)
        if not athlete.workouts.exists() and not links_of(athlete=athlete).exists():
            story_load(story=story, athlete=athlete, coach=coach, seed=seed)
    if not coach.athlete_groups.exists():
        groups_load(coach=coach, athletes=made)


def are_here() -> bool:
    """Whether an account with the public password can be signed in to."""
    return User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).exists()


def _user(person: Person) -> User:
    existing = User.objects.filter(email=person.email).first()
    return existing or _made(person)


def _made(person: Person) -> User:
    """Somebody who has agreed to what every page would ask for first."""
    user = user_create(
        email=person.email,
        password=PASSWORD,
        display_name=person.name,
        time_zone=person.time_zone,
        is_coach=person.is_coach,
        is_staff=person.is_staff,
        is_superuser=person.is_staff,
    )
    movement = Consent.Document.MOVEMENT
    version = words.current(movement)
    consent_give(user=user, document=movement, version=version, language=user.language)
    return user
