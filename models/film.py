"""Synthetic films: whole sequences as the browser would send them, of people nobody trained on.

Legs, camera angles and tempi are from the parts of their ranges that `heldout` keeps from training.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from models import body, estimator_noise, figures, routine
from models.body import Doubles
from models.course import Course, Writer
from models.dataset import REST
from models.exercises import BY_SLUG, CATALOGUE
from models.postures import FIGURES, PLANKS
from models.routine import Stops
from models.sequence import Sequence
from models.skeleton import KEYPOINTS, K
from models.stance import TO_FLOOR

HOLD: Final = "plank"
LYING: Final = frozenset({"push_up", "bench_press", "mountain_climber", "sit_up", HOLD})
_ASPECTS: Final = (16 / 9, 9 / 16, 4 / 3, 3 / 4)
_FPS: Final = (8.0, 30.0)
_MOST_REPS: Final = 15
_FRAMES_PER_REP: Final = 4.0  # fewer do not show one; who moves so fast is filmed faster
_RESTING: Final = 0.2  # of the films show nobody exercising
_LEAST_SURE: Final = 0.0  # where the estimator is less sure, the page asks for a better place
_LOST: Final = 0.01  # of the frames do not arrive
_LEFT: Final = np.array([name.startswith("left") for name in KEYPOINTS])
_SHOULDERS, _HIPS = (
    [KEYPOINTS.index(f"{side}_{joint}") for side in ("left", "right")]
    for joint in ("shoulder", "hip")
)


@dataclass(frozen=True, slots=True)
class Film:
    """A sequence and what is true of it: exercise is a slug or "rest"; starts and ends of
    repetitions."""

    sequence: Sequence
    exercise: str
    count: int
    starts_s: tuple[float, ...] = ()
    ends_s: tuple[float, ...] = ()


def film(index: int, seed: int, held_out: bool = True, at_fps: float | None = None) -> Film:
    """The film of this number; the same whoever asks, and in whatever order.

    held_out: False for people, cameras and tempi like those of training. at_fps: as fast a camera.
    """
    rng = np.random.default_rng([seed, index])
    fps = float(rng.uniform(*_FPS))
    if at_fps is not None:
        fps = at_fps
    if rng.random() < _RESTING:
        plan, poses = figures.errand(int(rng.uniform(15, 45) * fps), fps, rng)
        postures = figures.move(poses, plan, rng, rate=fps)
        return _shoot(REST, plan, postures, fps, rng, held_out)
    slug = CATALOGUE[index % len(CATALOGUE)].slug
    if slug == HOLD:
        return _shoot(HOLD, *_hold(fps, rng), fps, rng, held_out)
    figure = figures.some(FIGURES[slug], rng)
    poses, stops = figures.stations(figure, rng)
    rep_s = figures.rep_seconds(figure, rng, held_out)
    fps = max(fps, min(_FRAMES_PER_REP / rep_s, _FPS[1]))
    count = int(rng.integers(1, _MOST_REPS + 1))
    plan = routine.one_set(count, fps, rep_s, stops, rng)
    postures = figures.move(poses, plan, rng, figure.even, fps)
    return _shoot(slug, plan, postures, fps, rng, held_out)


def _hold(fps: float, rng: np.random.Generator) -> tuple[Course, Doubles]:
    poses = np.stack([figures.some(PLANKS, rng), *TO_FLOOR])
    stops = Stops(((0,), (0,)), (1, 2, 3, 4))
    writer = Writer(0.0, 1)
    routine.come(writer, stops, fps, rng)
    writer.stay(fps * float(rng.uniform(6, 30)))
    routine.leave(writer, stops, fps, rng)
    plan = writer.finish(int(writer.now))
    return plan, figures.move(poses, plan, rng, rate=fps)


def _shoot(
    exercise: str,
    plan: Course,
    postures: Doubles,
    fps: float,
    rng: np.random.Generator,
    held_out: bool,
) -> Film:
    """The picture, what PoseNet makes of it, and the frames that arrive."""
    view = BY_SLUG[exercise].view if exercise in BY_SLUG else "any"
    camera = body.camera(view, rng, held_out=held_out)
    points = body.project(postures, camera, body.sizes(rng, held_out=held_out), grounded=True)
    aspect = float(_ASPECTS[rng.integers(len(_ASPECTS))])
    points, edge = _framed(points, aspect, rng)
    trunks = (points[:, _SHOULDERS] - points[:, _HIPS]).mean(axis=1)
    trunk = float(np.quantile(np.hypot(*trunks.T), 0.8))
    level = estimator_noise.level(rng, exercise in LYING, turned=True)
    sure = np.full(K, max(level, _LEAST_SURE))
    if rng.random() < 0.15:  # one side is hidden behind a machine, a wall, or the body itself
        sure -= 2.0 * ((rng.random() < 0.5) == _LEFT)
    found, score = estimator_noise.seen(points, trunk, sure, fps, rng)
    poses = np.empty((len(points), K, 3), np.float32)
    poses[:, :, :2] = np.clip(found / [aspect, 1], 0, 1)
    poses[:, :, 2] = score * np.where(points[:, :, 1] > edge, 0.3, 1)
    times = np.arange(len(points)) + rng.uniform(-0.15, 0.15, len(points))
    arrived = rng.random(len(points)) >= _LOST
    t_ms = np.round(1000 * (times - times[0]) / fps).astype(np.int64)
    sequence = Sequence(t_ms[arrived], poses[arrived], aspect)
    starts_s, ends_s = (tuple((spans / fps).tolist()) for spans in (plan.starts, plan.ends))
    return Film(sequence, exercise, len(ends_s), starts_s, ends_s)


def _framed(points: Doubles, aspect: float, rng: np.random.Generator) -> tuple[Doubles, float]:
    """Points in heights of the picture, the body somewhere inside, and the lower edge of view.

    Now and then the feet are out of the picture.
    """
    low, high = np.quantile(points, 0.005, axis=(0, 1)), np.quantile(points, 0.995, axis=(0, 1))
    scale = rng.uniform(0.5, 0.92) * min(aspect / (high - low)[0], 1 / (high - low)[1])
    room = np.array([aspect, 1.0]) - scale * (high - low)
    placed = (points - low) * scale + room * rng.uniform(0.2, 0.8, 2)
    edge = 1.0
    if rng.random() < 0.08:
        edge = float(placed[..., 1].max() - rng.uniform(0.02, 0.12) * np.ptp(placed[..., 1]))
        placed[..., 1] = np.minimum(placed[..., 1], edge + 0.02)
    return np.asarray(placed), edge
