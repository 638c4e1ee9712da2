"""Reads for coaches, and for athletes about their coaches."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import CoachLink

NO_ATHLETE: Final = _("There is no such athlete of yours.")
NO_COACH: Final = _("There is no such coach of yours.")


def athletes_visible_to(
    *, coach: User, scope: str | None = None, at: datetime | None = None
) -> QuerySet[User]:
    """Athletes whose link to the coach holds, and covers the scope where one is asked for."""
    links = CoachLink.objects.current(at or timezone.now()).filter(coach=coach)
    # SQLite cannot search inside JSON lists; a coach has few links.
    athletes = [link.athlete_id for link in links if scope is None or scope in link.scopes]
    return User.objects.filter(pk__in=athletes, is_active=True)


def current_link(*, coach: User, athlete_id: UUID, at: datetime | None = None) -> CoachLink | None:
    """The link of the two that holds, with its athlete; none of an athlete who is not active."""
    links = CoachLink.objects.current(at or timezone.now()).select_related("athlete", "coach")
    return links.filter(coach=coach, athlete_id=athlete_id, athlete__is_active=True).first()


def athlete_for(*, coach: User, athlete_id: UUID, scope: str | None) -> User:
    """The athlete, if the coach may see what the scope covers; None: any link is enough.

    Raises NotFound: who may not look is not told that there is somebody.
    """
    link = current_link(coach=coach, athlete_id=athlete_id)
    if link is None or (scope is not None and scope not in link.scopes):
        raise NotFound(NO_ATHLETE)
    return link.athlete


def scopes_granted(*, coach: User, athlete_id: UUID) -> list[str]:
    """None without a link that holds."""
    link = current_link(coach=coach, athlete_id=athlete_id)
    return list(link.scopes) if link else []


def links_of(*, athlete: User) -> QuerySet[CoachLink]:
    """Every link the athlete ever granted, newest first."""
    return CoachLink.objects.filter(athlete=athlete).select_related("coach")


def newest_link(*, athlete: User, coach_id: UUID) -> CoachLink | None:
    """What the athlete last granted to the coach, whether it holds or not."""
    return links_of(athlete=athlete).filter(coach_id=coach_id).first()


@dataclass(frozen=True, slots=True)
class CoachOf:
    """A coach of an athlete. link: the one that holds; past: those that do not, newest first."""

    coach: User
    link: CoachLink | None
    past: list[CoachLink]

    @property
    def can_return(self) -> bool:
        """Whether the athlete may grant again without an invitation: see `link_change`."""
        newest = self.link or self.past[0]
        return self.coach.is_coach and newest.ended_by_id != self.coach.pk


def coaches_of(*, athlete: User, at: datetime | None = None) -> list[CoachOf]:
    """Everybody who ever was a coach of the athlete; those who are come first."""
    current = CoachLink.objects.current(at or timezone.now()).filter(athlete=athlete)
    holding = set(current.values_list("pk", flat=True))
    by_coach: dict[User, list[CoachLink]] = {}
    for link in links_of(athlete=athlete):
        by_coach.setdefault(link.coach, []).append(link)
    found = [
        CoachOf(
            coach=coach,
            link=next((link for link in links if link.pk in holding), None),
            past=[link for link in links if link.pk not in holding],
        )
        for coach, links in by_coach.items()
    ]
    return sorted(found, key=lambda one: one.link is None)


def coach_of(*, athlete: User, coach_id: UUID, at: datetime | None = None) -> CoachOf:
    """One of `coaches_of`. Raises NotFound."""
    for one in coaches_of(athlete=athlete, at=at):
        if one.coach.pk == coach_id:
            return one
    raise NotFound(NO_COACH)


def link_between(*, actor: User, athlete_id: UUID, coach_id: UUID) -> CoachLink:
    """The newest link of the two, of whom the actor is one; it may have ended. Raises NotFound.

    For a coach an athlete whose link has ended is nobody, for an athlete the coach stays known.
    """
    links = CoachLink.objects.filter(athlete_id=athlete_id, coach_id=coach_id)
    if actor.pk == coach_id:
        links = links.current(timezone.now())
    if actor.pk not in (athlete_id, coach_id) or (found := links.first()) is None:
        raise NotFound(NO_ATHLETE if actor.pk == coach_id else NO_COACH)
    return found
