"""A sequence: the frames of one set, in order of time.

Knows nothing of exercises, features or where the frames came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.skeleton import K


@dataclass(frozen=True, slots=True)
class Sequence:
    """Frames of one person with their times.

    t_ms: (T,) int64, ms since the set started, strictly increasing.
    poses: (T, 17, 3) float32 of x, y, score; x and y in [0, 1] of the unmirrored frame, y down.
    aspect: width / height of the picture, so that angles can be taken; None where it is unknown.

    Raises ValueError when shapes disagree or time does not increase.
    """

    t_ms: NDArray[np.int64]
    poses: NDArray[np.float32]
    aspect: float | None = None

    def __post_init__(self) -> None:
        if self.poses.shape != (len(self.t_ms), K, 3):
            raise ValueError(f"poses: expected ({len(self.t_ms)}, {K}, 3), got {self.poses.shape}")
        if np.any(np.diff(self.t_ms) <= 0):
            raise ValueError("t_ms: times must increase")

    def __len__(self) -> int:
        return len(self.t_ms)

    @property
    def duration_ms(self) -> int:
        return int(self.t_ms[-1] - self.t_ms[0]) if len(self) else 0

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(T,) whether anybody was found in the frame."""
        return np.asarray(self.poses[:, :, 2].max(axis=1) > 0)

    def between(self, start_ms: int, end_ms: int) -> Self:
        """The frames with start_ms <= t_ms < end_ms."""
        first, last = np.searchsorted(self.t_ms, (start_ms, end_ms))
        return type(self)(self.t_ms[first:last], self.poses[first:last], self.aspect)

    @classmethod
    def at_fps(cls, poses: NDArray[np.floating], fps: float, aspect: float | None = None) -> Self:
        """A sequence of evenly spaced poses (T, 17, 3), as recorded data sets have them."""
        t_ms = np.round(np.arange(len(poses)) * (1000.0 / fps)).astype(np.int64)
        return cls(t_ms, poses.astype(np.float32), aspect)

    @classmethod
    def join(cls, parts: Iterable[Self]) -> Self:
        """One sequence from several, in any order; of frames at the same time the first stays."""
        kept = [part for part in parts if len(part)]
        if not kept:
            return cls(np.zeros(0, np.int64), np.zeros((0, K, 3), np.float32))
        t_ms, first = np.unique(np.concatenate([part.t_ms for part in kept]), return_index=True)
        return cls(t_ms, np.concatenate([part.poses for part in kept])[first], kept[0].aspect)
