"""Training batches: windows of real clips at a random tempo, mixed with synthetic movement."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import figures, postures, routine, synthetic
from models.augment import vary
from models.course import Course
from models.dataset import CLASSES, REST, LabelledClip
from models.features import F, Floats, Running, Track, inputs, span_means
from models.results import UNKNOWN

LENGTH: Final = 128
_TELLING: Final = 0.1  # of a window must be exercise for it to show which
_SHORTEST: Final = 12  # samples of a recording
_LONE: Final = 0.12  # of the examples: few repetitions between long stillness
_LONE_REPS: Final = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """samples (N, T, F). targets (N, T, 6): cosine, sine, active, log of cycles a sample, and the
    weights of activity and phase. classes (N,), -1 where unknown."""

    samples: Floats
    targets: Floats
    classes: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Example:
    unit: Floats
    seen: Floats
    phase: NDArray[np.float64]
    active: NDArray[np.bool_] | None
    cycle: NDArray[np.float64]
    exercise: int
    known: NDArray[np.bool_] | None = None  # None: everywhere


def batches(
    clips: list[LabelledClip], size: int, steps: int, rng: np.random.Generator
) -> Iterator[Batch]:
    """`steps` batches; the share of synthetic movement falls from .6 to .3."""
    poses = _pose_pool(clips, rng)
    chance = _sampling(clips)
    for step in range(steps):
        made_up = 0.6 - 0.3 * min(1.0, 1.5 * step / steps)
        examples = []
        for _ in range(size):
            real = rng.random() >= made_up
            if real:
                example = _real(clips[int(rng.choice(len(clips), p=chance))], rng)
            else:
                example = _composed(poses, rng) if rng.random() < 0.4 else _figure(rng)
            if rng.random() < _LONE:
                example = _lone(example, rng)
            elif not real and rng.random() < 0.35:
                example = _as_file(example, rng)
            examples.append(example)
        yield _stack(examples, rng)


def _sampling(clips: list[LabelledClip]) -> NDArray[np.float64]:
    """Chance of each clip: exercises even up by the root, labelled repetitions count double."""
    names, counts = np.unique([clip.exercise for clip in clips], return_counts=True)
    size = dict(zip(names, counts, strict=True))
    chance = np.array([(2 if c.active is not None else 1) / size[c.exercise] ** 0.8 for c in clips])
    return np.asarray(chance / chance.sum())


def _pose_pool(clips: list[LabelledClip], rng: np.random.Generator) -> dict[str, Floats]:
    """(P, 34) poses of each clip."""
    pool = {}
    for clip in clips:
        seen = clip.track.unit[clip.track.seen > 0]
        if len(seen) > 20:
            pool[f"{clip.source}/{clip.name}"] = seen[rng.integers(len(seen), size=60)]
    return pool


def _composed(poses: dict[str, Floats], rng: np.random.Generator) -> _Example:
    """Movement composed of real poses: of one clip, or of two."""
    names = list(poses)
    own = poses[names[rng.integers(len(names))]]
    pool = np.concatenate([own, poses[names[rng.integers(len(names))]]])
    if rng.random() < 0.75:
        return _planned(*synthetic.repetitions(own if rng.random() < 0.6 else pool, LENGTH, rng))
    return _planned(*synthetic.idling(pool, LENGTH, rng), CLASSES.index(REST))


def _figure(rng: np.random.Generator) -> _Example:
    """A made-up person exercising, holding a plank, or doing nothing that counts."""
    kind = rng.random()
    if kind < 0.24:
        return _planned(*figures.not_exercising(LENGTH, rng), CLASSES.index(REST))
    if kind < 0.3:
        return _planned(*figures.plank(LENGTH, rng), CLASSES.index("plank"))
    slug = UNKNOWN if kind < 0.4 else str(rng.choice(list(postures.FIGURES)))
    if slug == UNKNOWN:
        samples, plan = figures.uncatalogued(LENGTH, rng)
    else:
        samples, plan = figures.exercise(slug, LENGTH, rng)
    if not plan.active.any():
        return _planned(samples, plan, CLASSES.index(REST))
    return _planned(samples, plan, CLASSES.index(slug) if plan.active.mean() >= _TELLING else -1)


def _planned(samples: Floats, plan: Course, exercise: int = -1) -> _Example:
    seen = np.ones(LENGTH, np.float32)
    return _Example(samples, seen, plan.phase, plan.active, plan.cycle, exercise)


def _as_file(example: _Example, rng: np.random.Generator) -> _Example:
    """As a recording holds it: nothing is known before its first frame and after its last."""
    first, last = np.sort(rng.integers(0, LENGTH, 2))
    last = max(last, first + _SHORTEST)
    at = np.clip(np.arange(LENGTH), first, last - 1)
    at = np.minimum(at, LENGTH - 1)
    inside = (np.arange(LENGTH) >= first) & (np.arange(LENGTH) < last)
    active = None if example.active is None else example.active & inside
    seen = example.seen * inside.astype(np.float32)
    return replace(example, unit=example.unit[at], seen=seen, active=active)


def _lone(example: _Example, rng: np.random.Generator) -> _Example:
    """A few of its repetitions, and somebody who stands still before and after them."""
    starts, ends = _whole_reps(example)
    if len(starts) == 0 or len(ends) == 0:
        return example
    first = int(starts[rng.integers(len(starts))])
    later = ends[ends > first][: int(rng.integers(1, _LONE_REPS + 1))]
    if len(later) == 0:
        return example
    last = int(later[-1])
    shift = int(rng.integers(-first, LENGTH - last + 1)) if rng.random() < 0.8 else 0
    source = np.arange(LENGTH) - shift
    inside = (source >= first) & (source < last)
    at = np.clip(source, first, last - 1)
    stood = np.minimum(np.clip(source, first, last), LENGTH - 1)
    return _Example(
        example.unit[stood],
        np.where(inside, example.seen[at], 1).astype(np.float32),
        example.phase[at],
        None if example.active is None else example.active[at] & inside,
        example.cycle[at],
        example.exercise if inside.mean() >= _TELLING else -1,
        None if example.known is None else example.known[at] | ~inside,
    )


def _whole_reps(example: _Example) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Samples at which repetitions begin, and those at which whole ones end."""
    if example.active is None or not example.active.any():
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    active = example.active & (example.seen > 0)
    before = np.concatenate([[False], active[:-1]])
    turned = np.diff(example.phase, prepend=example.phase[0]) < -np.pi
    step = 2 * np.pi / np.maximum(example.cycle, 1)
    complete = np.concatenate([[False], (example.phase > 2 * np.pi - 1.6 * step)[:-1]])
    starts = np.flatnonzero(active & (turned | ~before) & (example.phase < 1.2 * step))
    return starts, np.flatnonzero(((before & ~active) | (turned & before)) & complete)


