"""Theil's slope and Sen's interval, against worked examples."""

from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.arithmetic.slope import SURE, Slope, _chances, _interval, _pairwise, _reach, slope

WEEKLY = [0, 7, 14, 21, 28]  # so that a slope a week is a slope a step


def test_the_rainfall_of_hollander_and_wolfe() -> None:
    """Nonparametric Statistical Methods, examples 9.2 and 9.3: rainfall ratios of five years."""
    found = slope(WEEKLY, [1.26, 1.27, 1.12, 1.16, 1.03])
    assert found.per_week == pytest.approx(-0.05625)
    assert (found.low, found.high) == pytest.approx((-0.15, 0.04))
    assert found.words == "unclear"


def test_their_interval_of_91_6_percent() -> None:
    between = _pairwise(np.arange(5.0), np.array([1.26, 1.27, 1.12, 1.16, 1.03]))
    reach = _reach(5, 0.9)
    assert reach == 6
    assert _interval(between, reach) == pytest.approx((-0.13, 0.01))


def test_the_chance_of_an_order_is_counted() -> None:
    orders = list(permutations(range(5)))
    out_of_order = [sum(a > b for i, a in enumerate(one) for b in one[i + 1 :]) for one in orders]
    counted = [out_of_order.count(n) / len(orders) for n in range(11)]
    assert _chances(5).tolist() == pytest.approx(counted)


def test_the_chances_of_many_points_are_those_of_every_place_for_each() -> None:
    expected = np.ones(1)
    for size in range(2, 61):
        expected = np.convolve(expected, np.full(size, 1 / size))
    assert _chances(60) == pytest.approx(expected, abs=1e-12)


def test_the_reach_of_a_year_is_the_normal_one() -> None:
    """Kendall: S has the variance n (n - 1) (2 n + 5) / 18, and is nearly normal for many."""
    spread = (400 * 399 * 805 / 18) ** 0.5
    assert _reach(400, SURE) == pytest.approx(1.96 * spread, rel=1e-3)


@pytest.mark.parametrize(
    ("points", "critical"),  # Kendall's table: least S with a chance of at most 2.5 %
    [(5, 10), (6, 13), (7, 15), (8, 18), (9, 20), (10, 23), (12, 30), (20, 62)],
)
def test_the_table_of_kendalls_s(points: int, critical: int) -> None:
    assert _reach(points, SURE) == critical - 2


def test_the_same_as_scipy() -> None:
    """Of `scipy.stats.theilslopes(y, x / 7, 0.95)`, scipy 1.17."""
    days = [0, 3, 7, 10, 12, 17, 21, 24, 28, 33]
    values = [78.2, 80.1, 79.4, 83.0, 81.2, 84.9, 83.1, 88.0, 85.5, 86.2]
    found = slope(days, values)
    assert (found.per_week, found.low, found.high) == pytest.approx(
        (1.825, 0.98, 2.758823529411766)
    )
    assert found.words == "rising"


def test_one_odd_day_moves_nothing() -> None:
    days = list(range(0, 70, 7))
    values = [80 + 2.1 * i for i in range(10)]
    values[4] = 400.0
    found = slope(days, values)
    assert found.words == "rising"
    assert found.per_week == pytest.approx(2.1)
    assert found.at_middle == pytest.approx(80 + 2.1 * 4.5)


def test_four_points_are_too_few() -> None:
    assert slope(WEEKLY[:4], [1, 2, 3, 4]) == Slope(4, "too_few")
    assert slope([], []) == Slope(0, "too_few")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1, 2, 3, 4, 5], "rising"),
        ([5, 4, 3, 2, 1], "falling"),
        ([1, 3, 2, 4, 5], "maybe_rising"),
        ([100, 101, 99, 100, 101], "steady"),
        ([7, 7, 7, 7, 7], "steady"),
        ([0, 0, 0, 0, 0], "steady"),
        ([10, 40, 5, 60, 20], "unclear"),
    ],
)
def test_the_words(values: list[float], words: str) -> None:
    assert slope(WEEKLY, values).words == words


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.floats(-500, 500)),
        min_size=5,
        max_size=30,
        unique_by=lambda point: point[0],
    ),
    st.integers(0, 1000),
)
def test_order_changes_nothing_and_the_interval_holds_the_slope(
    points: list[tuple[int, float]], seed: int
) -> None:
    found = slope(*zip(*points, strict=True))
    shuffled = Random(seed).sample(points, len(points))
    assert slope(*zip(*shuffled, strict=True)) == found
    assert found.low is not None
    assert found.per_week is not None
    assert found.high is not None
    assert found.low <= found.per_week <= found.high


def test_two_values_on_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one value a day"):
        slope([1, 1], [2, 3])
    with pytest.raises(ValueError, match="as many days"):
        slope([1], [2, 3])
