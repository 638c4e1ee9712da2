"""Frames over time: their shapes agree, and time goes on."""

import numpy as np
import pytest

from models import labels
from models.features import sample_times
from models.sequence import Sequence

POSES = np.ones((3, 17, 3), np.float32)


def test_shapes_that_disagree_and_time_that_stands_still_are_refused() -> None:
    with pytest.raises(ValueError, match=r"poses: expected \(2, 17, 3\), got \(3, 17, 3\)"):
        Sequence(np.array([0, 100]), POSES)
    for times in ([0, 100, 100], [0, 100, 50]):
        with pytest.raises(ValueError, match="times must increase"):
            Sequence(np.array(times), POSES)


def test_of_nothing_there_is_nothing() -> None:
    nothing = Sequence(np.zeros(0, np.int64), POSES[:0])
    assert (len(nothing), nothing.duration_ms) == (0, 0)
    assert len(sample_times(np.zeros(0), 10.0)) == 0
    assert labels.resampled(nothing).shape == (0, 17, 3)
