"""What the postures of a set are like: one description of fixed length, to tell the exercise by.

Every sample of time becomes channels (angles, directions of limbs, who is above whom), and every
channel its quantiles, spread and pace. Left and right may change places without any effect, and the
head is on the same side always. Knows nothing of exercises, networks or repetitions.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import proportions
from models.features import Floats, Track, inputs, integral, sample_times, unit_box
from models.skeleton import KEYPOINTS, K

Doubles = NDArray[np.float64]

RATE_HZ: Final = 10.0
QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
LEAST: Final = 6  # samples that a description is made of at least
_TREND: Final = 31  # samples; slower movement than this is drifting
_HEAD: Final = slice(0, 5)
_JOINTS: Final = {
    joint: [KEYPOINTS.index(f"{side}_{joint}") for side in ("left", "right")]
    for joint in ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
}
_ANGLES: Final = np.array(
    [
        [_JOINTS[joint] for joint in chain]
        for chain in (
            *(("shoulder", "elbow", "wrist"), ("elbow", "shoulder", "hip")),
            *(("shoulder", "hip", "knee"), ("hip", "knee", "ankle")),
        )
    ]
)  # (angles, 3, sides)
_LIMBS: Final = np.array(
    [
        [_JOINTS[joint] for joint in limb]
        for limb in (
            *(("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle")),
        )
    ]
)  # (limbs, 2, sides)


def sampled(source: Track, aspect: float | None) -> tuple[Floats, Doubles]:
    """(N, 17, 2) poses at RATE_HZ where somebody is seen, and their times in s.

    With an aspect both axes have the same unit; without, every frame is stretched to its box.
    """
    times = sample_times(source.t_s, RATE_HZ)
    edges = np.append(times - 0.5 / RATE_HZ, times[-1:] + 0.5 / RATE_HZ)
    flat = source.unit if aspect is None else source.points.reshape(-1, 2 * K)
    values = np.concatenate([flat, source.seen[:, None]], axis=1)
    means = np.diff(integral(source.t_s, values, edges), axis=0) * RATE_HZ
    seen = means[:, -1] > 0.5
    seen = seen if seen.any() else np.ones(len(times), bool)
    poses = means[seen, :-1].reshape(-1, K, 2) * [aspect or 1.0, 1.0]
    return np.asarray(poses, np.float32), times[seen]


def channels(poses: Floats, true_angles: bool) -> Floats:
    """(T, C) of poses (T, 17, 2); without `true_angles` the boxes' sides are guessed from bones."""
    if len(poses) < LEAST:
        poses = np.repeat(poses, -(-LEAST // len(poses)), axis=0)
    box = unit_box(poses).reshape(-1, K, 2)
    square = poses if true_angles else box * proportions.sides(box)[:, None]
    stretched = inputs(_facing(box).reshape(len(box), -1), np.ones(len(box), np.float32))
    return np.concatenate([stretched[:, :-1], _posture(_facing(_body_sized(square)))], axis=1)


def statistics(channels: Floats) -> Floats:
    """(D,) of channels (T, C): quantiles, spread, how much moves, how fast, and what together."""
    ordered = np.sort(channels, axis=0)
    at = [ordered[round(share * (len(ordered) - 1))] for share in QUANTILES]
    moving = _without_drift(channels)
    energy = np.sqrt((moving**2).mean(axis=0))
    pace = np.abs(np.diff(channels, axis=0)).mean(axis=0)
    boxed = channels.shape[1] - POSTURE
    shares = [_share(part) for whole in (energy, pace) for part in np.split(whole, [boxed])]
    spread = [at[-1] - at[0], channels.std(axis=0), np.log(energy + 0.01)]
    together = _correlations(moving[:, boxed + _COMPARED])
    return np.concatenate([*at, *spread, *shares, together]).astype(np.float32)


def _facing(poses: Floats) -> Floats:
    """Mirrored where needed, so that on the whole the upper body is to the right of the feet."""
    over = poses[:, :7, 0].mean(axis=1) - poses[:, _JOINTS["ankle"], 0].mean(axis=1)
    return poses * np.array([-1 if np.median(over) < 0 else 1, 1], np.float32)


def _body_sized(poses: Floats) -> Floats:
    """Around the hips, in units of the body's usual length."""
    hips = poses[:, _JOINTS["hip"]].mean(axis=1, keepdims=True)
    size = float(np.median(proportions.length(poses)))
    return np.asarray((poses - hips) / max(size, 1e-6), np.float32)


def _posture(poses: Floats) -> Floats:
    """(T, POSTURE) of poses around the hips."""
    pair = {joint: poses[:, ends] for joint, ends in _JOINTS.items()}
    middle = {joint: points.mean(axis=1) for joint, points in pair.items()}
    head, trunk = poses[:, _HEAD].mean(axis=1), middle["shoulder"]
    way = _direction(poses[:, _LIMBS[:, 1]] - poses[:, _LIMBS[:, 0]])
    limbs = np.stack([way[..., 1], way[..., 0], np.abs(way[..., 0])], axis=2)
    found = [_sides(_angle(*(poses[:, _ANGLES[:, i]] for i in range(3)))), _sides(limbs)]
    length = np.linalg.norm(trunk, axis=1, keepdims=True)
    found += [_direction(trunk), np.abs(_direction(trunk)[:, :1]), length]
    found += [head - middle["shoulder"], poses[:, 0] - middle["ear"]]
    for joint in ("wrist", "elbow", "knee", "ankle"):
        found += [middle[joint] - middle["shoulder"], middle[joint]]
    for other in (middle["ankle"], head):
        apart = middle["wrist"] - other
        found += [apart, np.linalg.norm(apart, axis=1, keepdims=True)]
    wide = ("shoulder", "hip", "wrist", "knee", "ankle", "elbow")
    found += [np.abs(pair[joint][:, 0] - pair[joint][:, 1]) for joint in wide]
    extent = np.ptp(poses, axis=1) + 0.05
    found.append(np.log(extent[:, :1] / extent[:, 1:]))
    return np.concatenate(found, axis=1).astype(np.float32)


def _angle(a: Floats, b: Floats, c: Floats) -> Floats:
    """Radians at b between a and c, points (…, 2)."""
    u, v = a - b, c - b
    cross = u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0]
    return np.asarray(np.abs(np.arctan2(cross, (u * v).sum(axis=-1))), np.float32)


def _direction(ways: Floats) -> Floats:
    return np.asarray(ways / (np.linalg.norm(ways, axis=-1, keepdims=True) + 1e-6), np.float32)


def _sides(values: Floats) -> Floats:
    """(T, 2 N) of N values of left and right (T, …, 2): their mean and how far they are apart."""
    both = np.stack([values.mean(axis=-1), np.abs(values[..., 0] - values[..., 1])], axis=-1)
    return np.asarray(both.reshape(len(values), -1), np.float32)


def _without_drift(values: Floats) -> Floats:
    """(T, C) less its running mean."""
    if len(values) <= _TREND:
        return np.asarray(values - values.mean(axis=0), np.float32)
    reach = _TREND // 2
    padded = np.pad(values, ((reach + 1, reach), (0, 0)), mode="edge").astype(np.float64)
    sums = np.cumsum(padded, axis=0)
    return np.asarray(values - (sums[_TREND:] - sums[:-_TREND]) / _TREND, np.float32)


def _share(values: Floats) -> Floats:
    return np.asarray(values / (np.linalg.norm(values) + 1e-6), np.float32)


def _correlations(values: Floats) -> Floats:
    """Of every two of the columns of (T, C)."""
    centred = values - values.mean(axis=0)
    spread = centred.std(axis=0)
    together = centred.T @ centred / len(centred) / (np.outer(spread, spread) + 1e-3)
    return np.asarray(together[np.triu_indices(len(together), 1)], np.float32)


# Angles; rise and length of the trunk; head, wrists and ankles above or below what they hang on.
_COMPARED: Final = np.array([0, 2, 4, 6, 33, 35, 37, 41, 43, 55, 57])
POSTURE: Final = _posture(np.zeros((1, K, 2), np.float32)).shape[1]
