"""From phase and activity at every sample to whole cycles.

Knows nothing of poses, exercises or the network that tells the phase. The most likely path through
16 phases and idle is found by Viterbi (A. J. Viterbi, IEEE Trans. Inf. Theory 13, 1967; as L. R.
Rabiner, Proc. IEEE 77, 1989, tells it); a movement must therefore run through its cycle forward and
in order to count, and neither jitter at a threshold nor half a movement makes a repetition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

BINS: Final = 16
IDLE: Final = BINS  # the state beside the bins
MAX_ADVANCE: Final = 6  # bins a sample: a cycle in fewer than three samples cannot be followed
_ENTER: Final = 2.0  # costs, in units of a sample's emission
_EXIT: Final = 1.0
_COMPLETE: Final = 0.85  # of a cycle counts as a whole one
_LULL: Final = 4  # samples of idling at the end of a set that goes on may be a mistake
_NOTABLE: Final = 0.4  # of a cycle is an attempt; less is a twitch

_BIN_ANGLE: Final = (np.arange(BINS) + 0.5) * 2 * np.pi / BINS
_DIRECTIONS: Final = np.stack([np.cos(_BIN_ANGLE), np.sin(_BIN_ANGLE)])
# _FROM[a, b] is the state that an advance of `a` leaves to arrive in bin `b`; the last row enters.
_FROM: Final = np.concatenate(
    [
        (np.arange(BINS)[None, :] - np.arange(MAX_ADVANCE + 1)[:, None]) % BINS,
        np.full((1, BINS), BINS),
    ]
)
_CAME_FROM: Final[list[list[int]]] = _FROM.tolist()


@dataclass(frozen=True, slots=True)
class Phases:
    """What the network says about N evenly spaced samples.

    vector: (N, 2) cosine and sine of the phase, shorter than 1 where it is unsure.
    activity: (N,) logit of being inside a repetition. log_frequency: (N,) log of cycles a sample.
    """

    vector: Doubles
    activity: Doubles
    log_frequency: Doubles

    def __len__(self) -> int:
        return len(self.activity)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A span of samples, [start, end) in fractional sample indices, and how much of a turn it
    covers: 1 is one whole turn, less is an attempt."""

    start: float
    end: float
    progress: float

    @property
    def whole(self) -> bool:
        return self.progress >= _COMPLETE


def cycles(path: NDArray[np.int64], is_open: bool = False) -> list[Cycle]:
    """Whole cycles of a decoded path in order of time, and incomplete ones worth a word.

    path: (N,) as `decode` tells it, N may be 0. is_open: the movement goes on after the path, so
    what is under way at its end is not yet an incomplete cycle.
    """
    found: list[Cycle] = []
    for start, bins in _segments(path):
        under_way = is_open and len(path) - start - len(bins) <= _LULL
        found += _split(start, bins, not under_way)
    return found


def decode(phases: Phases) -> NDArray[np.int64]:
    """(N,) most likely bin of each sample, 0 to BINS − 1, or -1 where idle; (0,) of no samples."""
    return decode_all([phases])[0] if len(phases) else np.zeros(0, np.int64)


def decode_all(several: Sequence[Phases]) -> list[NDArray[np.int64]]:
    """`decode` of each, in their order: a step over one sample costs what it costs over many.

    several: none of them empty.
    """
    if not several:
        return []
    lengths = np.array([len(phases) for phases in several])
    pairs = [_emissions(phases) for phases in several]
    active, idle = _stacked([a for a, _ in pairs]), _stacked([i for _, i in pairs])
    cost = _stacked([_move_costs(phases) for phases in several])[..., None]
    moves = np.empty((len(active), len(several), BINS), np.int64)
    exits = np.full((len(active), len(several)), IDLE)
    ends = np.empty((len(several), BINS + 1))
    score = np.concatenate([active[0] - _ENTER, idle[0, :, None]], axis=1)
    for t in range(len(active)):
        if t:
            options = score.take(_FROM, axis=1) - cost[t]
            moves[t] = options.argmax(axis=1)
            leaving = score[:, :BINS] - _EXIT
            left, rested = leaving.max(axis=1), score[:, IDLE]
            exits[t] = np.where(left > rested, leaving.argmax(axis=1), IDLE)
            resting = np.maximum(rested, left) + idle[t]
            score[:, :BINS] = options.max(axis=1) + active[t]
            score[:, IDLE] = resting
        ended = lengths == t + 1
        ends[ended] = score[ended]
    ends[:, :BINS] -= _EXIT
    return [
        _trace(moves[:length, i], exits[:length, i], int(ends[i].argmax()))
        for i, length in enumerate(lengths)
    ]


def _stacked(parts: Sequence[Doubles]) -> Doubles:
    """(longest N, parts, …) of parts (N, …), each ended by zeros."""
    stacked = np.zeros((max(map(len, parts)), len(parts), *parts[0].shape[1:]))
    for i, part in enumerate(parts):
        stacked[: len(part), i] = part
    return stacked


def _emissions(phases: Phases) -> tuple[Doubles, Doubles]:
    """(N, BINS) and (N,): how well each sample fits each phase, and idling."""
    half = np.clip(phases.activity, -4, 4) / 2
    return 2 * phases.vector @ _DIRECTIONS + half[:, None], -half


def _move_costs(phases: Phases) -> Doubles:
    """(N, MAX_ADVANCE + 2): how far each advance is from the predicted frequency; entering last."""
    expected = np.clip(BINS * np.exp(phases.log_frequency), 0, MAX_ADVANCE)[:, None]
    advance = np.arange(MAX_ADVANCE + 1)[None, :]
    cost = np.full((len(phases), MAX_ADVANCE + 2), _ENTER)
    cost[:, :-1] = 0.5 * ((advance - expected) / (0.7 + 0.5 * expected)) ** 2
    return cost


def _trace(moves: NDArray[np.int64], exits: NDArray[np.int64], state: int) -> NDArray[np.int64]:
    """The path that ends in `state`, followed back; idle becomes -1."""
    steps, ways_out = moves.tolist(), exits.tolist()  # a loop over lists takes a fifth of the time
    path = []
    for t in range(len(steps) - 1, -1, -1):
        path.append(-1 if state == IDLE else state)
        if t:
            state = ways_out[t] if state == IDLE else _CAME_FROM[steps[t][state]][state]
    return np.array(path[::-1], np.int64)


def _segments(path: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64]]]:
    """Start, as a sample's index, and bins of each run of a path (N,) that is not idle."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], path >= 0, [False]]).astype(int)))
    return [(int(a), path[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _split(start: int, path: NDArray[np.int64], rest: bool) -> list[Cycle]:
    """Cut a run of bins at each whole turn since its start; `rest`: with what is left over."""
    steps = np.diff(path) % BINS / BINS
    # The last sample moves on too, as far as the samples before it did.
    own = max(float(steps.mean()), 1 / BINS) if len(steps) else 1 / BINS
    progress = np.concatenate([[0.0], np.cumsum(steps), [steps.sum() + own]])
    progress += np.linspace(0, 1e-6, len(progress))
    turns = int(progress[-1] + 1 - _COMPLETE)
    marks = np.minimum(np.arange(turns + 1), progress[-1])
    if progress[-1] - turns >= _NOTABLE and rest:
        marks = np.append(marks, progress[-1])
    times = start + np.interp(marks, progress, np.arange(len(progress)))
    return [
        Cycle(float(times[i]), float(times[i + 1]), float(marks[i + 1] - marks[i]))
        for i in range(len(marks) - 1)
    ]
