"""Repetitions resemble one another, idling does not."""

import numpy as np
import pytest

from models.counting import BINS, Cycle
from models.likeness import foretold, strays

SPAN = 20


def waves(amplitudes: list[float], noise: float = 0.0) -> np.ndarray:
    """(N, 3) one sine a cycle, each of its own amplitude."""
    turn = np.sin(2 * np.pi * np.arange(SPAN) / SPAN)
    one = np.stack([turn, 0.5 * turn, 0 * turn], axis=1)
    rng = np.random.default_rng(0)
    whole = np.concatenate([amplitude * one for amplitude in amplitudes])
    return (whole + rng.normal(0, noise, whole.shape)).astype(np.float32)


def evenly(count: int) -> tuple[np.ndarray, list[Cycle]]:
    path = np.tile(np.arange(SPAN) * BINS // SPAN, count)
    return path, [Cycle(SPAN * i, SPAN * (i + 1), 1.0) for i in range(count)]


def test_equal_cycles_foretell_one_another():
    within, of_all = foretold(waves([1] * 5), *evenly(5))
    assert within == pytest.approx(of_all)
    assert within > 0.95


def test_noise_foretells_nothing():
    assert foretold(waves([0] * 5, noise=1.0), *evenly(5))[0] < 0.05


def test_at_the_wrong_tempo_cycles_mislead():
    path = np.tile(np.arange(14) * BINS // 14, 7)
    cycles = [Cycle(14 * i, 14 * (i + 1), 1.0) for i in range(7)]
    assert foretold(waves([1] * 5)[: len(path)], path, cycles)[0] < 0.2


def test_one_cycle_says_nothing():
    assert foretold(waves([1]), *evenly(1)) == (0, 0)


def test_a_cycle_unlike_the_others_is_a_stray():
    found = strays(waves([1, 1, 1, -3, 1], noise=0.05), evenly(5)[1])
    assert found.tolist() == [False, False, False, True, False]


def test_weaker_repetitions_are_no_strays():
    assert not strays(waves([1, 0.8, 1.2, 0.6, 1]), evenly(5)[1]).any()


def test_two_cycles_have_no_typical_one():
    assert not strays(waves([1, -3]), evenly(2)[1]).any()
