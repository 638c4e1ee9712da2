"""What is remembered of one open set: the cleaned track of its last seconds, and its rate."""

from typing import Final

import numpy as np

from models import recognition
from models.counting import Doubles
from models.features import MIRRORED, Floats, Track, track, unit_box
from models.registry import Network
from models.sequence import Sequence
from models.skeleton import K

LONGEST_S: Final = 20.0  # remembered, and looked at
WIDE_MS: Final = 6_000
_SEEKING_MS: Final = 2_000  # the same, while nothing is counted
_CONTEXT_MS: Final = 1_200  # of raw frames that clean new ones
_SETTLED_MS: Final = 400  # before the end, frames may look different once others have followed
_MEMORY: Final = 0.6  # of earlier wide looks, in the logarithm


class Follower:
    """One open set. chosen: the slug that the athlete chose, None to recognise it."""

    def __init__(self, chosen: str | None = None) -> None:
        self.chosen = chosen
        self.odds: Doubles | None = None  # of each class, by all wide looks
        self.is_counting = False
        self.rate_hz: float | None = None
        self.wide_at_ms = 0
        self._aspect: float | None = None
        self._t_ms = np.zeros(0, np.int64)
        self._poses = np.zeros((0, K, 3), np.float16)
        self._points = np.zeros((0, K, 2), np.float16)
        self._seen: Floats = np.zeros(0, np.float32)

    def __len__(self) -> int:
        """Frames that are remembered."""
        return len(self._t_ms)

    @property
    def end_ms(self) -> int:
        return int(self._t_ms[-1]) if len(self._t_ms) else -1

    @property
    def is_due(self) -> bool:
        """Whether the rate is to be chosen anew."""
        pause_ms = WIDE_MS if self.is_counting else _SEEKING_MS
        return self.rate_hz is None or self.end_ms >= self.wide_at_ms + pause_ms

    def remember(self, probabilities: dict[str, float]) -> dict[str, float]:
        """Of the exercises, by this wide look and those before, the older the less."""
        new = np.log(np.array(list(probabilities.values())) + 1e-6)
        self.odds = new if self.odds is None else _MEMORY * self.odds + (1 - _MEMORY) * new
        shares = np.exp(self.odds - self.odds.max())
        return dict(zip(probabilities, (shares / shares.sum()).tolist(), strict=True))

    def exercise(self, network: Network) -> str:
        """The likeliest."""
        odds = np.zeros(len(network.card.classes)) if self.odds is None else self.odds
        return recognition.likeliest(dict(zip(network.card.classes, odds.tolist(), strict=True)))

    def extend(self, new: Sequence) -> None:
        """Takes in frames that are later than all before. Raises ValueError for others."""
        if not len(new):
            return
        if new.t_ms[0] <= self.end_ms:
            raise ValueError(f"t_ms: expected more than {self.end_ms}, got {new.t_ms[0]}")
        settled = int(np.searchsorted(self._t_ms, self.end_ms - _SETTLED_MS))
        first = int(np.searchsorted(self._t_ms, self.end_ms - _CONTEXT_MS))
        poses = np.concatenate([self._poses[first:].astype(np.float32), new.poses])
        t_ms = np.concatenate([self._t_ms[first:], new.t_ms])
        cleaned = track(Sequence(t_ms, poses))
        points, kept = cleaned.points, settled - first
        if settled < len(self):
            points = self._like_before(points, kept, settled, bool(cleaned.seen.any()))
        # Half of the digits are enough for what is provisional, and take half of the memory.
        self._aspect = new.aspect
        self._t_ms = np.concatenate([self._t_ms, new.t_ms])
        self._poses = np.concatenate([self._poses, new.poses.astype(np.float16)])
        self._points = np.concatenate([self._points[:settled], points[kept:].astype(np.float16)])
        self._seen = np.concatenate([self._seen[:settled], cleaned.seen[kept:]])
        self._forget()

    def _like_before(self, points: Floats, index: int, settled: int, is_seen: bool) -> Floats:
        known = self._points[settled].astype(np.float32)
        if is_seen:
            return _like(points, index, known)
        return np.repeat(known[None], len(points), axis=0)  # nobody: the last pose stays

    def _forget(self) -> None:
        """What no look will ask for."""
        first = int(np.searchsorted(self._t_ms, self.end_ms - round(1000 * LONGEST_S)))
        if first:
            self._t_ms, self._poses = self._t_ms[first:], self._poses[first:]
            self._points, self._seen = self._points[first:], self._seen[first:]

    def window(self, seconds: float) -> tuple[Sequence, Track]:
        """The newest frames."""
        kept = slice(int(np.searchsorted(self._t_ms, self.end_ms - 1000 * seconds)), None)
        t_ms, points = self._t_ms[kept], self._points[kept].astype(np.float32)
        sequence = Sequence(t_ms, self._poses[kept].astype(np.float32), self._aspect)
        return sequence, Track(t_ms / 1000.0, points, unit_box(points), self._seen[kept])


def _like(points: Floats, index: int, known: Floats) -> Floats:
    """Points (T, 17, 2) with the sides named as in the pose `known` (17, 2) of frame `index`."""
    new, other = points[index], points[index][MIRRORED]
    stay = np.linalg.norm(new - known, axis=1)
    cross = np.linalg.norm(other - known, axis=1)
    crossed = cross + cross[MIRRORED] < stay + stay[MIRRORED]
    return np.where(crossed[None, :, None], points[:, MIRRORED], points)
