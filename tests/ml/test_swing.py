"""How far each side moves, and when the two may be compared."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.sequence import Sequence
from models.skeleton import KEYPOINTS
from models.swing import range_deg, sides_deg, swing_deg, swings_deg

WHOLE = slice(None)
KNEE = ("knee",)


def bending(left_deg: float, right_deg: float, shoulder_width: float = 0.2) -> NDArray[np.float32]:
    """(60, 17, 3): one bend of each knee by so much, the trunk 0.3 long, filmed square."""
    poses = np.full((60, 17, 3), 0.9, np.float32)
    away = (1 - np.cos(np.linspace(0, 2 * np.pi, 60))) / 2
    for side, sign, by_deg in (("left", 1, left_deg), ("right", -1, right_deg)):
        x = 0.5 + sign * shoulder_width / 2
        put(poses, f"{side}_shoulder", x, 0.2)
        for joint, y in (("hip", 0.5), ("knee", 0.7)):
            put(poses, f"{side}_{joint}", x, y)
        bend = np.radians(by_deg * away)
        put(poses, f"{side}_ankle", x + 0.2 * np.sin(bend), 0.7 + 0.2 * np.cos(bend))
    return poses


def put(poses: NDArray[np.float32], name: str, x: object, y: object) -> None:
    poses[:, KEYPOINTS.index(name), 0] = x
    poses[:, KEYPOINTS.index(name), 1] = y


def filmed(poses: NDArray[np.float32], aspect: float | None = 1.0) -> Sequence:
    return Sequence(np.arange(len(poses)) * 50, poses, aspect)


def sides(sequence: Sequence) -> tuple[float, float] | tuple[None, None]:
    return sides_deg(sequence, WHOLE, swings_deg(sequence, WHOLE, KNEE))


def test_each_side_is_measured_for_itself() -> None:
    left, right = sides(filmed(bending(90, 60)))
    assert left == pytest.approx(89, abs=1.5)  # the 5th to the 95th percentile
    assert right == pytest.approx(59, abs=1.5)


def test_the_movement_is_that_of_the_side_that_moves_more() -> None:
    swing = swing_deg(filmed(bending(60, 90)), WHOLE, KNEE)
    assert swing is not None
    assert range_deg(swing) == pytest.approx(89, abs=1.5)


def test_from_the_side_nothing_is_compared() -> None:
    """Shoulders 0.2 apart on a trunk of 0.3 are seen from the front, 0.09 are not."""
    assert sides(filmed(bending(90, 60, 0.09))) == (None, None)


def test_a_side_that_is_not_seen_is_not_compared() -> None:
    poses = bending(90, 60)
    poses[:40, KEYPOINTS.index("right_ankle"), 2] = 0.1
    assert sides(filmed(poses)) == (None, None)
    assert swing_deg(filmed(poses), WHOLE, KNEE) is not None


def test_without_an_aspect_there_are_no_angles() -> None:
    assert sides(filmed(bending(90, 60), None)) == (None, None)
    assert swing_deg(filmed(bending(90, 60), None), WHOLE, KNEE) is None
