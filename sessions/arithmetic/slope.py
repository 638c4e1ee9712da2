"""How fast a figure rises or falls, how sure that is, and which words say so.

The slope is Theil's: the median of the slopes between every two points, which one odd day does not
move (H. Theil, Proc. KNAW 53, 1950). Its interval is Sen's: the slopes that Kendall's test would
not reject (P. K. Sen, JASA 63, 1968), with the exact distribution of Kendall's S, so that it holds
for five points as for fifty (M. Hollander, D. A. Wolfe, Nonparametric Statistical Methods, 9.3).
Equal values make it wider than it need be, never narrower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

SlopeWords = Literal[
    "too_few", "rising", "falling", "maybe_rising", "maybe_falling", "steady", "unclear"
]
SURE: Final = 0.95
LIKELY: Final = 0.8
STEADY: Final = 0.1  # of the usual value: a smaller change over all the time is none
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Slope:
    """A change a week, with the ends of its 95 % interval; all None where there are too few points.

    at_middle: the value of the line at the middle of the time, for whoever draws it.
    """

    points: int
    words: SlopeWords
    per_week: float | None = None
    low: float | None = None
    high: float | None = None
    at_middle: float | None = None


def slope(days: Sequence[int], values: Sequence[float]) -> Slope:
    """Of values on different days, in any order; days are counted from wherever one likes.

    Raises ValueError for two values on one day, or other numbers of days than of values.
    """
    if len(days) != len(values):
        raise ValueError(f"expected as many days as values, got {len(days)} and {len(values)}")
    if len(set(days)) < len(days):
        raise ValueError("expected one value a day, got two")
    sure = _reach(len(days), SURE)
    if sure is None:
        return Slope(len(days), "too_few")
    order = np.argsort(days)
    weeks = np.asarray(days, np.float64)[order] / _WEEK
    heights = np.asarray(values, np.float64)[order]
    between = _pairwise(weeks, heights)
    per_week = float(np.median(between))
    low, high = _interval(between, sure)
    return Slope(
        points=len(days),
        words=_words(between, low, high, weeks, heights),
        per_week=per_week,
        low=low,
        high=high,
        at_middle=float(np.median(heights - per_week * (weeks - (weeks[0] + weeks[-1]) / 2))),
    )


def _words(
    between: NDArray[np.float64],
    low: float,
    high: float,
    weeks: NDArray[np.float64],
    heights: NDArray[np.float64],
) -> SlopeWords:
    if low > 0:
        return "rising"
    if high < 0:
        return "falling"
    widest = max(-low, high) * float(weeks[-1] - weeks[0])
    if widest <= STEADY * abs(float(np.median(heights))):
        return "steady"
    likely = _reach(len(weeks), LIKELY)
    lowest, highest = (low, high) if likely is None else _interval(between, likely)
    if lowest > 0:
        return "maybe_rising"
    return "maybe_falling" if highest < 0 else "unclear"


def _pairwise(weeks: NDArray[np.float64], heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n (n - 1) / 2,) slopes between every two of n points, in order of size."""
    first, second = np.triu_indices(len(weeks), 1)
    return np.sort((heights[second] - heights[first]) / (weeks[second] - weeks[first]))


def _interval(between: NDArray[np.float64], reach: int) -> tuple[float, float]:
    """Hollander and Wolfe (9.31): the M-th slope from below and from above, M = (N - reach) / 2."""
    nth = (len(between) - reach) // 2
    return float(between[nth - 1]), float(between[-nth])


@lru_cache(maxsize=512)
def _reach(points: int, confidence: float) -> int | None:
    """Least k with P(S >= k) <= (1 - confidence) / 2, minus 2; None where no k is that rare.

    S is the number of pairs in order minus the number out of order.
    """
    rare = (1 - confidence) / 2
    chances = _chances(points)
    pairs = len(chances) - 1
    tail = np.cumsum(chances)  # of at most so many pairs out of order; S = pairs - 2 × these
    within = int(np.searchsorted(tail, rare, side="right"))
    return None if within == 0 else pairs - 2 * (within - 1) - 2


def _chances(points: int) -> NDArray[np.float64]:
    """(N + 1,) chance of each number of pairs out of order, among all orders of so many points."""
    chances = np.ones(1)
    for size in range(2, points + 1):
        # The next point is put at one of `size` places, 0 to size - 1 pairs out of order.
        upto = np.cumsum(np.pad(chances, (size, size - 1)))
        chances = (upto[size:] - upto[:-size]) / size
    return chances
