"""The demo athlete's newest workout: what was staged is what is counted and said."""

import pytest

from accounts.models import User
from coach.models import CoachLink
from config import demo
from config.demo.filmed import SETS
from sessions.models import OwnExercise, WorkoutSet


@pytest.fixture
def athlete(demo_people: None, db: None) -> User:
    return User.objects.get(email=demo.ATHLETE.email)


def said(made: WorkoutSet) -> set[tuple[int | None, str]]:
    return {(one.rep and one.rep.index, one.fault) for one in made.findings.all()}


def test_the_newest_workout_is_counted_and_judged_as_it_was_staged(athlete: User) -> None:
    made = list(athlete.workouts.first().sets.all())
    for one, staged in zip(made, SETS, strict=True):
        assert one.exercise == staged.take.exercise
        assert one.rep_count == len(staged.take.faults), one.exercise
        assert one.attempt_count == 0
    squats, push_ups, plank = made[0], made[3], made[-1]
    assert plank.hold_s == pytest.approx(48, abs=1)
    assert {(4, "depth"), (7, "trunk_lean")} <= said(squats)
    assert {rep for rep, _ in said(squats)} == {4, 7}
    assert said(push_ups) == {(7, "sagging_hips"), (8, "sagging_hips")}
    assert not any(said(one) for one in made if one not in (squats, push_ups))


def test_loading_again_changes_nothing(athlete: User) -> None:
    def counts() -> tuple[int, ...]:
        return WorkoutSet.objects.count(), CoachLink.objects.count(), OwnExercise.objects.count()

    before = counts()
    assert before[2] == 1
    demo.load()
    assert counts() == before
