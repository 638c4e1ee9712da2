from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from sessions.models import Import, ImportItem

NO_IMPORT: Final = _("There is no such import of yours.")
MOST_TOLD: Final = 100
Outcome = ImportItem.Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """What is in a file and what became of it.

    received: parts that have come. counts: outcome → how many workouts. done: of imported.total.
    sets, reps: of the workouts that are new, or were brought. problems: what is not taken.
    """

    imported: Import
    received: int
    done: int
    counts: dict[str, int]
    others: int
    sets: int
    reps: int
    first_day: str | None
    last_day: str | None
    problems: list[ImportItem]
    problem_count: int
    profile_differs: bool


def import_get(*, actor: User, import_id: UUID) -> Report:
    """Raises NotFound."""
    imported = Import.objects.filter(athlete=actor, id=import_id).first()
    if imported is None:
        raise NotFound(NO_IMPORT)
    return _report(imported)


def imports_list(*, actor: User) -> list[Report]:
    """The newest ten."""
    return [_report(one) for one in Import.objects.filter(athlete=actor)[:10]]


def _report(imported: Import) -> Report:
    items = imported.items.all()
    workouts = items.filter(kind="workout")
    counted = workouts.order_by().values("outcome").annotate(how_many=Count("id"))
    counts = dict.fromkeys(Outcome.values, 0)
    counts |= {row["outcome"]: row["how_many"] for row in counted}
    taken = workouts.filter(outcome__in=(Outcome.NEW, Outcome.BROUGHT))
    sums = taken.aggregate(sets=Sum("sets"), reps=Sum("reps"))
    days = taken.order_by("label").values_list("label", flat=True)
    problems = items.filter(outcome__in=(Outcome.CONFLICT, Outcome.REFUSED)).order_by("id")
    return Report(
        imported=imported,
        received=imported.parts.count(),
        done=_done(imported, items),
        counts=counts,
        others=items.exclude(kind__in=("workout", "profile"))
        .filter(outcome__in=(Outcome.NEW, Outcome.BROUGHT))
        .count(),
        sets=sums["sets"] or 0,
        reps=sums["reps"] or 0,
        first_day=days.first(),
        last_day=days.last(),
        problems=list(problems[:MOST_TOLD]),
        problem_count=problems.count(),
        profile_differs=items.filter(kind="profile", outcome=Outcome.NEW).exists(),
    )


def _done(imported: Import, items: QuerySet[ImportItem]) -> int:
    """Things that need no more work in the state the import is in."""
    if imported.state == Import.State.CHECKING:
        return items.count()
    if imported.state == Import.State.UNDOING:
        return imported.total - items.filter(outcome=Outcome.BROUGHT).count()
    left = Q(outcome=Outcome.NEW)
    return items.exclude(left).count()
