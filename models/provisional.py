"""What counts on a strip so far: what `tempo` and `reps` do, at one rate and in arrays.

The judgement is theirs; sizes and sight are taken from samples instead of frames. How alike the
cycles are is asked again only when there are others.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import likeness, stillness
from models.counting import Cycle, Doubles, cycles
from models.described import Counted
from models.reps import MAX_BLIND_S, MIN_REP_MS, MIN_SEEN, MIN_SIZE, in_sure_runs, least_sure
from models.results import Attempt, AttemptReason
from models.skeleton import K
from models.strip import Strip
from models.tempo import Reading

Ints = NDArray[np.int64]
_REASONS: Final[tuple[AttemptReason, ...]] = ("not_visible", "incomplete", "too_small", "too_fast")
NOT_VISIBLE, INCOMPLETE, TOO_SMALL, TOO_FAST, NONE = range(5)
_FEWEST: Final = 2  # frames
_SAME: Final = 1.5  # samples
_UNSEEN: Final = 0.5  # of a sample's span


@dataclass(frozen=True, slots=True)
class Alike:
    """edges: (cycles, 2) beginnings and ends of those that were compared, in samples of the set.
    strays: (cycles,) which are unlike the rest."""

    edges: Doubles
    share: float
    strays: NDArray[np.bool_]

    def holds_for(self, edges: Doubles) -> bool:
        """Whether these are the same cycles, as far as it matters to how alike they are."""
        return edges.shape == self.edges.shape and bool(np.abs(edges - self.edges).max() <= _SAME)


def counted(
    strip: Strip, reading: Reading, t_s: Doubles, before: Alike | None
) -> tuple[list[Counted], list[Attempt], Alike | None]:
    """Repetitions and attempts, and what to hand over as `before` the next time.

    reading: of the strip, decoded. t_s: of the frames that the strip is made of.
    """
    path = reading.path
    assert path is not None  # noqa: S101 - `reading` says so
    found = cycles(path, is_open=True)
    if not found:
        return [], [], None
    whole = [one for one in found if one.whole]
    alike = _alike(strip, path, whole, before)
    left_out = {id(one) for one, is_stray in zip(whole, alike.strays, strict=True) if is_stray}
    found = [one for one in found if id(one) not in left_out]
    if not found:
        return [], [], alike
    edges = np.array([(one.start, one.end) for one in found])
    is_whole = np.array([one.whole for one in found])
    reasons, sure = _judged(strip, edges, is_whole, reading.certainty)
    spans = (strip.first + edges) / strip.rate_hz
    reasons[_is_bare(spans, t_s)] = NOT_VISIBLE
    judged = list(zip(spans.tolist(), sure.tolist(), reasons.tolist(), strict=True))
    kept = [Counted(a, b, certain) for (a, b), certain, why in judged if why == NONE]
    attempts = [
        Attempt(round(1000 * a), round(1000 * b), _REASONS[why])
        for (a, b), _, why in judged
        if why != NONE
    ]
    return in_sure_runs(kept, least_sure(alike.share)), attempts, alike


def _alike(strip: Strip, path: Ints, whole: list[Cycle], before: Alike | None) -> Alike:
    edges = strip.first + np.array([(one.start, one.end) for one in whole]).reshape(-1, 2)
    if before is not None and len(whole) and before.holds_for(edges):
        return before
    samples = strip.inputs[:, :-1]
    share, _ = likeness.foretold(samples, path, whole)
    return Alike(edges, share, likeness.strays(samples, whole))


def _judged(
    strip: Strip, edges: Doubles, whole: NDArray[np.bool_], certainty: Doubles
) -> tuple[Ints, Doubles]:
    """Of each cycle why it does not count, as an index of _REASONS, and how sure it is."""
    begin = np.clip(np.rint(edges[:, 0]).astype(int), 0, len(strip) - 1)
    end = np.clip(np.rint(edges[:, 1]).astype(int), begin + 1, len(strip))
    inside = np.stack([begin, end], axis=1).ravel()
    sizes = _sizes(strip, inside)
    usual = float(np.median(sizes[whole])) if whole.any() else 0.0
    reasons = np.full(len(edges), NONE)
    reasons[np.diff(edges)[:, 0] / strip.rate_hz * 1000 < MIN_REP_MS] = TOO_FAST
    reasons[sizes < max(stillness.MIN_MOVE, MIN_SIZE * usual)] = TOO_SMALL
    reasons[~whole] = INCOMPLETE
    reasons[_unseen(strip, inside)] = NOT_VISIBLE
    sums = np.add.reduceat(np.append(certainty, 0.0), inside)[::2]
    return reasons, sums / (end - begin)


def _sizes(strip: Strip, inside: Ints) -> Doubles:
    """How far the more mobile half of the joints move in each cycle, in bounding boxes."""
    unit = np.concatenate([strip.unit[:, : 2 * K], strip.unit[-1:, : 2 * K]])
    reach = np.maximum.reduceat(unit, inside)[::2] - np.minimum.reduceat(unit, inside)[::2]
    ways = np.hypot(reach[:, ::2], reach[:, 1::2])
    return np.asarray(np.sort(ways, axis=1)[:, -stillness.MOBILE :].mean(axis=1))


def _unseen(strip: Strip, inside: Ints) -> NDArray[np.bool_]:
    """Which cycles show too little of a body, or nobody for too long."""
    seen = strip.unit[:, -1]
    if seen.min() >= _UNSEEN:
        return np.zeros(len(inside) // 2, bool)
    at = np.arange(len(seen) + 1)
    last = np.maximum.accumulate(np.where(np.append(seen, 1.0) >= _UNSEEN, at, -1))
    blind_s = np.maximum.reduceat(at - last, inside)[::2] / strip.rate_hz
    shares = np.add.reduceat(np.append(seen, 0.0), inside)[::2] / np.diff(inside)[::2]
    return np.asarray((shares < MIN_SEEN) | (blind_s > MAX_BLIND_S))


def _is_bare(spans: Doubles, t_s: Doubles) -> NDArray[np.bool_]:
    """(cycles,) whether no frame, or no frame for too long, has come."""
    frames = np.searchsorted(t_s, spans)
    bare = frames[:, 1] - frames[:, 0] < _FEWEST
    for gap in np.flatnonzero(np.diff(t_s) > MAX_BLIND_S):
        bare |= (spans[:, 0] < t_s[gap + 1]) & (spans[:, 1] > t_s[gap])
    return bare
