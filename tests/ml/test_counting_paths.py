"""The likeliest path is held against every path there is, and cuts against sums by hand."""

from itertools import product

import numpy as np
import pytest

from models.counting import BINS, IDLE, Cycle, Phases, cycles, decode, decode_all

ENTER, EXIT = 2.0, 1.0


def guessed(seed: int, count: int) -> Phases:
    """What an unsure network may say, near where it would begin and end a repetition."""
    rng = np.random.default_rng(seed)
    return Phases(
        rng.normal(0, 0.8, (count, 2)), rng.normal(0.5, 4, count), rng.uniform(-4, -0.5, count)
    )


def fits(phases: Phases, t: int, state: int) -> float:
    active = min(max(phases.activity[t], -4.0), 4.0) / 2
    if state == IDLE:
        return -active
    angle = (state + 0.5) * 2 * np.pi / BINS
    return 2 * float(phases.vector[t] @ [np.cos(angle), np.sin(angle)]) + active


def moves(phases: Phases, t: int, before: int, state: int) -> float:
    """The cost of going on; infinite where no movement goes so."""
    if before == IDLE:
        return 0.0 if state == IDLE else ENTER
    if state == IDLE:
        return EXIT
    ahead = (state - before) % BINS
    expected = min(BINS * np.exp(phases.log_frequency[t]), 6.0)
    return 0.5 * ((ahead - expected) / (0.7 + 0.5 * expected)) ** 2 if ahead <= 6 else np.inf


def worth(phases: Phases, path: tuple[int, ...]) -> float:
    found = fits(phases, 0, path[0]) - (ENTER if path[0] != IDLE else 0.0)
    for t in range(1, len(path)):
        found += fits(phases, t, path[t]) - moves(phases, t, path[t - 1], path[t])
    return found - (EXIT if path[-1] != IDLE else 0.0)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("seed", range(6))
def test_no_path_is_likelier(seed: int, count: int) -> None:
    phases = guessed(seed, count)
    best = max(worth(phases, path) for path in product(range(BINS + 1), repeat=count))
    found = tuple(IDLE if one == -1 else int(one) for one in decode(phases))
    assert worth(phases, found) == pytest.approx(best)


def test_a_path_through_idling_and_back_is_the_best_of_those_with_it() -> None:
    """Longer than can be tried out: each exit and entry once, at its price."""
    turn = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]] * 2)
    still = np.zeros((4, 2))
    vector = np.concatenate([turn, still, turn])
    activity = np.concatenate([np.full(8, 3.0), np.full(4, -3.0), np.full(8, 3.0)])
    phases = Phases(vector, activity, np.full(20, np.log(1 / 4)))
    path = decode(phases)
    assert [int(one) for one in np.flatnonzero(path == -1)] == [8, 9, 10, 11]
    # Four bins a sample: the directions lie between two bins each.
    assert set(np.diff(path[:8]) % BINS) <= {3, 4, 5}


def test_several_of_different_lengths_are_as_each_alone() -> None:
    several = [guessed(seed, count) for seed, count in enumerate((40, 7, 1, 23, 40))]
    for phases, path in zip(several, decode_all(several), strict=True):
        assert path.tolist() == decode(phases).tolist()
        assert len(path) == len(phases)
    assert decode_all([]) == []


def test_what_makes_a_whole_cycle() -> None:
    assert Cycle(0, 1, 0.85).whole
    assert not Cycle(0, 1, 0.8499).whole


def bins(*advances: int) -> list[int]:
    return [int(one) % BINS for one in np.cumsum([0, *advances])]


def test_cuts_stand_at_whole_turns_since_the_start() -> None:
    """Two and a half turns in quarters, and the last sample is as long as those before it."""
    path = np.array([-1, -1, *bins(*[4] * 9), -1])
    first, second, half = cycles(path)
    assert (first.start, first.end) == (pytest.approx(2, abs=1e-3), pytest.approx(6, abs=1e-3))
    assert (second.start, second.end) == (pytest.approx(6, abs=1e-3), pytest.approx(10, abs=1e-3))
    assert (half.start, half.end) == (pytest.approx(10, abs=1e-3), pytest.approx(12, abs=1e-3))
    assert [one.progress for one in (first, second, half)] == pytest.approx([1, 1, 0.5], abs=1e-4)


def test_a_single_sample_is_a_sixteenth_of_a_turn_and_no_word() -> None:
    assert cycles(np.array([-1, 3, -1])) == []
    assert cycles(np.array([3])) == []


def test_most_of_a_turn_counts_and_ends_where_the_movement_does() -> None:
    """Fourteen of sixteen, the last sample included."""
    [most] = cycles(np.array(bins(*[1] * 13)))
    assert most.whole
    assert most.end == pytest.approx(14, abs=1e-3)
    assert most.progress == pytest.approx(14 / 16, abs=1e-4)
    [part] = cycles(np.array(bins(*[1] * 12)))
    assert not part.whole
    assert part.progress == pytest.approx(13 / 16, abs=1e-4)


def test_a_run_at_rest_covers_nothing() -> None:
    assert cycles(np.array([5] * 10)) == []


def test_runs_that_follow_one_another_are_cut_each_for_itself() -> None:
    path = np.array([*bins(*[4] * 3), -1, *bins(*[4] * 3)])
    assert [(round(one.start), round(one.end)) for one in cycles(path)] == [(0, 4), (5, 9)]


@pytest.mark.parametrize(("idle", "told"), [(4, 0), (5, 1)])
def test_what_ended_within_a_lull_may_go_on(idle: int, told: int) -> None:
    path = np.array([*bins(*[4] * 1), *[-1] * idle])
    assert len(cycles(path, is_open=True)) == told
    assert len(cycles(path)) == 1