def _real(clip: LabelledClip, rng: np.random.Generator) -> _Example:
    """A window at a random tempo, forwards or backwards."""
    track, times = clip.track, clip.track.t_s
    rep_s = clip.median_rep_s or 2.0
    step = rep_s / float(np.exp(rng.uniform(*np.log(routine.SPAN))))
    knots = np.arange(0, LENGTH + 48, 48)
    warp = np.exp(np.interp(np.arange(LENGTH), knots, rng.normal(0, 0.15, len(knots))))
    span = LENGTH * step
    slack = times[-1] - times[0] - span
    start = times[0] + rng.uniform(min(0, slack) - 0.1 * span, max(0, slack) + 0.1 * span)
    edges = start + np.concatenate([[0], np.cumsum(warp / warp.mean())]) * step
    unit, share = span_means(Running.of(_near(track, edges)), edges)
    widths = np.diff(edges)
    centres = (edges[1:] + edges[:-1]) / 2
    frame = np.clip(np.round((centres - times[0]) / (times[1] - times[0])), 0, len(times) - 1)
    frame = frame.astype(int)
    within = (centres >= times[0]) & (centres <= times[-1])
    active = None if clip.active is None else clip.active[frame] & within
    exercise = CLASSES.index(clip.exercise)
    known = clip.known[frame] | ~within
    if active is not None and active.mean() < _TELLING:
        annotated = known.all() and clip.source == "repcount"
        exercise = CLASSES.index(REST) if annotated and not active.any() else -1
    phase, cycle = clip.phase[frame], clip.rep_s[frame] / widths
    seen = (share * within).astype(np.float32)
    example = _Example(unit, seen, phase, active, cycle, exercise, known)
    return _backwards(example) if rng.random() < 0.3 else example


def _near(track: Track, edges: NDArray[np.float64]) -> Track:
    """The part of a track around a window, for speed."""
    first, last = np.searchsorted(track.t_s, (edges[0] - 1, edges[-1] + 1))
    if last - first < 2:
        return track
    cut = slice(first, last)
    return Track(track.t_s[cut], track.points[cut], track.unit[cut], track.seen[cut])


def _backwards(example: _Example) -> _Example:
    active = None if example.active is None else example.active[::-1]
    phase = (2 * np.pi - example.phase[::-1]) % (2 * np.pi)
    return _Example(
        example.unit[::-1],
        example.seen[::-1],
        phase,
        active,
        example.cycle[::-1],
        example.exercise,
        None if example.known is None else example.known[::-1],
    )


def _stack(examples: list[_Example], rng: np.random.Generator) -> Batch:
    samples = np.empty((len(examples), LENGTH, F), np.float32)
    targets = np.zeros((len(examples), LENGTH, 6), np.float32)
    for i, example in enumerate(examples):
        samples[i] = inputs(vary(example.unit, rng), example.seen)
        if example.active is None:
            continue
        known = np.float32(1.0) if example.known is None else example.known.astype(np.float32)
        active = example.active.astype(np.float32) * known
        targets[i, :, 0] = np.cos(example.phase) * active
        targets[i, :, 1] = np.sin(example.phase) * active
        targets[i, :, 2] = active
        targets[i, :, 3] = -np.log(np.maximum(example.cycle, 1.0)) * active
        targets[i, :, 4] = known
        targets[i, :, 5] = active
    return Batch(samples, targets, np.array([example.exercise for example in examples]))
