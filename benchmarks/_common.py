"""A figure that squats, a clock, and the one line in which a benchmark ends."""

import json
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.sequence import Sequence

FPS = 15.0
SQUAT_S = 2.5
# x, y of the 17 keypoints, standing, seen from the side, in a square picture.
STANDING = np.array(
    [(.52, .15), (.53, .14), (.52, .14), (.50, .15), (.50, .15), (.50, .25), (.49, .25),
     (.52, .36), (.51, .36), (.55, .46), (.54, .46), (.50, .50), (.49, .50),
     (.51, .68), (.50, .68), (.50, .86), (.49, .86)]
)  # fmt: skip
# How far each keypoint moves from standing to the lowest point.
DESCENT = np.zeros((17, 2))
DESCENT[:13] = (-0.06, 0.17)
DESCENT[13:15] = (0.09, 0.03)


def squats(duration_s: float, fps: float = FPS) -> Sequence:
    """Squats without a break, with a little noise that is the same each time."""
    rng = np.random.default_rng(7)
    t_s = np.arange(int(duration_s * fps)) / fps
    depth = (1 - np.cos(2 * np.pi * t_s / SQUAT_S)) / 2
    xy = STANDING + depth[:, None, None] * DESCENT
    xy = np.clip(xy + rng.normal(0, 0.003, xy.shape), 0, 1)
    score: NDArray[np.float64] = np.full((len(t_s), 17, 1), 0.9)
    return Sequence.at_fps(np.concatenate([xy, score], axis=2), fps, aspect=1.0)


def best_s(work: Callable[[], object], repeats: int = 5) -> float:
    """Shortest of several times: the one that the rest of the machine disturbed least."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def report(name: str, value: float, unit: str, ratio: float, against: str) -> None:
    line = {"name": name, "value": round(value, 3), "unit": unit, "ratio": round(ratio, 3)}
    print(json.dumps({**line, "against": against}))
