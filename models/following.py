"""Follows open sets clip by clip, for a fiftieth of what reading their tails again would cost.

A follower remembers the cleaned track of the last seconds and a strip: the set at the rate at which
its movement is counted, with what the network said of it; lose it, and any clips of the last
seconds make another. A look lets the network read what is new of many strips as one batch, and
counts on the whole of each.
What is found is provisional: it holds until `discriminator.analyze` reads the tail or the whole.

Long stillness is not cut out here, and of a longer set only the newest repetitions are looked at.
"""

from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

import numpy as np

from models import pace, provisional, recognition, reps, strip, tempo
from models.counting import decode_all
from models.described import Counted
from models.exercises import BY_SLUG
from models.follower import Follower
from models.registry import Network
from models.results import Attempt, Rep
from models.strip import Strip
from models.tempo import BEST_SPAN, LEAST_TRUST, Reading

_GUARD: Final = 0.3  # of the strip at its start, where a repetition may be cut
_ALIKE: Final = 0.7  # shared by two spans that are the same repetition
LOOKED_BACK_S: Final = 0.5  # a strip that begins so soon begins with the set
_FEWEST: Final = 3  # frames
Span = tuple[int, int]  # ms since the set started


@dataclass(frozen=True, slots=True)
class Look:
    """What a look has found after the first `kept` repetitions, and attempts from cut_ms on; what
    is before stays as it was.

    exercise, confidence: None where it was not asked, or where nobody exercises.
    """

    kept: int
    cut_ms: int
    reps: tuple[Rep, ...]
    attempts: tuple[Attempt, ...]
    exercise: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Seam:
    """Where what is found anew joins what stays: kept repetitions end there."""

    kept: int
    at_s: float
    known: list[Span]


def look(followers: list[Follower], known: list[list[Span]], network: Network) -> list[Look]:
    """At each of them, as far as it has come; the network runs for many at once.

    known: the repetitions of each that earlier looks have found, in order of time.
    """
    able = [one for one in followers if len(one) >= _FEWEST]
    asked = pace.choose(able, network)
    pairs = [(one, one.strip) for one in able if one.strip is not None]
    _read(pairs, network)
    pairs = [(one, own) for one, own in pairs if len(own)]
    readings = [own.reading() for _, own in pairs]
    paths = decode_all([reading.phases for reading in readings])
    before = {id(one): spans for one, spans in zip(followers, known, strict=True)}
    looks = {}
    for (one, own), reading, path in zip(pairs, readings, paths, strict=True):
        seam = _seam(before[id(one)], own)
        path[reading.times < seam.at_s] = -1
        told = replace(reading, path=path)
        looks[id(one)] = _found(one, own, told, seam, asked.get(id(one)), network)
    nothing = ((len(spans), 0) for spans in known)
    return [
        looks.get(id(one), Look(*none, (), (), None, None))
        for one, none in zip(followers, nothing, strict=True)
    ]


def _read(pairs: Several[tuple[Follower, Strip]], network: Network) -> None:
    """Fills these strips with what their followers have, and lets the network read it."""
    sources = [one.track((own.settled - 1) / own.rate_hz) for one, own in pairs]
    strips = [own for _, own in pairs]
    strip.fill(strips, sources, [one.settled_s for one, _ in pairs])
    strip.read(strips, network)


def _found(
    one: Follower,
    own: Strip,
    reading: Reading,
    seam: Seam,
    probabilities: dict[str, float] | None,
    network: Network,
) -> Look:
    one.off_best = float(np.log(reading.rate_hz * reading.period_s / BEST_SPAN))
    counted: list[Counted] = []
    attempts: list[Attempt] = []
    if tempo.trust(reading) >= LEAST_TRUST:
        counted, attempts, one.alike = provisional.counted(own, reading, one.t_s, one.alike)
    one.is_counting = bool(counted)
    found = _spans(counted, one)
    kept = seam.kept + _same(seam.known[seam.kept :], found)
    new = _described(one, counted, kept - seam.kept, network)
    begins = seam.at_s == -np.inf and own.start_s <= LOOKED_BACK_S
    cut_ms = 0 if begins else max(0, round(1000 * max(seam.at_s, own.start_s)))
    named = confidence = None
    if probabilities is not None:
        named = one.chosen or recognition.name(probabilities, len(counted), 0.0)
        share = network.card.calibration.recognition(probabilities.get(named or "", 0.0))
        confidence = round(share, 3)
    begun_ms = min((span[0] for span in (*seam.known[:1], *found[:1])), default=np.inf)
    told = (a for a in attempts if a.reason != "incomplete" or a.start_ms > begun_ms)
    attempts = [a for a in told if a.start_ms >= cut_ms]
    return Look(kept, cut_ms, new, tuple(attempts), named, confidence)


def _spans(counted: list[Counted], one: Follower) -> list[Span]:
    """Starts and ends as rows have them."""
    return [(round(1000 * a), round(1000 * b)) for a, b, _ in reps.later(counted, one.last_s)]


def _described(
    one: Follower, counted: list[Counted], skipped: int, network: Network
) -> tuple[Rep, ...]:
    """Those after the skipped first ones, with turn, tempo and range."""
    if skipped >= len(counted):
        return ()
    spec = BY_SLUG[one.chosen or one.exercise(network)]
    begin_s = counted[skipped].start_s
    found = reps.told(counted, one.frames(begin_s), one.track(begin_s), spec, skipped)
    sure = network.card.calibration.repetition
    return tuple(replace(rep, confidence=round(sure(rep.confidence), 3)) for rep in found)


def _seam(known: list[Span], own: Strip) -> Seam:
    """Cycles are counted from the beginning of a known one, so that however the strip's own first
    cycle is cut, none is counted twice and none is left out."""
    if own.start_s <= LOOKED_BACK_S:
        return Seam(0, -np.inf, known)
    guarded_ms = 1000 * (own.start_s + _GUARD * (own.end_s - own.start_s))
    kept = sum(begun_ms < guarded_ms for begun_ms, _ in known)
    late_s = reps.LATE * float(np.median([b - a for a, b in known])) / 1000 if known else 0.0
    if kept < len(known):
        return Seam(kept, known[kept][0] / 1000 - late_s, known)
    return Seam(kept, known[-1][1] / 1000 - late_s if known else -np.inf, known)


def _same(known: list[Span], found: list[Span]) -> int:
    """How many of both are the same from the first on."""
    pairs = zip(known, found, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _alike(*pair), pairs))


def _alike(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _ALIKE * (max(one[1], other[1]) - min(one[0], other[0]))
