"""Training batches: windows of real clips at a random tempo, mixed with synthetic movement."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import synthetic
from models.augment import vary
from models.dataset import CLASSES, LabelledClip
from models.features import F, Floats, integral

LENGTH: Final = 192


@dataclass(frozen=True, slots=True)
class Batch:
    """samples (N, T, F). targets (N, T, 6): cosine, sine, active, log of cycles a sample, and the
    weights of activity and phase. classes (N,), -1 where unknown."""

    samples: Floats
    targets: Floats
    classes: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Example:
    samples: Floats
    seen: Floats
    phase: NDArray[np.float64]
    active: NDArray[np.bool_] | None
    cycle: NDArray[np.float64]
    exercise: int


def batches(
    clips: list[LabelledClip], size: int, steps: int, rng: np.random.Generator
) -> Iterator[Batch]:
    """`steps` batches; the share of synthetic movement falls from .6 to .25."""
    poses = _pose_pool(clips, rng)
    chance = _sampling(clips)
    for step in range(steps):
        made_up = 0.6 - 0.35 * min(1.0, 1.5 * step / steps)
        examples = []
        for _ in range(size):
            if rng.random() < made_up:
                examples.append(_made_up(poses, rng))
            else:
                examples.append(_real(clips[int(rng.choice(len(clips), p=chance))], rng))
        yield _stack(examples, rng)


def _sampling(clips: list[LabelledClip]) -> NDArray[np.float64]:
    """Chance of each clip: exercises even up by the root, labelled repetitions count double."""
    names, counts = np.unique([clip.exercise for clip in clips], return_counts=True)
    size = dict(zip(names, counts, strict=True))
    chance = np.array([(2 if c.active is not None else 1) / size[c.exercise] ** 0.6 for c in clips])
    return np.asarray(chance / chance.sum())


def _pose_pool(clips: list[LabelledClip], rng: np.random.Generator) -> dict[str, Floats]:
    """(P, 34) poses of each clip."""
    pool = {}
    for clip in clips:
        seen = clip.track.unit[clip.track.seen > 0]
        if len(seen) > 20:
            pool[f"{clip.source}/{clip.name}"] = seen[rng.integers(len(seen), size=60)]
    return pool


def _made_up(poses: dict[str, Floats], rng: np.random.Generator) -> _Example:
    names = list(poses)
    own = poses[names[rng.integers(len(names))]]
    pool = np.concatenate([own, poses[names[rng.integers(len(names))]]])
    if rng.random() < 0.75:
        made = synthetic.repetitions(own if rng.random() < 0.6 else pool, LENGTH, rng)
        exercise = -1
    else:
        made = synthetic.idling(pool, LENGTH, rng)
        exercise = CLASSES.index("rest")
    seen = np.ones(LENGTH, np.float32)
    return _Example(made.samples, seen, made.phase, made.active, made.cycle, exercise)


def _real(clip: LabelledClip, rng: np.random.Generator) -> _Example:
    """A window at a tempo of 4 to 70 samples a repetition, forwards or backwards."""
    track, times = clip.track, clip.track.t_s
    rep_s = clip.median_rep_s or 2.0
    step = rep_s / float(np.exp(rng.uniform(np.log(4), np.log(70))))
    knots = np.arange(0, LENGTH + 48, 48)
    warp = np.exp(np.interp(np.arange(LENGTH), knots, rng.normal(0, 0.15, len(knots))))
    span = LENGTH * step
    slack = times[-1] - times[0] - span
    start = times[0] + rng.uniform(min(0, slack) - 0.1 * span, max(0, slack) + 0.1 * span)
    edges = start + np.concatenate([[0], np.cumsum(warp / warp.mean())]) * step
    inside = slice(*np.searchsorted(times, (edges[0] - 1, edges[-1] + 1)))
    near = inside if inside.stop - inside.start > 2 else slice(None)
    values = np.concatenate([track.unit, track.seen[:, None]], axis=1)[near]
    widths = np.diff(edges)
    means = np.diff(integral(times[near], values, edges), axis=0) / widths[:, None]
    centres = (edges[1:] + edges[:-1]) / 2
    frame = np.clip(np.round((centres - times[0]) / (times[1] - times[0])), 0, len(times) - 1)
    frame = frame.astype(int)
    within = (centres >= times[0]) & (centres <= times[-1])
    active = None if clip.active is None else clip.active[frame] & within
    exercise = CLASSES.index(clip.exercise)
    if active is not None and active.mean() < 0.1:
        exercise = -1 if active.any() else CLASSES.index("rest")
    phase, cycle = clip.phase[frame], clip.rep_s[frame] / widths
    seen = means[:, -1] * within
    example = _Example(
        means[:, :-1].astype(np.float32), seen.astype(np.float32), phase, active, cycle, exercise
    )
    return _backwards(example) if rng.random() < 0.3 else example


def _backwards(example: _Example) -> _Example:
    active = None if example.active is None else example.active[::-1]
    phase = (2 * np.pi - example.phase[::-1]) % (2 * np.pi)
    return _Example(
        example.samples[::-1],
        example.seen[::-1],
        phase,
        active,
        example.cycle[::-1],
        example.exercise,
    )


def _stack(examples: list[_Example], rng: np.random.Generator) -> Batch:
    samples = np.empty((len(examples), LENGTH, F), np.float32)
    targets = np.zeros((len(examples), LENGTH, 6), np.float32)
    for i, example in enumerate(examples):
        samples[i, :, :-1] = vary(example.samples, rng)
        samples[i, :, -1] = example.seen
        if example.active is None:
            continue
        active = example.active.astype(np.float32)
        targets[i, :, 0] = np.cos(example.phase) * active
        targets[i, :, 1] = np.sin(example.phase) * active
        targets[i, :, 2] = active
        targets[i, :, 3] = -np.log(np.maximum(example.cycle, 1.0)) * active
        targets[i, :, 4] = 1.0
        targets[i, :, 5] = active
    return Batch(samples, targets, np.array([example.exercise for example in examples]))
