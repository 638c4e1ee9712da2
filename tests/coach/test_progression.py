"""The rules, one by one: what was asked and done, what comes next, and why."""

import pytest

from coach.models import Rule
from coach.progression import DoneSet, Next, Prescribed, Reason, Target, next_target

REPS = Target(3, reps=8)
HOLD = Target(2, hold_s=30)
LOAD = Target(2, reps=8, load_kg=10)


def done(*reps: int, rpe: float | None = None) -> list[DoneSet]:
    return [DoneSet(count, rpe=rpe) for count in reps]


def after(
    said: Target, rule: Rule, sets: list[DoneSet], asked: Target, ceiling: float | None = None
) -> Next:
    return next_target(Prescribed(said, rule, ceiling), asked, sets)


@pytest.mark.parametrize("rule", [Rule.ADD_REP, Rule.ADD_LOAD, Rule.DOUBLE])
def test_the_first_time_is_what_the_programme_says(rule: Rule) -> None:
    assert next_target(Prescribed(REPS, rule), None, []) == Next(REPS, Reason.FIRST)


def test_without_a_rule_nothing_ever_changes() -> None:
    assert after(REPS, Rule.NONE, done(9, 9, 9), REPS) == Next(REPS, Reason.FIXED)


def test_one_repetition_more_when_all_sets_were_done() -> None:
    asked = Target(3, reps=10)
    more = after(REPS, Rule.ADD_REP, done(10, 11, 10), asked)
    assert more == Next(Target(3, reps=11), Reason.ALL_DONE, 1)


@pytest.mark.parametrize("sets", [(), (8, 8), (8, 8, 7), (24,), (20, 7, 7)])
def test_the_same_again_when_not_all_were(sets: tuple[int, ...]) -> None:
    assert after(REPS, Rule.ADD_REP, done(*sets), REPS) == Next(REPS, Reason.NOT_ALL_DONE)


def test_a_set_too_many_makes_up_for_a_short_one() -> None:
    assert after(REPS, Rule.ADD_REP, done(5, 8, 8, 8), REPS).reason is Reason.ALL_DONE


def test_repetitions_stop_at_the_ceiling() -> None:
    assert after(REPS, Rule.ADD_REP, done(9, 9, 9), Target(3, reps=9), 9).reason is Reason.CEILING
    assert after(REPS, Rule.ADD_REP, done(8, 8, 8), REPS, 9).target.reps == 9


def test_a_hold_grows_by_five_seconds() -> None:
    held = [DoneSet(0, 30.0), DoneSet(0, 41.5)]
    assert after(HOLD, Rule.ADD_HOLD, held, HOLD) == Next(Target(2, hold_s=35), Reason.ALL_DONE, 5)
    assert after(HOLD, Rule.ADD_HOLD, held, HOLD, 34).reason is Reason.CEILING
    assert after(HOLD, Rule.ADD_HOLD, held[:1], HOLD).reason is Reason.NOT_ALL_DONE
    assert after(HOLD, Rule.ADD_HOLD, [DoneSet(0), DoneSet(0, 30)], HOLD).step == 0


@pytest.mark.parametrize(
    ("sets", "reason", "load_kg"),
    [
        (done(8, 8, rpe=8), Reason.RPE_LOW, 12.5),
        (done(8, 8, rpe=8.5), Reason.RPE_HIGH, 10),
        (done(8, 8), Reason.RPE_MISSING, 10),
        (done(8, 7, rpe=6), Reason.NOT_ALL_DONE, 10),
        ([DoneSet(8, rpe=6), DoneSet(8)], Reason.RPE_LOW, 12.5),
        ([DoneSet(8, rpe=6), DoneSet(8, rpe=9)], Reason.RPE_HIGH, 10),
    ],
)
def test_weight_grows_when_it_felt_easy(
    sets: list[DoneSet], reason: Reason, load_kg: float
) -> None:
    next_ = after(LOAD, Rule.ADD_LOAD, sets, LOAD)
    assert (next_.reason, next_.target.load_kg) == (reason, load_kg)


@pytest.mark.parametrize(("noted_kg", "load_kg"), [(7.5, 10), (10, 12.5), (20, 12.5), (None, 12.5)])
def test_a_lighter_weight_than_asked_is_not_all_of_it(
    noted_kg: float | None, load_kg: float
) -> None:
    sets = [DoneSet(8, rpe=6, load_kg=noted_kg)] * 2
    assert after(LOAD, Rule.ADD_LOAD, sets, LOAD).target.load_kg == load_kg


def test_weight_stops_at_the_ceiling() -> None:
    assert after(LOAD, Rule.ADD_LOAD, done(8, 8, rpe=5), LOAD, 12).reason is Reason.CEILING


def test_double_progression_goes_up_in_repetitions_and_then_in_weight() -> None:
    said = Prescribed(LOAD, Rule.DOUBLE, 10)
    asked, seen = LOAD, []
    for _ in range(4):
        next_ = next_target(said, asked, done(asked.reps or 0, asked.reps or 0))
        asked = next_.target
        seen.append((asked.reps, asked.load_kg, next_.reason))
    assert seen == [
        (9, 10, Reason.ALL_DONE),
        (10, 10, Reason.ALL_DONE),
        (8, 12.5, Reason.NEXT_LOAD),
        (9, 12.5, Reason.ALL_DONE),
    ]
