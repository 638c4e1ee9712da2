"""Sets of which an athlete says another count than the machine."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Prefetch

from accounts.models import User
from coach.facts import DisputeFact
from coach.reasons import Target
from sessions.models import Correction, Rep, WorkoutSet


def disputes(*, athlete: User, since: date) -> list[DisputeFact]:
    """Of days after since, newest first. Where somebody else had a word after the athlete's last,
    nothing is open any more."""
    said = Correction.objects.live().exclude(kind=Correction.Kind.EXERCISE).order_by("created_at")
    taken_out = Rep.objects.filter(correction__isnull=False)
    apart = WorkoutSet.objects.alive().filter(
        workout__athlete=athlete, workout__day__gt=since, corrections__undone_at=None,
        corrections__isnull=False,
    ).exclude(final_rep_count=F("rep_count"))  # fmt: skip
    rows = apart.distinct().select_related("workout").order_by("-started_at")
    found = rows.prefetch_related(
        Prefetch("corrections", said, to_attr="said"), Prefetch("reps", taken_out, to_attr="out")
    )
    return [
        DisputeFact(
            one.final_exercise, one.workout.day, one.rep_count, one.final_rep_count, _moment(one)
        )
        for one in found
        if _is_open(one.said, athlete)  # type: ignore[attr-defined]  # prefetched
    ]


def _is_open(said: Sequence[Correction], athlete: User) -> bool:
    return bool(said) and said[-1].author_id == athlete.pk


def _moment(one: WorkoutSet) -> Target:
    """The first movement that was spoken of; the whole set where only a number was said."""
    said: list[Correction] = one.said  # type: ignore[attr-defined]  # prefetched
    out: list[Rep] = one.out  # type: ignore[attr-defined]
    moments = [each.start_ms for each in said if each.start_ms is not None]
    t_ms = min(moments, default=None)
    reps = [rep.index + 1 for rep in out if t_ms is not None and rep.start_ms <= t_ms < rep.end_ms]
    return Target("set", one.workout_id, one.id, reps[0] if reps else None, t_ms)
