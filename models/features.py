"""From a sequence of any frame rate to evenly spaced inputs of the discriminator.

One implementation for training and serving. Knows nothing of exercises or networks.

The steps: left and right are followed through confusions, weak keypoints give way to their
neighbours in time, a median takes single wrong frames out, every frame is stretched to its own
bounding box (so position, scale and aspect ratio vanish and all estimators look alike), and the
result is averaged over each sample's span of time. Last, each pair of joints is described without
saying which is left: estimators confuse the sides, and a curl of either arm is a curl.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from models.sequence import Sequence
from models.skeleton import ANGLES, KEYPOINTS, MIRROR, K

Floats = NDArray[np.float32]

FEATURES_VERSION: Final = "3"  # raise it when the same sequence gives other inputs
MIRRORED: Final = np.array(MIRROR)  # the other joint of the pair
_LEFT: Final = np.array([k for k in range(K) if MIRROR[k] > k])
_RIGHT: Final = np.array([MIRROR[k] for k in _LEFT])
F: Final = 2 + 5 * len(_LEFT) + 1  # inputs a sample: nose, five of each pair, and whether seen
MIN_SCORE: Final = 0.3  # of a keypoint that was seen rather than guessed
MAX_GAP_MS: Final = 1_000  # longer without anybody, and nothing is known of the time between
_MEDIAN_MS: Final = 170  # longer between frames, and a median would flatten repetitions
_SHOULDERS: Final = [KEYPOINTS.index("left_shoulder"), KEYPOINTS.index("right_shoulder")]
_HIPS: Final = [KEYPOINTS.index("left_hip"), KEYPOINTS.index("right_hip")]


@dataclass(frozen=True, slots=True)
class Track:
    """A cleaned sequence at its native times.

    t_s: (T,) seconds. points: (T, 17, 2) in units of the picture. unit: (T, 34) stretched to the
    bounding box of each frame, around 0. seen: (T,) in {0, 1}.
    """

    t_s: NDArray[np.float64]
    points: Floats
    unit: Floats
    seen: Floats


def track(sequence: Sequence) -> Track:
    """Clean a sequence; frames without a person are bridged and marked unseen."""
    t_s = sequence.t_ms / 1000.0
    seen = visible(sequence)
    if not seen.any():
        empty = np.zeros((len(t_s), K, 2), np.float32)
        return Track(t_s, empty, empty.reshape(-1, 2 * K), seen.astype(np.float32))
    poses = sequence.poses[seen]
    points = running_median(steady(untangled(poses), t_s[seen]), t_s[seen])
    bridged = lerp(t_s[seen], points, t_s)
    return Track(t_s, bridged, unit_box(bridged), seen.astype(np.float32))


def visible(sequence: Sequence) -> NDArray[np.bool_]:
    """(T,) whether the frame holds a trunk: a shoulder and a hip, of whichever side is nearer.

    Without a trunk an estimator's answer is a guess at an empty room or at a close-up.
    """
    return has_trunk(sequence.poses)


def has_trunk(poses: Floats) -> NDArray[np.bool_]:
    """(T,) of (T, 17, 3), as `visible`."""
    score = poses[:, :, 2]
    shoulder, hip = score[:, _SHOULDERS].max(axis=1), score[:, _HIPS].max(axis=1)
    return np.asarray(np.minimum(shoulder, hip) >= MIN_SCORE)


def unit_box(points: Floats) -> Floats:
    """(T, 17, 2) to (T, 34): each frame and axis stretched to [-0.5, 0.5]."""
    low, high = points.min(axis=1, keepdims=True), points.max(axis=1, keepdims=True)
    unit = (points - low) / np.maximum(high - low, 1e-4) - 0.5
    return np.asarray(unit.reshape(len(points), -1), np.float32)


def sample(source: Track, rate_hz: float, summed: "Running | None" = None) -> Floats:
    """(N, F) inputs at `rate_hz`; sample i is made of the mean pose over its span of time.

    summed: that of `source`, where it is asked for several rates.
    """
    times = sample_times(source.t_s, rate_hz)
    edges = np.append(times - 0.5 / rate_hz, times[-1:] + 0.5 / rate_hz)
    return inputs(*span_means(summed or Running.of(source), edges))


def span_means(summed: "Running", edges_s: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Unit-box poses (N, 34) and share seen (N,), averaged between each two of N + 1 edges.

    A mean is a difference of the running integral, so irregular times need no special care.
    """
    sums = np.diff(summed.at(edges_s), axis=0)
    means: Floats = (sums / np.diff(edges_s)[:, None]).astype(np.float32)
    return means[:, :-1], means[:, -1]


