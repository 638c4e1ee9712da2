"""Chooses the rate at which an open set is counted, when its tempo may have changed.

A ladder of rates is read and votes, as it does for a whole set. That costs as much as five other
looks: it is done often while nothing is counted, seldom while the same rate is found again.
"""

from typing import Final

import numpy as np

from models import recogniser, recognition, strip, tempo
from models.discriminator import recogniser_of
from models.features import Track
from models.follower import Follower
from models.registry import Network
from models.strip import Strip
from models.tempo import LADDER_HZ, Reading

FIRST_MS: Final = 12_000  # between two votes; longer where they agree
LONGEST_MS: Final = 32_000
_SEEKING_MS: Final = 2_000  # the same, while nothing is counted and the set has just begun
_EARLY_MS: Final = 10_000
_OFF_MS: Final = 4_000  # the same, while nothing is counted, or not near the best span
_OFF: Final = 0.35  # of the logarithm of a repetition's span in samples
_AT_ONCE: Final = 5  # of one look, which others wait for
_WIDE_S: Final = 20.0
_SAMPLES: Final = 64
_EVERY: Final = 3  # of the ladder's rates


def choose(followers: list[Follower], network: Network) -> dict[int, dict[str, float]]:
    """Chooses the rate of those that are due, by their ids the probabilities of exercises."""
    due = sorted(filter(_is_due, followers), key=lambda one: one.wide_at_ms - one.end_ms)[:_AT_ONCE]
    sources = [one.track(one.last_s - _WIDE_S) for one in due]
    ladders = [[Strip(rate, most=_SAMPLES) for rate in _rates(source)] for source in sources]
    every = [own for ladder in ladders for own in ladder]
    strip.fill(every, [s for s, own in zip(sources, ladders, strict=True) for _ in own])
    strip.read(every, network)
    found = {}
    for one, source, ladder in zip(due, sources, ladders, strict=True):
        if readings := [own.reading() for own in ladder if len(own)]:
            _set_rate(one, readings[tempo.vote(readings)].rate_hz)
            found[id(one)] = one.remember(_probabilities(one, source, readings, network))
    return found


def _is_due(one: Follower) -> bool:
    """Whether the rate is to be chosen anew."""
    if one.strip is None:
        return True
    if not one.is_counting:
        pause_ms = _SEEKING_MS if one.end_ms < _EARLY_MS else _OFF_MS
    else:
        pause_ms = one.pause_ms if abs(one.off_best) < _OFF else _OFF_MS
    return one.end_ms >= one.wide_at_ms + pause_ms


def _rates(source: Track) -> list[float]:
    duration_s = float(source.t_s[-1] - source.t_s[0])
    fps = (len(source.t_s) - 1) / max(duration_s, 1e-3)
    return tempo.rates(fps, duration_s)[::_EVERY]


def _set_rate(one: Follower, rate_hz: float) -> None:
    """A rate at which repetitions are counted is left only for one that is not beside it."""
    known = one.strip if one.is_counting else None
    stays = known is not None and abs(_nearest(known.rate_hz) - _nearest(rate_hz)) <= 1
    one.pause_ms = min(2 * one.pause_ms, LONGEST_MS) if stays else FIRST_MS
    one.wide_at_ms = one.end_ms
    if not stays and (one.strip is None or one.strip.rate_hz != rate_hz):
        one.strip = Strip(rate_hz)


def _nearest(rate_hz: float) -> int:
    return int(np.abs(np.log(np.array(LADDER_HZ) / rate_hz)).argmin())


def _probabilities(
    one: Follower, source: Track, readings: list[Reading], network: Network
) -> dict[str, float]:
    postures = recogniser.probabilities(source, one.aspect, readings, recogniser_of(network))
    filmed = one.aspect is not None
    return recognition.probabilities(readings, network.card.classes, postures, filmed)
