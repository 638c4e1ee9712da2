"""What coaches have looked at, for the athlete to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Access, Plan
from sessions.models import WorkoutSession, WorkoutSet

NO_LOOK: Final = _("There is no such entry in your log.")


@dataclass(frozen=True, slots=True)
class About:
    """What was looked at, as the athlete knows it; exercise and title where there is one."""

    workout: UUID | None = None
    set: UUID | None = None
    day: date | None = None
    exercise: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """about: None of a whole page, and of what is gone."""

    row: Access
    about: About | None


def looks_at(*, actor: User, before: int | None, limit: int) -> tuple[list[Look], int | None]:
    """Looks at the actor's data, newest first, and the id to go on from. Raises NotFound."""
    rows = Access.objects.filter(athlete=actor).select_related("coach")
    if before is not None:
        last = rows.filter(id=before).first()
        if last is None:
            raise NotFound(NO_LOOK)
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.pk))
    page = list(rows[: limit + 1])
    known = _known(actor, {row.target for row in page if row.target is not None})
    looks = [Look(row, known.get(row.target) if row.target else None) for row in page[:limit]]
    return looks, looks[-1].row.pk if len(page) > limit else None


def _known(actor: User, targets: Iterable[UUID]) -> dict[UUID, About]:
    """Ids are of one kind each, so one table or another knows them."""
    workouts = WorkoutSession.objects.filter(athlete=actor, id__in=targets, deleted_at=None)
    sets = WorkoutSet.objects.filter(
        workout__athlete=actor, id__in=targets, deleted_at=None, workout__deleted_at=None
    ).select_related("workout")
    plans = Plan.objects.filter(athlete=actor, id__in=targets)
    return (
        {one.id: About(workout=one.id, day=one.day) for one in workouts}
        | {
            one.id: About(
                workout=one.workout_id,
                set=one.id,
                day=one.workout.day,
                exercise=one.final_exercise or None,
            )
            for one in sets
        }
        | {one.id: About(title=one.title) for one in plans}
    )