def inputs(unit: Floats, seen: Floats) -> Floats:
    """(N, F) of unit-box poses (N, 34) and share seen (N,).

    A pair is its middle, the two distances between its joints, and their product, whose sign tells
    rising from falling: all the same when left and right change places.
    """
    points = unit.reshape(-1, K, 2)
    left, right = points[:, _LEFT], points[:, _RIGHT]
    middle, apart = (left + right) / 2, left - right
    slant = 4 * apart[:, :, :1] * apart[:, :, 1:]
    pairs = np.concatenate([middle, np.abs(apart), slant], axis=2).reshape(len(unit), -1)
    return np.concatenate([points[:, 0], pairs, seen[:, None]], axis=1)


def sample_times(t_s: NDArray[np.float64], rate_hz: float) -> NDArray[np.float64]:
    """(N,) centres of the samples that cover the sequence, in s."""
    if not len(t_s):
        return np.zeros(0)
    count = max(1, int((t_s[-1] - t_s[0]) * rate_hz))
    return np.asarray(t_s[0] + (np.arange(count) + 0.5) / rate_hz)


def trunk_slope_deg(points: Floats, aspect: float) -> Floats:
    """(T,) degrees between the trunk and the horizontal, 0 lying, 90 upright; points (T, 17, 2)."""
    trunk = points[:, _SHOULDERS].mean(axis=1) - points[:, _HIPS].mean(axis=1)
    return np.asarray(np.degrees(np.arctan2(np.abs(trunk[:, 1]), np.abs(trunk[:, 0]) * aspect)))


def angles(
    points: Floats, aspect: float, names: Collection[str] | None = None
) -> dict[str, Floats]:
    """Joint angles in degrees, each (T,), of points (T, 17, 2) in a picture of this aspect; those
    of these names, or all."""
    square = points * np.array([aspect, 1.0], np.float32)
    return {name: _angle(*(square[:, k] for k in ANGLES[name])) for name in names or ANGLES}


def lerp(
    t_s: NDArray[np.float64], values: NDArray[np.floating], at_s: NDArray[np.float64]
) -> Floats:
    """Values (T, …) at times `t_s`, linearly interpolated to `at_s`, held beyond the ends."""
    if len(t_s) == 1:
        return np.repeat(np.asarray(values, np.float32), len(at_s), axis=0)
    right = np.clip(np.searchsorted(t_s, at_s), 1, len(t_s) - 1)
    share = np.clip((at_s - t_s[right - 1]) / (t_s[right] - t_s[right - 1]), 0, 1)
    share = share.reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray(values[right - 1] * (1 - share) + values[right] * share, np.float32)


def untangled(poses: Floats) -> Floats:
    """(T, 17, 3) with each pair's joints in the order that moves least from frame to frame."""
    changed = np.zeros((len(poses), len(_LEFT)), bool)
    changed[1:] = crossings(poses)
    return uncrossed(poses, np.logical_xor.accumulate(changed, axis=0))


def crossings(poses: Floats) -> NDArray[np.bool_]:
    """(T - 1, pairs) of (T, 17, 3): whether a pair seems to change places from frame to frame."""
    left, right = poses[:, _LEFT, :2], poses[:, _RIGHT, :2]
    stay = _step(left, left) + _step(right, right)
    cross = _step(left, right) + _step(right, left)
    return np.asarray(cross < 0.8 * stay)


def uncrossed(poses: Floats, crossed: NDArray[np.bool_]) -> Floats:
    """(T, 17, 3) with the joints of each pair (T, pairs) changed over where it is crossed."""
    fixed = poses.copy()
    swap = crossed[:, :, None]
    fixed[:, _LEFT] = np.where(swap, poses[:, _RIGHT], poses[:, _LEFT])
    fixed[:, _RIGHT] = np.where(swap, poses[:, _LEFT], poses[:, _RIGHT])
    return fixed


