"""What is remembered of one open set: the cleaned track of its last seconds, and its strip."""

from collections.abc import Sequence as Several
from typing import Final

import numpy as np

from models import recognition
from models.counting import Doubles
from models.features import MIRRORED, Floats, Track, unit_box
from models.provisional import Alike
from models.registry import Network
from models.sequence import Sequence
from models.skeleton import K
from models.stretches import Ints, tracks
from models.strip import Strip

LONGEST_S: Final = 30.0  # remembered
FPS: Final = 16  # at most; more show a movement no better, and cost as much again
_SETTLED_MS: Final = 400  # before the end, frames may look different once others have followed
_CONTEXT_MS: Final = 800  # of raw frames that clean new ones
_MEMORY: Final = 0.6  # of earlier wide looks, in the logarithm


class Follower:
    """One open set. chosen: the slug that the athlete chose, None to recognise it.

    strip: at the rate at which it is counted, None before the first look. wide_at_ms: of the last
    look at all rates; pause_ms: until the next. off_best: logarithm of a repetition's span at this
    rate over the best one. alike: how alike its cycles were. end_ms: of the last frame that came,
    -1 before.
    """

    def __init__(self, chosen: str | None = None) -> None:
        self.chosen = chosen
        self.odds: Doubles | None = None  # of each class, by all wide looks
        self.is_counting = False
        self.strip: Strip | None = None
        self.wide_at_ms = 0
        self.off_best = 0.0
        self.pause_ms = 0
        self.alike: Alike | None = None
        self.end_ms = -1
        self._aspect: float | None = None
        self._t_ms: Ints = np.zeros(0, np.int64)
        self._poses = np.zeros((0, K, 3), np.float16)
        self._points = np.zeros((0, K, 2), np.float16)
        self._seen: Floats = np.zeros(0, np.float32)

    def __len__(self) -> int:
        """Frames that are remembered."""
        return len(self._t_ms)

    @property
    def t_s(self) -> Doubles:
        """(N,) of the frames."""
        return self._t_ms / 1000.0

    @property
    def last_s(self) -> float:
        """Of the newest of them."""
        return float(self._t_ms[-1]) / 1000

    @property
    def aspect(self) -> float | None:
        return self._aspect

    @property
    def settled_s(self) -> float:
        """Until when frames will stay as they are."""
        return float(self._t_ms[max(0, self._settled - 1)]) / 1000

    @property
    def _settled(self) -> int:
        """Frames that will stay as they are."""
        return int(np.searchsorted(self._t_ms, self.end_ms - _SETTLED_MS)) if len(self) else 0

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

    def frames(self, start_s: float) -> Sequence:
        """As they came, from then on."""
        kept = slice(self._at(start_s), None)
        return Sequence(self._t_ms[kept], self._poses[kept].astype(np.float32), self._aspect)

    def track(self, start_s: float = -np.inf) -> Track:
        """The cleaned frames from then on."""
        kept = slice(self._at(start_s), None)
        points = self._points[kept].astype(np.float32)
        return Track(self._t_ms[kept] / 1000.0, points, unit_box(points), self._seen[kept])

    def _at(self, start_s: float) -> int:
        """Number of the last frame that is not later, 0 where all are."""
        return max(0, int(np.searchsorted(self._t_ms, 1000 * start_s, side="right")) - 1)

    def extended_by(self, new: Sequence) -> Sequence:
        """The frames to clean, with those before them. Raises ValueError for what is not later."""
        if new.t_ms[0] <= self.end_ms:
            raise ValueError(f"t_ms: expected more than {self.end_ms}, got {new.t_ms[0]}")
        bins = np.concatenate([self._t_ms[-1:], new.t_ms]) * FPS // 1000
        kept = np.diff(bins, prepend=-1)[-len(new) :] > 0
        first = int(np.searchsorted(self._t_ms, self.end_ms - _CONTEXT_MS))
        t_ms = np.concatenate([self._t_ms[first:], new.t_ms[kept]])
        poses = np.concatenate([self._poses[first:].astype(np.float32), new.poses[kept]])
        self._aspect = new.aspect
        return Sequence(t_ms, poses)

    def take(self, raw: Sequence, cleaned: Track, end_ms: int) -> None:
        """Frames as `extended_by` gave them, cleaned. end_ms: of the last one that came."""
        settled = self._settled
        old = int(np.searchsorted(self._t_ms, raw.t_ms[0])) if len(raw) else len(self)
        kept, known = settled - old, len(self) - old
        points = cleaned.points
        if settled < len(self):
            points = self._like_before(points, kept, settled, bool(cleaned.seen.any()))
        # Half of the digits are enough for what is provisional, and take half of the memory.
        self._t_ms = np.concatenate([self._t_ms, raw.t_ms[known:]])
        self._poses = np.concatenate([self._poses, raw.poses[known:].astype(np.float16)])
        self._points = np.concatenate([self._points[:settled], points[kept:].astype(np.float16)])
        self._seen = np.concatenate([self._seen[:settled], cleaned.seen[kept:]])
        self.end_ms = end_ms
        self._forget()

    def _forget(self) -> None:
        """What no look will ask for."""
        first = int(np.searchsorted(self._t_ms, self.end_ms - round(1000 * LONGEST_S)))
        if first:
            self._t_ms, self._poses = self._t_ms[first:], self._poses[first:]
            self._points, self._seen = self._points[first:], self._seen[first:]

    def _like_before(self, points: Floats, index: int, settled: int, is_seen: bool) -> Floats:
        known = self._points[settled].astype(np.float32)
        if is_seen:
            return _like(points, index, known)
        return np.repeat(known[None], len(points), axis=0)  # nobody: the last pose stays


def extend(followers: Several[Follower], clips: Several[Sequence]) -> list[bool]:
    """Takes in each one's new frames; False where they are not later than all before."""
    able, wanted, ends = [], [], []
    taken = []
    for one, new in zip(followers, clips, strict=True):
        try:
            if len(new):
                wanted.append(one.extended_by(new))
                able.append(one)
                ends.append(int(new.t_ms[-1]))
            taken.append(True)
        except ValueError:
            taken.append(False)
    if able:
        for one, raw, cleaned, end_ms in zip(able, wanted, tracks(wanted), ends, strict=True):
            one.take(raw, cleaned, end_ms)
    return taken


def _like(points: Floats, index: int, known: Floats) -> Floats:
    """Points (T, 17, 2) with the sides named as in the pose `known` (17, 2) of frame `index`."""
    new, other = points[index], points[index][MIRRORED]
    stay = np.linalg.norm(new - known, axis=1)
    cross = np.linalg.norm(other - known, axis=1)
    crossed = cross + cross[MIRRORED] < stay + stay[MIRRORED]
    return np.where(crossed[None, :, None], points[:, MIRRORED], points)
