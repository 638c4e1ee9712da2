"""Long stillness, cut out before the network looks: nobody repeats anything while standing still.

A set between minutes of waiting then looks as it does without them; times are told as they were.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from models.features import Floats, Running, Track, span_means
from models.skeleton import K

Doubles = NDArray[np.float64]

MIN_MOVE: Final = 0.04  # of a repetition; mean way of the mobile joints, in bounding boxes
MOBILE: Final = 8  # joints: the half that moves more
_STEP_S: Final = 0.2
_REACH_S: Final = 1.5  # before and after a movement that are kept
_FEWEST: Final = 10  # frames


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Real times of moments in a shortened track; kept_s and real_s: (T,) of its frames, s."""

    kept_s: Doubles
    real_s: Doubles

    def real(self, at_s: Doubles) -> Doubles:
        """Beyond the ends it runs on at the same pace."""
        inner = np.clip(at_s, self.kept_s[0], self.kept_s[-1])
        return np.asarray(np.interp(inner, self.kept_s, self.real_s) + (at_s - inner))


def cut(source: Track) -> tuple[Track, Clock]:
    """The track without what is farther than `_REACH_S` from any movement, and its clock."""
    kept = _moving(source)
    if kept.all() or kept.sum() < _FEWEST:
        return source, Clock(source.t_s, source.t_s)
    steps = np.diff(source.t_s, prepend=source.t_s[0])
    after_cut = kept & ~np.concatenate([[True], kept[:-1]])
    steps[after_cut] = np.median(np.diff(source.t_s))
    kept_s = np.cumsum(np.where(kept, steps, 0))[kept]
    shorter = Track(kept_s, source.points[kept], source.unit[kept], source.seen[kept])
    return shorter, Clock(kept_s, source.t_s[kept])


def size(unit: Floats) -> float:
    """How far the more mobile half of the joints move in (T, 34), in bounding boxes."""
    reach = np.ptp(unit.reshape(len(unit), K, 2), axis=0)
    return float(np.sort(np.hypot(*reach.T))[-MOBILE:].mean())


def _moving(source: Track) -> NDArray[np.bool_]:
    """(T,) whether a movement that could be a repetition's is within `_REACH_S`."""
    t_s = source.t_s
    count = int((t_s[-1] - t_s[0]) / _STEP_S) + 1
    unit, _ = span_means(Running.of(source), t_s[0] + np.arange(count + 1) * _STEP_S)
    reach = round(_REACH_S / _STEP_S)
    padded = np.pad(unit, ((reach, reach), (0, 0)), mode="edge")
    near = sliding_window_view(padded, 2 * reach + 1, axis=0).reshape(count, K, 2, -1)
    ways = np.hypot(*np.moveaxis(np.ptp(near, axis=3), 2, 0))
    sizes = np.sort(ways, axis=1)[:, -MOBILE:].mean(axis=1)
    at = np.minimum(((t_s - t_s[0]) / _STEP_S).astype(int), count - 1)
    return np.asarray((sizes >= MIN_MOVE)[at])
