"""A strip that is filled clip by clip says what one says that is filled at once."""

import numpy as np
import pytest

from benchmarks._common import squats
from models import strip
from models.features import track
from models.follower import Follower, extend
from models.registry import load
from models.strip import Strip

NETWORK = load()
RATE_HZ = 6.0
SET = squats(30.0, 15.0)


def followed(seconds: int) -> Strip:
    one, own = Follower("squat"), Strip(RATE_HZ)
    for second in range(seconds):
        extend([one], [SET.between(1000 * second, 1000 * (second + 1))])
        strip.fill([own], [one.track((own.settled - 1) / RATE_HZ)], [one.settled_s])
        strip.read([own], NETWORK)
    return own


def test_samples_and_answers_are_those_of_the_whole() -> None:
    own, whole = followed(20), Strip(RATE_HZ)
    strip.fill([whole], [track(SET.between(0, 20_000))])
    strip.read([whole], NETWORK)
    assert (own.first, len(own)) == (whole.first, len(whole))
    assert own.inputs == pytest.approx(whole.inputs, abs=1e-2)  # half of the digits are kept
    turned = (own.said[:, :2] * whole.said[:, :2]).sum(axis=1)
    turned /= np.linalg.norm(own.said[:, :2], axis=1) * np.linalg.norm(whole.said[:, :2], axis=1)
    assert turned[: len(turned) // 4].min() > 0.95
    assert np.quantile(turned, 0.05) > 0.8, "what was read before the rest had come"


def test_it_does_not_grow() -> None:
    own = followed(30)
    assert len(own) == strip.SAMPLES
    assert own.end_s == pytest.approx(SET.t_ms[-1] / 1000, abs=1 / RATE_HZ)
    assert len(own.said) == len(own.unit) == len(own)


def test_after_a_gap_it_begins_anew() -> None:
    own = followed(8)
    late = track(SET.between(20_000, 24_000))
    strip.fill([own], [late], [23.5])
    assert own.start_s == pytest.approx(20.0, abs=1 / RATE_HZ)
    assert own.read == own.first
