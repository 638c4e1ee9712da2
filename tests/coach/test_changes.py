"""What has surely fallen or risen in three weeks, and to which moment a click on it leads."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from coach.facts import ChangeFact
from coach.selectors.changes import changes
from sessions import trends
from sessions.models import Finding, Rep, WorkoutSet
from tests.coach.builders import NOW
from tests.workouts.builders import Athlete, add_set

pytestmark = pytest.mark.django_db
DAYS_AGO = (15, 12, 9, 6, 3, 0)


def a_set(ada: Athlete, days_ago: int, *ranges: tuple[float, float]) -> WorkoutSet:
    """Of repetitions with these ranges of left and right; their mean is the repetition's own."""
    row = add_set(ada.user, NOW - timedelta(days=days_ago), reps=len(ranges))
    for rep, (left, right) in zip(row.reps.order_by("index"), ranges, strict=True):
        rep.rom_left_deg, rep.rom_right_deg, rep.rom_deg = left, right, (left + right) / 2
        rep.save()
    WorkoutSet.objects.filter(pk=row.pk).update(rom_deg=sum(map(sum, ranges)) / 2 / len(ranges))
    return row


def falling(
    ada: Athlete, *, degrees: Sequence[float] = (100, 98, 95, 92, 89, 85), is_left: bool = True
) -> WorkoutSet:
    """The last of six sets of three repetitions, one side of which falls; its third goes least
    far."""
    for days_ago, deg in zip(DAYS_AGO, degrees, strict=True):
        sides = [(deg, 100), (deg, 100), (deg - 2, 100)]
        last = a_set(ada, days_ago, *(pair if is_left else pair[::-1] for pair in sides))
    return last


def with_findings(row: WorkoutSet, *found: tuple[int, str, float]) -> None:
    """found: index of the repetition, fault, severity."""
    reps = {rep.index: rep for rep in row.reps.all()}
    Finding.objects.bulk_create(
        Finding(
            set=row, rep=reps[index], fault=fault, measured=1, limit=2, unit="deg",
            severity=severity, start_ms=reps[index].start_ms, end_ms=reps[index].end_ms,
            model_version=row.model_version,
        )
        for index, fault, severity in found
    )  # fmt: skip


def falls(ada: Athlete) -> tuple[list[ChangeFact], list[ChangeFact]]:
    """Of the range, and of one side behind the other."""
    trends.refresh(ada.user.pk)
    found = changes(athlete=ada.user, today=NOW.date())
    return found.range_falls, found.symmetry_falls


def test_a_side_that_falls_behind_leads_to_the_repetition_that_shows_it(ada: Athlete) -> None:
    last = falling(ada)
    _, [uneven] = falls(ada)
    assert (uneven.exercise, uneven.detail, uneven.days) == ("squat", "left", 15)
    assert uneven.before > 0.97
    assert uneven.now < 0.88
    assert (uneven.target.set, uneven.target.rep) == (last.id, 3)


def test_the_other_side_is_named_where_it_is_the_weaker(ada: Athlete) -> None:
    falling(ada, is_left=False)
    _, [uneven] = falls(ada)
    assert uneven.detail == "right"


def test_without_its_repetitions_a_change_leads_to_the_set(ada: Athlete) -> None:
    last = falling(ada)
    trends.refresh(ada.user.pk)
    Rep.objects.filter(set=last).delete()
    found = changes(athlete=ada.user, today=NOW.date())
    for [fall] in (found.range_falls, found.symmetry_falls):
        assert (fall.target.kind, fall.target.set, fall.target.rep) == ("set", last.id, None)


def test_without_sets_of_that_exercise_a_change_leads_to_the_trends(ada: Athlete) -> None:
    """Corrected to another exercise since the trends were made: another joint was measured."""
    falling(ada)
    trends.refresh(ada.user.pk)
    WorkoutSet.objects.update(final_exercise="lunge")
    found = changes(athlete=ada.user, today=NOW.date())
    for [fall] in (found.range_falls, found.symmetry_falls):
        assert (fall.target.kind, fall.target.set) == ("trends", None)


def test_more_findings_lead_to_the_worst_of_the_commonest_fault(ada: Athlete) -> None:
    for nth, days_ago in enumerate(DAYS_AGO):
        last = a_set(ada, days_ago, *[(100, 100)] * 10)
        with_findings(last, *((index, "shallow", 0.2 + index / 10) for index in range(nth)))
    with_findings(last, (9, "knees_in", 1.0))
    trends.refresh(ada.user.pk)
    [rise] = changes(athlete=ada.user, today=NOW.date()).finding_rises
    assert (rise.exercise, rise.detail) == ("squat", "shallow")
    assert rise.before < 0.05
    assert 0.45 < rise.now < 0.65
    assert (rise.target.set, rise.target.rep) == (last.id, 5)


def test_what_stays_as_it_is_is_no_change(ada: Athlete) -> None:
    falling(ada, degrees=[100] * 6)
    assert falls(ada) == ([], [])
    assert changes(athlete=ada.user, today=NOW.date()).finding_rises == []
