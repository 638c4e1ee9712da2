"""Cycles from phases: every expected number here was worked out by hand."""

import numpy as np
import pytest

from models.counting import IDLE, Cycle, Phases, cycles, decode


def phases(*stretches: tuple[float, int], sure: float = 0.9) -> Phases:
    """Stretches of (turns, samples); no turns is idling."""
    angle, active, rate = [], [], []
    for turns, samples in stretches:
        angle.append(np.arange(samples) / samples * turns * 2 * np.pi)
        active.append(np.full(samples, turns > 0))
        rate.append(np.full(samples, max(turns, 0.01) / samples))
    theta, on = np.concatenate(angle), np.concatenate(active)
    vector = np.stack([np.cos(theta), np.sin(theta)], axis=1) * np.where(on, sure, 0)[:, None]
    return Phases(vector, np.where(on, 4.0, -4.0), np.log(np.concatenate(rate)))


def found_in(seen: Phases) -> list[Cycle]:
    return cycles(decode(seen))


def counted(seen: Phases) -> int:
    return sum(cycle.whole for cycle in found_in(seen))


@pytest.mark.parametrize("samples", [4, 6, 14, 30, 70])
@pytest.mark.parametrize("turns", [1, 2, 5, 12])
def test_whole_turns_are_counted_at_every_tempo(samples, turns):
    assert counted(phases((0, 20), (turns, turns * samples), (0, 20))) == turns


def test_sets_with_a_rest_between():
    assert counted(phases((3, 42), (0, 30), (4, 60), (0, 10))) == 7


def test_neither_the_first_nor_the_last_is_lost_without_idling_around():
    assert counted(phases((5, 70))) == 5


@pytest.mark.parametrize(("turns", "whole"), [(2.5, 2), (0.6, 0), (2.95, 3)])
def test_a_part_of_a_turn_is_no_repetition(turns, whole):
    assert counted(phases((0, 20), (turns, round(turns * 14)), (0, 20))) == whole


def test_a_half_turn_at_the_end_is_kept_as_incomplete():
    last = found_in(phases((0, 20), (2.5, 35), (0, 20)))[-1]
    assert not last.whole
    assert last.progress == pytest.approx(0.5, abs=0.1)
    assert last.end == pytest.approx(55, abs=1)


@pytest.mark.parametrize(("turns", "idle", "whole"), [(2.6, 0, 2), (2.6, 3, 2), (3.1, 0, 3)])
def test_what_is_under_way_in_an_open_set_is_no_result_yet(turns, idle, whole):
    lull = [(0, idle)] if idle else []
    seen = phases((0, 20), (turns, round(turns * 14)), *lull)
    found = cycles(decode(seen), is_open=True)
    assert [cycle.whole for cycle in found] == [True] * whole


def test_an_open_set_tells_what_broke_off_a_while_ago():
    seen = phases((0, 20), (2.6, 36), (0, 9))
    assert [cycle.whole for cycle in cycles(decode(seen), is_open=True)] == [True, True, False]


def test_a_twitch_is_nothing():
    assert found_in(phases((0, 20), (0.25, 3), (0, 20))) == []


def test_turning_back_and_forth_at_one_phase_is_nothing():
    """Jitter at a threshold, the double count of users' complaints."""
    jitter = phases((0, 20), (1, 28), (0, 20))
    swing = 0.5 * np.sin(np.arange(28))
    jitter.vector[20:48] = 0.9 * np.stack([np.cos(swing), np.sin(swing)], axis=1)
    assert counted(jitter) == 0


def test_a_pause_at_the_turning_point_is_one_repetition():
    going, coming = np.linspace(0, np.pi, 10), np.linspace(np.pi, 2 * np.pi, 11)[1:]
    theta = np.concatenate([going, np.full(12, np.pi), coming])
    vector = 0.9 * np.stack([np.cos(theta), np.sin(theta)], axis=1)
    still = Phases(vector, np.full(32, 4.0), np.full(32, np.log(1 / 20)))
    assert counted(still) == 1


def test_boundaries_stand_where_the_turns_do():
    found = found_in(phases((0, 20), (3, 42), (0, 20)))
    bounds = [cycle.start for cycle in found] + [found[-1].end]
    assert bounds == pytest.approx([20, 34, 48, 62], abs=1)


def test_idle_is_minus_one_and_nothing_gives_nothing():
    assert (decode(phases((0, 30))) == -1).all()
    assert decode(phases((2, 28))).max() < IDLE
    empty = Phases(np.zeros((0, 2)), np.zeros(0), np.zeros(0))
    assert found_in(empty) == []
    assert len(decode(empty)) == 0


def test_an_unsure_network_counts_nothing():
    rng = np.random.default_rng(0)
    noise = Phases(rng.normal(0, 0.1, (300, 2)), rng.normal(-1, 1, 300), np.full(300, -2.6))
    assert counted(noise) == 0
