"""Several sequences laid end to end, so that one step of NumPy serves all of them.

What `features.py` does to one sequence is done here to many: a step over 50 frames costs hardly
less than one over 3,000. None knows of the others: what is looked up in the neighbourhood of a
frame ends where its own sequence ends.
"""

from collections.abc import Sequence as Several
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import (
    Floats,
    Track,
    crossings,
    has_trunk,
    lerp,
    median_reach,
    uncrossed,
    unit_box,
)
from models.sequence import Sequence
from models.skeleton import MIRROR, K

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

_APART_S: Final = 1e5  # between two sequences on the clock that all share; longer than any set
_SPANS_S: Final = (0.12, 0.5)  # as `features.steady`
_SHARES: Final = (0.3, 0.05)
_PAIRS: Final = sum(MIRROR[k] > k for k in range(K))
_FEWEST: Final = 3  # frames that have a median


class Stretches:
    """Values (T, D) at times t_s (T,), of sequences of these lengths, none of them empty."""

    def __init__(self, t_s: Doubles, values: NDArray[np.floating], lengths: Ints) -> None:
        self.t_s, self._values = t_s, np.asarray(values, np.float64)
        ends = np.cumsum(lengths)
        self.first, self.last = ends - lengths, ends - 1
        owners = np.repeat(np.arange(len(lengths)), lengths)
        self._began_s = t_s[self.first]
        self._clock_s = t_s - self._began_s[owners] + owners * _APART_S
        self._steps = np.ones((len(t_s), 1))
        self._steps[:-1, 0] = np.diff(t_s)
        self._steps[self.last] = 1.0
        means = (self._values[1:] + self._values[:-1]) / 2 * self._steps[:-1]
        means[self.last[:-1]] = 0.0
        self._sums = np.zeros_like(self._values)
        np.cumsum(means, axis=0, out=self._sums[1:])

    def integral(self, owners: Ints, at_s: Doubles) -> Doubles:
        """(N, D) from the sequence's first frame to each of these times; values are held beyond."""
        first, last = self.first[owners], self.last[owners]
        inner = np.clip(at_s, self.t_s[first], self.t_s[last])
        clock_s = inner - self._began_s[owners] + owners * _APART_S
        left = np.searchsorted(self._clock_s, clock_s, side="right") - 1
        left = np.clip(left, first, np.maximum(first, last - 1))
        into = (inner - self.t_s[left])[:, None]
        right = np.minimum(left + 1, last)
        slope = (self._values[right] - self._values[left]) / self._steps[left]
        found = self._sums[left] - self._sums[first]
        found += into * (self._values[left] + slope * (into / 2))
        beyond = at_s - inner
        held = np.flatnonzero(beyond)
        edge = np.where(beyond[held] < 0, first[held], last[held])
        found[held] += beyond[held, None] * self._values[edge]
        return np.asarray(found)


def tracks(sequences: Several[Sequence]) -> list[Track]:
    """`features.track` of each, none empty."""
    poses = np.concatenate([one.poses for one in sequences])
    t_s = np.concatenate([one.t_ms for one in sequences]) / 1000.0
    seen = has_trunk(poses)
    cuts = np.cumsum([len(one) for one in sequences])[:-1]
    parts = np.split(seen, cuts)
    lengths = np.array([int(part.sum()) for part in parts if part.any()])
    points = np.zeros((len(poses), K, 2), np.float32)
    if len(lengths):
        points[seen] = _cleaned(poses[seen], t_s[seen], lengths)
    for own_s, own, part in zip(np.split(t_s, cuts), np.split(points, cuts), parts, strict=True):
        if part.any() and not part.all():
            own[:] = lerp(own_s[part], own[part], own_s)
    unit = unit_box(points)
    split = zip(*(np.split(all_, cuts) for all_ in (t_s, points, unit)), parts, strict=True)
    return [
        Track(own_s, own, box if part.any() else np.zeros_like(box), part.astype(np.float32))
        for own_s, own, box, part in split
    ]


def _cleaned(poses: Floats, t_s: Doubles, lengths: Ints) -> Floats:
    """(T, 17, 2) of seen frames, each sequence's sides followed, steadied, and its median taken."""
    first = np.cumsum(lengths) - lengths
    owners = np.repeat(np.arange(len(lengths)), lengths)
    changed = np.zeros((len(poses), _PAIRS), bool)
    changed[1:] = crossings(poses)
    changed[first] = False
    crossed = np.logical_xor.accumulate(changed, axis=0)
    crossed ^= crossed[first][owners]
    points = _steady(uncrossed(poses, crossed), t_s, lengths, owners)
    reach = np.array([_reach(t_s[a : a + n]) for a, n in zip(first, lengths, strict=True)])
    return _median(points, reach[owners], first[owners], (first + lengths - 1)[owners])


def _steady(poses: Floats, t_s: Doubles, lengths: Ints, owners: Ints) -> Floats:
    """As `features.steady`."""
    score = np.maximum(poses[:, :, 2:], 0.01) ** 2
    near = np.concatenate([poses[:, :, :2] * score, score], axis=2).reshape(len(poses), -1)
    around = Stretches(t_s, near, lengths)
    mixed = near + 1e-9
    for span_s, share in zip(_SPANS_S, _SHARES, strict=True):
        sums = around.integral(owners, t_s + span_s / 2) - around.integral(owners, t_s - span_s / 2)
        mixed = mixed + sums * (share / span_s)
    mixed = mixed.reshape(len(poses), K, 3)
    trust = np.minimum(1.0, score / 0.16)
    carried = mixed[:, :, :2] / mixed[:, :, 2:]
    return np.asarray(trust * poses[:, :, :2] + (1 - trust) * carried, np.float32)


def _reach(t_s: Doubles) -> int:
    """Frames to each side for the median, as `features.running_median` takes them."""
    return median_reach(t_s) if len(t_s) >= _FEWEST else 0


def _median(points: Floats, reach: Ints, first: Ints, last: Ints) -> Floats:
    """(T, 17, 2) medians of each frame and its 0, 1 or 2 neighbours to each side."""
    found = points.copy()
    for sides in (1, 2):
        at = np.flatnonzero(reach == sides)
        if len(at):
            a, b, c, d, e = (
                points[np.clip(at + k, first[at], last[at])]
                for k in ((-1, 1, -1, 1, 0) if sides == 1 else (-2, -1, 1, 2, 0))
            )
            # The middle of five lies between the larger of two minima and the smaller of two
            # maxima; of three, two of which stand twice, that is the middle of the three.
            low = np.maximum(np.minimum(a, b), np.minimum(c, d))
            high = np.minimum(np.maximum(a, b), np.maximum(c, d))
            found[at] = np.maximum(np.minimum(low, high), np.minimum(np.maximum(low, high), e))
    return found
