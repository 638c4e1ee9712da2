"""A course counts what its writer wrote, and goes where it was sent."""

import numpy as np
import pytest

from models import course, routine
from models.course import Pace, Writer
from models.routine import Stops

EVEN = Pace(0.5, 0.0, 0.5, 0.0)
STOPS = Stops(((1,), (2,)), (3,), (4, 5))


def written(count: int = 3, length: int = 40) -> course.Course:
    """Idle for 5 samples, then repetitions of 10."""
    writer = Writer()
    writer.stay(5)
    for _ in range(count):
        writer.repetition(10, EVEN, (1,), 1.0)
    return writer.finish(length)


def test_phase_runs_from_start_to_end_of_each_repetition():
    plan = written()
    assert plan.starts.tolist() == [5, 15, 25]
    assert plan.ends.tolist() == [15, 25, 35]
    np.testing.assert_allclose(plan.phase[5:15], 2 * np.pi * np.arange(10) / 10)
    assert plan.active.tolist() == [5 <= i < 35 for i in range(40)]
    assert set(plan.cycle[plan.active]) == {10}
    assert not plan.phase[~plan.active].any()
    assert not plan.cycle[~plan.active].any()


def test_the_path_is_at_the_turn_in_mid_repetition():
    path = written(1).path(np.array([[0.0], [1.0]]))
    assert path[10, 0] == 1
    assert path[15:].max() == 0
    assert path[7, 0] == pytest.approx((1 - np.cos(np.pi * 0.4)) / 2)


def test_an_even_path_has_constant_speed():
    path = written(1).path(np.array([[0.0], [1.0]]), roundness=0)
    np.testing.assert_allclose(np.diff(path[5:10, 0]), 0.2)


def test_a_way_of_several_stops_is_a_circle():
    writer = Writer()
    writer.repetition(8, EVEN, (1, 2, 3), 1.0)
    path = writer.finish(9).path(np.arange(4.0)[:, None], roundness=0)
    np.testing.assert_allclose(path[[0, 2, 4, 6, 8], 0], [0, 1, 2, 3, 0])


def test_a_window_shorter_than_the_movement_is_cut():
    plan = written(count=5, length=12)
    assert len(plan) == 12
    assert plan.active.sum() == 7


@pytest.mark.parametrize("seed", range(20))
def test_sets_agree_with_their_own_repetitions(seed):
    plan = routine.sets(128, np.random.default_rng(seed), STOPS)
    assert len(plan) == len(plan.active) == 128
    at = np.arange(128)
    inside = ((at[:, None] >= plan.starts) & (at[:, None] < plan.ends)).any(axis=1)
    np.testing.assert_array_equal(plan.active, inside)
    assert (np.diff(plan.times) >= 0).all()
    assert (plan.starts[1:] >= plan.ends[:-1]).all()


@pytest.mark.parametrize("count", [1, 2, 7, 15])
def test_one_set_has_the_repetitions_asked_for(count):
    plan = routine.one_set(count, 12.0, 2.0, STOPS, np.random.default_rng(count))
    assert len(plan.starts) == count
    assert plan.ends[-1] <= len(plan)
    turns = np.flatnonzero(np.diff(plan.active.astype(int)) == 1)
    assert len(turns) >= 1
    wraps = (np.diff(plan.phase[plan.active]) < -np.pi).sum()
    assert wraps == count - 1


def test_half_a_repetition_is_idle():
    depths = []
    for seed in range(200):
        plan = routine.sets(128, np.random.default_rng(seed), STOPS)
        there = (plan.stops == 1) & (plan.depths < 0.5)
        depths += list(zip(plan.times[there], np.full(there.sum(), seed), strict=True))
        for time in plan.times[there]:
            assert not ((plan.starts < time) & (time < plan.ends)).any()
    assert len(depths) > 5  # such attempts do occur


def test_sides_take_turns_only_where_they_change():
    for changing in (False, True):
        stops = Stops(((1,), (2,)), (3,), (4,), changing)
        plan = routine.one_set(6, 12.0, 2.0, stops, np.random.default_rng(0))
        sides = {int(stop) for stop in plan.stops} & {1, 2}
        assert len(sides) == 1 + changing
