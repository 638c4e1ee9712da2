"""Many sequences cleaned at once are each as if cleaned alone."""

import numpy as np
import pytest

from benchmarks._common import squats
from models.features import integral, track
from models.sequence import Sequence
from models.stretches import Stretches, tracks

RNG = np.random.default_rng(3)


def noisy(frames: int, fps: float, unseen: slice = slice(0)) -> Sequence:
    whole = squats(12.0, fps)
    poses = whole.poses[:frames] + RNG.normal(0, 0.02, (frames, 17, 3)).astype(np.float32)
    poses[:, ::3, 2] = 0.05  # unsure of some joints
    poses[::5] = poses[::5, [0, *range(2, 17), 1]]  # and of which is which
    poses[unseen, :, 2] = 0
    return Sequence(whole.t_ms[:frames], poses.astype(np.float32))


CASES = [
    noisy(50, 30.0),
    noisy(1, 30.0),
    noisy(2, 30.0),
    noisy(40, 12.0, slice(10, 20)),
    noisy(30, 5.0),
    noisy(20, 30.0, slice(None)),
    noisy(25, 24.0, slice(0, 3)),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_each_is_cleaned_as_if_alone(number: int) -> None:
    found, alone = tracks(CASES)[number], track(CASES[number])
    for name in ("t_s", "points", "unit", "seen"):
        assert getattr(found, name) == pytest.approx(getattr(alone, name), abs=1e-5), name


def test_an_integral_ends_where_its_sequence_ends() -> None:
    lengths = np.array([4, 1, 6])
    t_s = np.concatenate([np.cumsum(RNG.random(n)) for n in lengths])
    values = RNG.random((11, 3))
    ends = np.cumsum(lengths)
    asked = np.array([-0.5, 0.1, 0.4, 0.9, 1.7, 9.0])
    owners = np.repeat(np.arange(3), len(asked))
    found = Stretches(t_s, values, lengths).integral(owners, np.tile(asked, 3))
    for i, (a, b) in enumerate(zip(ends - lengths, ends, strict=True)):
        alone = integral(t_s[a:b], values[a:b], asked)
        assert found[owners == i] == pytest.approx(alone, abs=1e-9)