def _step(before: Floats, after: Floats) -> Floats:
    """(T - 1, pairs) distance from each frame to the next."""
    return np.asarray(np.linalg.norm(after[1:] - before[:-1], axis=2), np.float32)


def steady(poses: Floats, t_s: NDArray[np.float64]) -> Floats:
    """(T, 17, 2): each keypoint averaged over its neighbours, as far as these are surer of it."""
    score = np.maximum(poses[:, :, 2:], 0.01) ** 2
    near = np.concatenate([poses[:, :, :2] * score, score], axis=2).reshape(len(poses), -1)
    span = np.array([0.12, 0.5])
    sums = [integral(t_s, near, t_s + half) - integral(t_s, near, t_s - half) for half in span / 2]
    own = near + 1e-9
    mixed = (own + 0.3 * sums[0] / span[0] + 0.05 * sums[1] / span[1]).reshape(len(poses), K, 3)
    # A sure keypoint outweighs its neighbours; an unsure one is carried by them.
    trust = np.minimum(1.0, score / 0.16)
    carried = mixed[:, :, :2] / mixed[:, :, 2:]
    return np.asarray(trust * poses[:, :, :2] + (1 - trust) * carried, np.float32)


def running_median(points: Floats, t_s: NDArray[np.float64]) -> Floats:
    """(T, 17, 2): running median over about `_MEDIAN_MS`: 1, 3 or 5 frames."""
    if len(points) < 3:
        return points
    reach = median_reach(t_s)
    padded = np.pad(points, ((reach, reach), (0, 0), (0, 0)), mode="edge")
    shifted = [padded[i : i + len(points)] for i in range(2 * reach + 1)]
    return np.asarray(np.median(np.stack(shifted), axis=0), np.float32)


def median_reach(t_s: NDArray[np.float64]) -> int:
    """Frames to each side that the running median looks at, 0 to 2."""
    step_ms = 1000 * float(np.median(np.diff(t_s)))
    return int(np.clip(round(_MEDIAN_MS / step_ms / 2), 0, 2))


def integral(
    t_s: NDArray[np.float64], values: NDArray[np.floating], at_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Integral of values (T, D) from t_s[0] to each of `at_s`; values are held beyond the ends."""
    return Running(t_s, values).at(at_s)


class Running:
    """The integral of values (T, D) from t_s[0] on; values are held beyond the ends."""

    def __init__(self, t_s: NDArray[np.float64], values: NDArray[np.floating]) -> None:
        self._t_s, self._values = t_s, values
        self._steps = np.diff(t_s)[:, None]
        means = (values[1:] + values[:-1]) / 2.0
        nothing = np.zeros((1, values.shape[1]))
        self._sums = np.concatenate([nothing, np.cumsum(means * self._steps, axis=0)])

    @classmethod
    def of(cls, source: Track) -> Self:
        """Of unit-box poses and whether seen, (T, 35)."""
        return cls(source.t_s, np.concatenate([source.unit, source.seen[:, None]], axis=1))

    def at(self, at_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, D) up to each of these times."""
        t_s, values = self._t_s, self._values
        first, last = np.asarray(values[:1], np.float64), np.asarray(values[-1:], np.float64)
        inner = np.clip(at_s, t_s[0], t_s[-1])
        outer = np.minimum(at_s - t_s[0], 0)[:, None] * first
        outer = outer + np.maximum(at_s - t_s[-1], 0)[:, None] * last
        if len(t_s) == 1:
            return np.asarray(outer)
        left = np.clip(np.searchsorted(t_s, inner, side="right") - 1, 0, len(t_s) - 2)
        into = (inner - t_s[left])[:, None]
        slope = (values[left + 1] - values[left]) / self._steps[left]
        return np.asarray(outer + self._sums[left] + into * (values[left] + slope * into / 2))


def _angle(a: Floats, b: Floats, c: Floats) -> Floats:
    """Degrees at b between a and c, each (T, 2)."""
    u, v = a - b, c - b
    cross = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    return np.asarray(np.degrees(np.abs(np.arctan2(cross, (u * v).sum(axis=1)))), np.float32)
