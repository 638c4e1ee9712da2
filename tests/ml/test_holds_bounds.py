"""The geometry of a plank, limit by limit, on a body drawn with a ruler."""

import numpy as np
import pytest

from models.features import Track
from models.holds import held_s, holding
from models.sequence import Sequence
from models.skeleton import KEYPOINTS

FPS = 10


def body(
    *, slope: float = 0.0, carried: float = 0.5, legs: float = 0.0, frames: int = 30
) -> np.ndarray:
    """(T, 17, 2), a trunk of .2 pictures; slope: its rise over its way, carried and legs: how far
    hands are below the shoulders and legs below the hips, in trunk lengths."""
    shoulder = np.array([0.3, 0.5])
    hip = shoulder + 0.2 * np.array([1.0, slope]) / np.hypot(1, slope)
    points = np.full((frames, 17, 2), 0.5, np.float32)
    for names, place in (
        (("shoulder",), shoulder), (("hip",), hip),
        (("wrist",), np.add(shoulder, (0, 0.2 * carried))),
        (("knee", "ankle"), np.add(hip, (0.2, 0.2 * legs))),
    ):  # fmt: skip
        for name in names:
            # Both sides beside the middle, unlike each other.
            points[:, KEYPOINTS.index(f"left_{name}")] = np.add(place, (0.01, 0.02))
            points[:, KEYPOINTS.index(f"right_{name}")] = np.subtract(place, (0.01, 0.02))
    return points


def track_of(points: np.ndarray, seen: float = 1.0) -> Track:
    t_s = np.arange(len(points)) / FPS
    unit = np.zeros((len(points), 34), np.float32)
    return Track(t_s, points, unit, np.full(len(points), seen, np.float32))


def is_held(points: np.ndarray, aspect: float | None = 1.0) -> bool:
    found = holding(track_of(points), aspect)
    assert found.all() or not found.any()
    return bool(found.all())


@pytest.mark.parametrize(("degrees", "held"), [(0, True), (39.5, True), (40.5, False)])
def test_the_trunk_is_near_the_horizontal(degrees: float, held: bool) -> None:
    assert is_held(body(slope=np.tan(np.radians(degrees)))) == held


@pytest.mark.parametrize(("carried", "held"), [(0.22, True), (0.18, False), (-0.5, False)])
def test_the_hands_are_below_the_shoulders(carried: float, held: bool) -> None:
    assert is_held(body(carried=carried)) == held


@pytest.mark.parametrize(("legs", "held"), [(0.78, True), (0.82, False), (-0.5, True)])
def test_the_legs_lie_behind(legs: float, held: bool) -> None:
    assert is_held(body(legs=legs)) == held


def test_widths_are_told_in_heights() -> None:
    """Twice as wide as high: the trunk is twice as long, and the hands are not low enough."""
    points = body(carried=0.3)
    assert is_held(points, 1.0)
    assert not is_held(points, 2.0)
    steep = body(slope=1.2)
    assert not is_held(steep, 1.0)
    assert is_held(body(slope=1.2, carried=0.9), 3.0)


def test_without_an_aspect_stillness_has_to_do() -> None:
    assert is_held(body(slope=5), None)


@pytest.mark.parametrize(("speed", "held"), [(0.7, True), (0.9, False)])
def test_eight_tenths_of_a_trunk_a_second_is_moving(speed: float, held: bool) -> None:
    points = body()
    points[:, :, 0] += (0.2 * speed * np.arange(len(points)) / FPS)[:, None]
    middle = holding(track_of(points), 1.0)[5:-5]
    assert middle.all() == held
    assert middle.any() == held


def test_nobody_holds_nothing() -> None:
    assert not holding(track_of(body(), seen=0.0), 1.0).any()


def test_time_is_the_sum_of_the_steps_that_are_no_gaps() -> None:
    points = body(frames=40)
    source = track_of(points)
    sequence = Sequence((source.t_s * 1000).astype(np.int64), np.ones((40, 17, 3), np.float32), 1.0)
    assert held_s(sequence, source) == 3.9
    one = Sequence(sequence.t_ms[:1], sequence.poses[:1], 1.0)
    assert held_s(one, source) == 0.0
    two = Sequence(sequence.t_ms[:2], sequence.poses[:2], 1.0)
    assert held_s(two, track_of(points[:2])) == 0.1
    gone = source.t_s.copy()
    gone[20:] += 0.9
    assert held_s(sequence, Track(gone, points, source.unit, source.seen)) == 4.8
    gone[20:] += 0.2
    assert held_s(sequence, Track(gone, points, source.unit, source.seen)) == 3.8


def test_times_are_told_to_the_hundredth() -> None:
    source = track_of(body(frames=3))
    source.t_s[:] = [0, 0.12345, 0.5]
    sequence = Sequence(np.array([0, 123, 500]), np.ones((3, 17, 3), np.float32), 1.0)
    assert held_s(sequence, source) == 0.5
    source.t_s[:] = [0, 0.12345, 0.54321]
    assert held_s(sequence, source) == 0.54
