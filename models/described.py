"""Turn, tempo and range of what counts, and by how much an attempt fell short."""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.exercises import ExerciseSpec
from models.features import Floats, Track, inputs
from models.quantiles import quantiles
from models.results import Attempt, AttemptReason, Rep, Tempo
from models.sequence import Sequence
from models.swing import range_deg, sides_deg, swing_deg, swings_deg, wider

Doubles = NDArray[np.float64]

_AT_TURN: Final = 0.85  # of the way is at the turn, for the pause there
_BEGUN: Final = 0.5  # of the way at both ends: the span begins at the turn
_SHORT: Final[tuple[AttemptReason, ...]] = ("incomplete", "too_small")  # degrees say by how much


class Counted(NamedTuple):
    """A span of time, in s, that counts as a repetition, and how sure its phase was."""

    start_s: float
    end_s: float
    confidence: float


def rep(
    counted: Counted,
    sequence: Sequence,
    source: Track,
    spec: ExerciseSpec,
    turns_from_s: float = 0.0,
) -> Rep:
    """The turn is where the main joint is bent most, or least, as the exercise has it; where no
    angle can be taken, where the whole pose is farthest from where it began. turns_from_s: in s of
    the sequence, no turn is looked for before it, unless no frame of the span is as late."""
    start_s, end_s, confidence = counted
    within = slice(*np.searchsorted(source.t_s, (start_s, end_s)))
    t_s = source.t_s[within]
    swings = swings_deg(sequence, within, spec.joints)
    swing = wider(swings)
    if swing is None or spec.opens is None:
        away = _away(inputs(source.unit[within], source.seen[within]))
    else:
        away = _towards(swing, spec.opens)
    first = min(int(np.searchsorted(t_s, turns_from_s)), len(t_s) - 1)
    turn_s = t_s[first + away[first:].argmax()]
    start_ms, turn_ms, end_ms = (round(1000 * t) for t in (start_s, turn_s, end_s))
    left_deg, right_deg = sides_deg(sequence, within, swings)
    return Rep(
        start_ms=max(0, start_ms),
        turn_ms=turn_ms,
        end_ms=end_ms,
        confidence=round(confidence, 3),
        rom_deg=None if swing is None else round(range_deg(swing), 1),
        tempo_s=_tempo(away, np.diff(t_s, prepend=start_s, append=end_s)),
        rom_left_deg=left_deg,
        rom_right_deg=right_deg,
    )


def in_degrees(
    attempt: Attempt, reps: list[Rep], sequence: Sequence, spec: ExerciseSpec
) -> Attempt:
    """How far it went and how far this person's repetitions go; nothing where it went as far."""
    ranges = [rep.rom_deg for rep in reps if rep.rom_deg is not None]
    if attempt.reason not in _SHORT or not ranges:
        return attempt
    within = slice(*np.searchsorted(sequence.t_ms, (attempt.start_ms, attempt.end_ms)))
    swing = swing_deg(sequence, within, spec.joints)
    needed = round(float(np.median(ranges)), 1)
    if swing is None or range_deg(swing) >= needed:
        return attempt
    return replace(attempt, rom_deg=round(range_deg(swing), 1), needed_deg=needed)


def _tempo(away: Doubles, steps_s: Doubles) -> Tempo:
    """Seconds to the turn, there, and back; away (T,), steps_s (T + 1,) before, between and after.

    A span that begins and ends at the turn is read from the rest in its middle onwards, its end
    followed by its beginning, as repetitions follow one another.
    """
    begun = (away[0] + away[-1]) / 2 > _BEGUN * away.max()
    first = int(away.argmin()) if begun else 0
    lasting = np.roll(steps_s[:-1], -first)
    dwelling = np.flatnonzero(np.roll(away, -first) > _AT_TURN * away.max())
    arrived = int(dwelling[0]) if len(dwelling) else 0
    left = int(dwelling[-1]) if len(dwelling) else 0
    down, pause = lasting[: arrived + 1].sum(), lasting[arrived + 1 : left + 1].sum()
    up = steps_s.sum() - down - pause
    return Tempo(*(round(max(0.0, float(s)), 3) for s in (down, pause, up)))


def _towards(swing: Floats, opens: bool) -> Doubles:
    """(T,) degrees on the way to the turn, of (T,) degrees of the joint."""
    low, high = quantiles(swing, 0.05, 0.95)
    way = swing - low if opens else high - swing
    return _mean_of_three(np.maximum(way, 0))


def _away(poses: Floats) -> Doubles:
    """(T,) how far each of (T, D) is from those at the ends."""
    edge = max(1, len(poses) // 10)
    ends = (poses[:edge].mean(axis=0) + poses[-edge:].mean(axis=0)) / 2
    return _mean_of_three(np.linalg.norm(poses - ends, axis=1))


def _mean_of_three(values: NDArray[np.floating]) -> Doubles:
    return np.convolve(np.pad(values, 1, mode="edge"), np.full(3, 1 / 3), mode="valid")
