"""Films of people who walk in, do this and that, get into position, exercise and leave.

`python -m models.positioning OUT.json` writes them for the page's tests: the session flow has to
start a set once they stand, and to keep everything else out of it.
"""

import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from models import body, estimator_noise, figures, routine
from models.body import Doubles
from models.course import Course, Writer
from models.exercises import BY_SLUG
from models.film import LYING
from models.postures import FIGURES
from models.skeleton import KEYPOINTS, K

SLUGS: Final = (
    "squat", "lunge", "jumping_jack", "bicep_curl", "shoulder_press",
    "front_raise", "deadlift", "high_knees", "push_up", "sit_up",
)  # fmt: skip
FPS: Final = 8.0
ASPECT: Final = 4 / 3
SEED: Final = 20261
_WAITING_S: Final = 6.5  # for the countdown, in the position in which the exercise starts
_IN_S: Final = 4.0
_OUT_S: Final = 2.0
_STEPS: Final = 65_535
_SHOULDERS, _HIPS = (
    [KEYPOINTS.index(f"{side}_{joint}") for side in ("left", "right")]
    for joint in ("shoulder", "hip")
)


@dataclass(frozen=True, slots=True)
class Visit:
    """poses: (T, K, 3) at FPS. starts_s, ends_s: of its repetitions."""

    exercise: str
    poses: Doubles
    starts_s: tuple[float, ...]
    ends_s: tuple[float, ...]


def visit(slug: str, rng: np.random.Generator, count: int = 5) -> Visit:
    """Somebody walks in from a side, potters about, waits in position, exercises, walks out."""
    figure = figures.some(FIGURES[slug], rng)
    stations, stops = figures.stations(figure, rng)
    writer = Writer(0.0, stops.approach[0])
    routine.idle(writer, stops.others, float(rng.uniform(5, 8)), FPS, rng)
    routine.come(writer, stops, FPS, rng)
    writer.stay(FPS * _WAITING_S)
    rep_s = max(figures.rep_seconds(figure, rng), 4 / FPS)
    routine.repeat(writer, count, rep_s * FPS, routine.pace(rng), stops, rng)
    routine.leave(writer, stops, FPS, rng)
    routine.idle(writer, stops.others, 3.0, FPS, rng)
    writer.stay(FPS * (_OUT_S + 5))
    plan = writer.finish(int(writer.now))
    postures = figures.move(stations, plan, rng, figure.even, FPS)
    starts_s, ends_s = (tuple((spans / FPS).tolist()) for spans in (plan.starts, plan.ends))
    return Visit(slug, _filmed(slug, postures, plan, rng), starts_s, ends_s)


def _filmed(slug: str, postures: Doubles, plan: Course, rng: np.random.Generator) -> Doubles:
    """(T, K, 3) as PoseNet finds them; what leaves the picture is found by luck only."""
    camera = body.camera(BY_SLUG[slug].view, rng)
    points = body.project(postures, camera, body.sizes(rng), grounded=True)
    placed = _on_the_way(_framed(points), len(plan), rng)
    trunks = (points[:, _SHOULDERS] - points[:, _HIPS]).mean(axis=1)
    scale = np.ptp(placed[-1, :, 1]) / max(np.ptp(points[-1, :, 1]), 1e-6)
    trunk = scale * float(np.quantile(np.hypot(*trunks.T), 0.8))
    level = max(estimator_noise.level(rng, slug in LYING, turned=True), 1.0)
    found, score = estimator_noise.seen(placed, trunk, np.full(K, level), FPS, rng)
    inside = ((placed > 0) & (placed < [ASPECT, 1])).all(axis=-1)
    poses = np.empty((len(points), K, 3))
    poses[..., :2] = np.clip(found / [ASPECT, 1], 0, 1)
    poses[..., 2] = score * np.where(inside, 1, 0.1)
    return poses


def _framed(points: Doubles) -> Doubles:
    """In picture heights, the standing body in the middle and as large as it should be."""
    low, high = np.quantile(points, (0.005, 0.995), axis=(0, 1))
    scale = 0.8 * min(ASPECT / (high - low)[0], 1 / (high - low)[1])
    room = np.array([ASPECT, 1.0]) - scale * (high - low)
    return np.asarray((points - low) * scale + room / 2)


def _on_the_way(points: Doubles, length: int, rng: np.random.Generator) -> Doubles:
    """Away from the device at first, large and beside the picture's middle, and out at the end."""
    at_s = np.arange(length) / FPS
    coming = np.clip(1 - at_s / _IN_S, 0, 1)
    going = np.clip((at_s - at_s[-1] + 5 + _OUT_S) / _OUT_S, 0, 1)
    side = 1.0 if rng.random() < 0.5 else -1.0
    middle = np.array([ASPECT / 2, 0.5])
    moved = (points - middle) * (1 + 0.8 * coming)[:, None, None] + middle
    moved[..., 0] += side * ASPECT * (0.9 * coming + 1.1 * going)[:, None]
    return np.asarray(moved)


def told(seen: Visit) -> dict[str, object]:
    """As JSON: poses are whole numbers of 1/65535, little-endian, base64."""
    steps = np.round(seen.poses * _STEPS).astype("<u2")
    return {
        "exercise": seen.exercise,
        "view": BY_SLUG[seen.exercise].view,
        "starts_s": [round(s, 3) for s in seen.starts_s],
        "ends_s": [round(s, 3) for s in seen.ends_s],
        "poses": base64.b64encode(steps.tobytes()).decode(),
    }


def main() -> None:
    visits = [told(visit(slug, np.random.default_rng([SEED, i]))) for i, slug in enumerate(SLUGS)]
    Path(sys.argv[1]).write_text(json.dumps({"fps": FPS, "aspect": ASPECT, "visits": visits}))


if __name__ == "__main__":
    main()
