"""The inputs of the discriminator as the frames come: `features.py` without the whole of a set.

A frame is cleaned once the one or two after it have come, since a median needs them. What differs
from a whole set: between people the last pose stays, for the next one is not known yet.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features import (
    MAX_GAP_MS,
    Floats,
    crossings,
    median_reach,
    steady,
    uncrossed,
    unit_box,
    visible,
)
from models.sequence import Sequence
from models.skeleton import MIRROR, K

WIDTH: Final = 2 * K + 1  # unit-box pose, and whether seen
_MEMORY_S: Final = 0.35  # of frames that help to clean another
_FEWEST: Final = 5  # frames, however few come
_PAIRS: Final = sum(MIRROR[k] > k for k in range(K))

Values = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Frame:
    """t_s; pose (17, 3), sides followed; seen: whether a trunk is in it."""

    t_s: float
    pose: Floats
    seen: bool


@dataclass(slots=True, eq=False)
class Cleaner:
    """Frames in, cleaned frames out, one or two frames later.

    raw: the last pose seen, as it came. crossed: (pairs,) whether its sides have changed places.
    recent: frames; the last `waiting` of them are not cleaned yet. held: the last cleaned pose.
    """

    raw: Floats | None = None
    crossed: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(_PAIRS, bool))
    recent: list[Frame] = field(default_factory=list)
    waiting: int = 0
    held: Values = field(default_factory=lambda: np.zeros(2 * K))

    def push(self, t_ms: int, pose: Floats) -> list[tuple[float, Values]]:
        """Time in s and values (WIDTH,) of each frame that this one completes."""
        alone = Sequence(np.array([t_ms], np.int64), pose[None])
        seen = bool(visible(alone)[0])
        self.recent.append(Frame(t_ms / 1000, self._followed(pose) if seen else pose, seen))
        self.waiting += 1
        self._forget()
        times = np.array([frame.t_s for frame in self.recent])
        return self._clean(median_reach(times) if len(times) > 1 else 2)

    def finish(self) -> list[tuple[float, Values]]:
        """The frames that still wait for others."""
        return self._clean(0)

    def _followed(self, pose: Floats) -> Floats:
        if self.raw is not None:
            self.crossed = self.crossed ^ crossings(np.stack([self.raw, pose]))[0]
        self.raw = pose
        return np.asarray(uncrossed(pose[None], self.crossed[None])[0], np.float32)

    def _forget(self) -> None:
        oldest_s = self.recent[-1].t_s - _MEMORY_S
        needed = max(_FEWEST, self.waiting + 2)
        while len(self.recent) > needed and self.recent[0].t_s < oldest_s:
            del self.recent[0]

    def _clean(self, reach: int) -> list[tuple[float, Values]]:
        ready = range(len(self.recent) - self.waiting, len(self.recent) - reach)
        if not ready:
            return []
        cleaned = [(self.recent[i].t_s, self._values(i)) for i in ready]
        self.waiting -= len(ready)
        return cleaned

    def _values(self, index: int) -> Values:
        seen = [(i, frame) for i, frame in enumerate(self.recent) if frame.seen]
        at = next((j for j, (i, _) in enumerate(seen) if i == index), None)
        if at is not None:
            times = np.array([frame.t_s for _, frame in seen])
            points = steady(np.stack([frame.pose for _, frame in seen]), times)
            reach = median_reach(times) if len(times) > 1 else 1
            around = np.clip(np.arange(at - reach, at + reach + 1), 0, len(points) - 1)
            self.held = unit_box(np.median(points[around], axis=0)[None])[0].astype(np.float64)
        return np.append(self.held, float(at is not None))


@dataclass(slots=True, eq=False)
class Sampler:
    """Cleaned frames in, means over even spans of time out.

    start_s: where the present span begins; sums: (WIDTH,) integral over it so far; last: the frame
    before, None at the beginning.
    """

    rate_hz: float
    start_s: float = 0.0
    sums: Values = field(default_factory=lambda: np.zeros(WIDTH))
    last: tuple[float, Values] | None = None

    def push(self, t_s: float, values: Values) -> list[Values]:
        """Values (WIDTH,) of each sample that this frame completes. Of a longer gap than
        `MAX_GAP_MS` that long is sampled, unseen; the rest of it did not happen."""
        if self.last is None:
            self.start_s, self.last = t_s, (t_s, values)
            return []
        gap_s = MAX_GAP_MS / 1000
        if t_s - self.last[0] <= gap_s:
            return self._fill(t_s, values)
        unseen = np.append(self.last[1][:-1], 0.0)
        self.last = self.last[0], unseen
        samples = self._fill(self.last[0] + gap_s, unseen)
        self.start_s += t_s - self.last[0]
        self.last = t_s, values
        return samples

    def _fill(self, t_s: float, values: Values) -> list[Values]:
        assert self.last is not None  # noqa: S101 - push saw to it
        samples = []
        (at_s, before), width_s = self.last, 1 / self.rate_hz
        slope = (values - before) / (t_s - at_s)
        while self.start_s + width_s <= t_s:
            end_s = self.start_s + width_s
            reached = before + slope * (end_s - at_s)
            samples.append((self.sums + (before + reached) / 2 * (end_s - at_s)) / width_s)
            self.sums, self.start_s, at_s, before = np.zeros(WIDTH), end_s, end_s, reached
        self.sums = self.sums + (before + values) / 2 * (t_s - at_s)
        self.last = t_s, values
        return samples
