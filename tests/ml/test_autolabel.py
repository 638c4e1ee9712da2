"""Repetitions read off one distance, on drawn arms."""

import numpy as np
import pytest

from models.autolabel import read_off
from models.skeleton import KEYPOINTS

FPS = 20.0


def arms(way: np.ndarray) -> np.ndarray:
    """(T, 17, 3): both arms bend from stretched (0) to folded (1), in units alike on both axes."""
    poses = np.zeros((len(way), 17, 3), np.float32)
    poses[:, :, 2] = 1
    angle = np.pi * (1 - 0.8 * way)
    for side, x in (("left", 1.0), ("right", 2.0)):
        shoulder, elbow, wrist = (
            KEYPOINTS.index(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist")
        )
        poses[:, shoulder, :2] = (x, 1.0)
        poses[:, elbow, :2] = (x, 2.0)
        poses[:, wrist, 0] = x + np.sin(angle)
        poses[:, wrist, 1] = 2.0 - np.cos(angle)
    return poses


def bends(count: int, rep_s: float = 2.0) -> np.ndarray:
    at = np.arange(int(count * rep_s * FPS)) / (rep_s * FPS)
    return (1 - np.cos(2 * np.pi * at)) / 2


STILL = np.zeros(int(2 * FPS))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_bend_between_two_stretched_ends_is_one(count: int) -> None:
    labels = read_off(arms(np.concatenate([STILL, bends(count), STILL])), FPS, "push_up")
    assert labels is not None
    assert len(labels.bounds) == count
    assert labels.known.all()
    first, last = labels.bounds[0][0] / FPS, labels.bounds[-1][1] / FPS
    assert first == pytest.approx(2, abs=0.5)
    assert last == pytest.approx(2 + 2 * count, abs=0.5)


def test_neighbours_meet() -> None:
    labels = read_off(arms(np.concatenate([STILL, bends(3), STILL])), FPS, "push_up")
    assert labels is not None
    assert [a[1] for a in labels.bounds[:-1]] == [b[0] for b in labels.bounds[1:]]


def test_what_the_edges_cut_off_is_not_labelled() -> None:
    whole = np.concatenate([bends(4), STILL])
    cut = whole[int(FPS) :]  # begins at the bottom
    labels = read_off(arms(cut), FPS, "bench_press")
    assert labels is not None
    assert len(labels.bounds) == 3
    assert not labels.known[: int(0.5 * FPS)].any()
    assert labels.known[int(2 * FPS) :].all()


def test_half_a_bend_among_whole_ones_is_none() -> None:
    way = np.concatenate([bends(3), 0.5 * bends(1), bends(2), STILL])
    labels = read_off(arms(way), FPS, "push_up")
    assert labels is not None
    assert len(labels.bounds) == 5
    assert not any(start <= 7 * FPS < end for start, end in labels.bounds)


@pytest.mark.parametrize(
    ("way", "exercise"),
    [
        (STILL, "push_up"),  # nothing moves
        (0.1 * bends(4), "push_up"),  # less than an estimator's noise
        (bends(4), "sit_up"),  # no distance tells of it
        (bends(4)[:10], "push_up"),  # half a second
    ],
)
def test_nothing_is_read_where_nothing_can_be(way: np.ndarray, exercise: str) -> None:
    assert read_off(arms(way), FPS, exercise) is None


def falls(way: np.ndarray, above: str, below: str) -> np.ndarray:
    """(T, 17, 3): what stands above comes down to half its height at 1."""
    poses = np.zeros((len(way), 17, 3), np.float32)
    poses[:, :, 2] = 1
    for side, x in (("left", 1.0), ("right", 2.0)):
        poses[:, KEYPOINTS.index(f"{side}_{below}"), :2] = (x, 2.0)
        poses[:, KEYPOINTS.index(f"{side}_{above}"), 0] = x
        poses[:, KEYPOINTS.index(f"{side}_{above}"), 1] = 1.0 + 0.5 * way
    return poses


def test_squats_begin_high_and_deadlifts_on_the_floor() -> None:
    way = np.concatenate([STILL, bends(3), STILL])
    squats = read_off(falls(way, "hip", "ankle"), FPS, "squat")
    lifts = read_off(falls(1 - way, "shoulder", "hip"), FPS, "deadlift")
    assert squats is not None
    assert lifts is not None
    assert len(squats.bounds) == len(lifts.bounds) == 3


def test_what_goes_on_after_the_last_frame_is_not_labelled() -> None:
    way = np.concatenate([STILL, bends(4)])[: -int(FPS)]
    labels = read_off(arms(way), FPS, "push_up")
    assert labels is not None
    assert len(labels.bounds) == 3
    assert not labels.known[-int(0.5 * FPS) :].any()
    assert labels.known[: int(7 * FPS)].all()


def test_one_that_takes_far_longer_than_the_others_is_left_out() -> None:
    way = np.concatenate([STILL, bends(4), bends(1, rep_s=9.0), STILL])
    labels = read_off(arms(way), FPS, "push_up")
    assert labels is not None
    assert len(labels.bounds) == 4
    assert not labels.known[int(13 * FPS) : int(16 * FPS)].any()


def test_a_way_there_without_one_back_is_not_read() -> None:
    assert read_off(arms(np.linspace(0, 1, int(4 * FPS))), FPS, "push_up") is None
