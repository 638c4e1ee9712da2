"""What the rules ask for next, from what was last done in the same plan."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, Self
from uuid import UUID

from coach.models import PlannedItem, PlannedWorkout, Rule
from coach.progression import DoneSet, Next, Prescribed, Reason, Target, next_target
from coach.selectors.done import done_of, items_of, with_done

LOOK_BACK: Final = 90  # done workouts of the plans that are asked about

Line = tuple[object, ...]


def line_of(item: PlannedItem, plan_id: UUID) -> Line:
    """Equal for what is one thing to the rule, on whichever day of the plan it stands."""
    said = prescribed(item)
    return (plan_id, item.exercise_id, said)


def prescribed(item: PlannedItem) -> Prescribed:
    base = Target(item.sets, item.reps, item.hold_s, item.load_kg)
    return Prescribed(base, Rule(item.rule), item.ceiling)


def frozen(item: PlannedItem) -> Next:
    """What was asked when its workout began."""
    target = Target(item.sets, item.asked_reps, item.asked_hold_s, item.asked_load_kg)
    return Next(target, Reason(item.reason), item.step)


@dataclass(frozen=True, slots=True)
class Progress:
    """The last time of each line: what was asked, and the sets that were done."""

    last: dict[Line, tuple[Target, list[DoneSet]]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan_ids: Collection[UUID]) -> Self:
        """Of these plans, up to now. A workout counts once it has ended."""
        last: dict[Line, tuple[Target, list[DoneSet]]] = {}
        for row in _done_rows(plan_ids):
            items = items_of(row)
            for item, done in zip(items, done_of(row, items), strict=True):
                last.setdefault(line_of(item, row.plan_id), (frozen(item).target, done))
        return cls(last)

    def next(self, item: PlannedItem, plan_id: UUID) -> Next:
        asked, done = self.last.get(line_of(item, plan_id), (None, []))
        return next_target(prescribed(item), asked, done)


def _done_rows(plan_ids: Collection[UUID]) -> list[PlannedWorkout]:
    """Newest first."""
    if not plan_ids:
        return []
    done = PlannedWorkout.objects.filter(
        plan_id__in=plan_ids, workout__ended_at__isnull=False, workout__deleted_at=None
    )
    return list(with_done(done).order_by("-workout__started_at", "-index")[:LOOK_BACK])
