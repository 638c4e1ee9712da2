"""When a made-up movement goes where: sets, pauses and idling along time, without any pose."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

SPAN: Final = (4.0, 32.0)  # samples a repetition that the network learns to follow


@dataclass(frozen=True, slots=True)
class Course:
    """T samples of a movement between a start pose and a turning pose.

    depth: (T,) way from start (0) to turn (1). side: (T,) 0 or 1, whose turn it is where sides
    alternate. away: (T,) way from start to another pose, while idle; other: (T,) which one.
    phase: (T,) radians. active: (T,). cycle: (T,) samples a repetition, 0 where idle.
    """

    depth: Doubles
    side: NDArray[np.int64]
    away: Doubles
    other: NDArray[np.int64]
    phase: Doubles
    active: NDArray[np.bool_]
    cycle: Doubles

    def __len__(self) -> int:
        return len(self.depth)


OTHERS = 4  # poses to idle in


def sets(length: int, rng: np.random.Generator) -> Course:
    """A window into sets of 1 to 12 repetitions with idling before, between and after."""
    cycle = float(np.exp(rng.uniform(*np.log(SPAN))))
    shape = _shape(rng)
    parts: list[Course] = []
    side = int(rng.integers(2))
    steady, idle_first = rng.uniform(0.02, 0.2), rng.random() < 0.6
    while sum(map(len, parts)) < length + 40:
        if parts or idle_first:
            parts.append(idle(int(rng.integers(3, 60)), rng))
        tempo = cycle * float(np.exp(rng.normal(0, 0.1)))
        for _ in range(rng.integers(1, 13)):
            parts.append(_repetition(tempo, shape, steady, side, rng))
            side = 1 - side
    offset = int(rng.integers(0, 40))
    return join(parts, offset, length)


def idle(length: int, rng: np.random.Generator) -> Course:
    """Staying at the start pose, coming to it, leaving it, or a moment elsewhere."""
    t = np.linspace(0, 1, length)
    kind = rng.choice(["stay", "come", "leave", "visit"], p=[0.4, 0.2, 0.2, 0.2])
    rise = _ease(t, *np.sort(rng.uniform(0, 1, 2)))
    away = {"stay": 0 * t, "come": 1 - rise, "leave": rise, "visit": np.sin(np.pi * rise)}[kind]
    nothing = np.zeros(length)
    other = np.full(length, rng.integers(OTHERS))
    sides = np.zeros(length, np.int64)
    away = away * rng.uniform(0.1, 1)
    return Course(nothing, sides, away, other, nothing, nothing > 0, nothing)


def join(parts: list[Course], offset: int, length: int) -> Course:
    """Parts one after the other, cut to [offset, offset + length)."""
    cut = slice(offset, offset + length)
    names = Course.__slots__
    joined = {name: np.concatenate([getattr(part, name) for part in parts])[cut] for name in names}
    return Course(**joined)


def _shape(rng: np.random.Generator) -> tuple[float, float, float]:
    """Shares of a repetition: going, dwelling at the turn, resting at the start."""
    dwell, rest = rng.uniform(0, 0.25), rng.uniform(0, 0.25)
    return float(rng.uniform(0.35, 0.65) * (1 - dwell - rest)), float(dwell), float(rest)


def _repetition(
    tempo: float,
    shape: tuple[float, float, float],
    unsteady: float,
    side: int,
    rng: np.random.Generator,
) -> Course:
    length = max(3, round(tempo * float(np.exp(rng.normal(0, 0.08)))))
    phase = np.arange(length) / length
    going, dwell, rest = shape
    down = _ease(phase, rest / 2, rest / 2 + going)
    up = _ease(phase, rest / 2 + going + dwell, 1 - rest / 2)
    depth = (down - up) * float(np.exp(rng.normal(0, unsteady)))
    nothing, everywhere = np.zeros(length), np.ones(length)
    sides, other = np.full(length, side), np.zeros(length, np.int64)
    return Course(
        depth, sides, nothing, other, 2 * np.pi * phase, everywhere > 0, length * everywhere
    )


def _ease(t: Doubles, start: float, end: float) -> Doubles:
    """0 before `start`, 1 after `end`, smooth between."""
    share = np.clip((t - start) / max(end - start, 1e-3), 0, 1)
    return np.asarray((1 - np.cos(np.pi * share)) / 2)
