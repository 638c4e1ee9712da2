"""Follows open sets clip by clip, for a fiftieth of what reading their tails again would cost.

A follower remembers the cleaned track of the last seconds and the rate at which the movement was
counted; lose it, and any clips of the last seconds make another. A look reads the same number of
samples whatever the tempo, at the rates beside the last one, so that the networks of many athletes
run as one batch; every `WIDE_MS` it first asks a ladder of rates whether the tempo has changed.
What is found is provisional: it holds until `discriminator.analyze` reads the tail or the whole.

Long stillness is not cut out here, and of a longer set only the newest repetitions are looked at.
"""

from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import Final

import numpy as np

from models import recogniser, recognition, reps, tempo
from models.counting import Phases
from models.discriminator import MARGIN, padded, recogniser_of
from models.exercises import BY_SLUG
from models.features import Running, Track, sample, sample_times
from models.follower import LONGEST_S, Follower
from models.registry import Network
from models.results import Attempt, Rep
from models.sequence import Sequence
from models.tempo import LADDER_HZ, Reading

SAMPLES: Final = 64  # of a look; some seven repetitions
_GUARD: Final = 0.3  # of the look at its start, where a repetition may be cut
_ALIKE: Final = 0.7  # shared by two spans that are the same repetition
LOOKED_BACK_S: Final = 0.5  # a window that begins so soon begins with the set
_BATCH: Final = 32
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


def look(followers: list[Follower], known: list[list[Span]], network: Network) -> list[Look]:
    """At each of them, as far as it has come; the network runs for many at once.

    known: the repetitions of each that earlier looks have found, in order of time.
    """
    able = [one for one in followers if len(one) >= _FEWEST]
    wide = [one for one in able if one.is_due]
    asked = dict(zip(map(id, wide), _widely(wide, network), strict=True))
    windows = [one.window(SAMPLES / _slowest(one)) for one in able]
    wanted = [
        (source, rate)
        for one, (_, source) in zip(able, windows, strict=True)
        for rate in _beside(one)
    ]
    readings = iter(tempo.decoded(_read(wanted, network)))
    before = {id(one): spans for one, spans in zip(followers, known, strict=True)}
    looks = {}
    for one, (sequence, source) in zip(able, windows, strict=True):
        own = [next(readings) for _ in _beside(one)]
        seam = _seam(before[id(one)], source)
        own = [_from(reading, seam.at_s) for reading in own]
        looks[id(one)] = _found(one, sequence, source, own, asked.get(id(one)), seam, network)
    nothing = ((len(spans), 0) for spans in known)
    return [
        looks.get(id(one), Look(*none, (), (), None, None))
        for one, none in zip(followers, nothing, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Seam:
    """Where what is found anew joins what stays: kept repetitions end there."""

    kept: int
    at_s: float
    known: list[Span]


def _seam(known: list[Span], source: Track) -> Seam:
    """Cycles are counted from the beginning of a known one, so that however the window's own first
    cycle is cut, none is counted twice and none is left out."""
    start_s, end_s = float(source.t_s[0]), float(source.t_s[-1])
    if start_s <= LOOKED_BACK_S:
        return Seam(0, -np.inf, known)
    guarded_ms = 1000 * (start_s + _GUARD * (end_s - start_s))
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


def _from(reading: Reading, at_s: float) -> Reading:
    """With nothing counted before; decoded."""
    path = np.array(reading.path)
    path[reading.times < at_s] = -1
    return replace(reading, path=path)


def _widely(followers: list[Follower], network: Network) -> list[dict[str, float]]:
    """Chooses each one's rate anew; returns the probabilities of exercises."""
    windows = [one.window(LONGEST_S) for one in followers]
    rates = [_coarse(source) for _, source in windows]
    wanted = [
        (_newest(source, SAMPLES / rate), rate)
        for (_, source), own in zip(windows, rates, strict=True)
        for rate in own
    ]
    readings = iter(_read(wanted, network))
    found = []
    for one, (sequence, source), asked in zip(followers, windows, rates, strict=True):
        own = [next(readings) for _ in asked]
        one.rate_hz = own[tempo.vote(own)].rate_hz
        one.wide_at_ms = one.end_ms
        postures = recogniser.probabilities(source, sequence.aspect, own, recogniser_of(network))
        filmed = sequence.aspect is not None
        probabilities = recognition.probabilities(own, network.card.classes, postures, filmed)
        found.append(one.remember(probabilities))
    return found


def _found(
    one: Follower,
    sequence: Sequence,
    source: Track,
    readings: list[Reading],
    probabilities: dict[str, float] | None,
    seam: Seam,
    network: Network,
) -> Look:
    spec = BY_SLUG[one.chosen or one.exercise(network)]
    counts = tempo.choose(readings, is_open=True)
    if counts:
        one.rate_hz = counts[len(counts) // 2].reading.rate_hz
    counted, attempts = reps.middle(counts, source)
    one.is_counting = bool(counted)
    cut_ms = max(0, round(1000 * max(seam.at_s, float(source.t_s[0]))))
    cut_ms = 0 if seam.at_s == -np.inf and source.t_s[0] <= LOOKED_BACK_S else cut_ms
    kept = seam.kept + _same(seam.known[seam.kept :], reps.spans(counted, source))
    found = reps.told(counted, sequence, source, spec, kept - seam.kept)
    named = confidence = None
    if probabilities is not None:
        named = one.chosen or recognition.name(probabilities, len(counted), 0.0)
        confidence = network.card.calibration.recognition(probabilities.get(named or "", 0.0))
    sure = network.card.calibration.repetition
    return Look(
        kept,
        cut_ms,
        tuple(replace(rep, confidence=round(sure(rep.confidence), 3)) for rep in found),
        tuple(a for a in reps.since_first(found, attempts) if a.start_ms >= cut_ms),
        named,
        None if confidence is None else round(confidence, 3),
    )


def _read(wanted: list[tuple[Track, float]], network: Network) -> list[Reading]:
    """What the network says of each track at its rate; those of one length run together."""
    summed: dict[int, Running] = {}
    inputs = []
    for source, rate in wanted:
        running = summed.setdefault(id(source), Running.of(source))
        inputs.append(sample(source, rate, running)[-SAMPLES:])
    order = sorted(range(len(wanted)), key=lambda i: len(inputs[i]))
    found: dict[int, Reading] = {}
    for _, group in groupby(order, key=lambda i: len(inputs[i])):
        same = list(group)
        for some in (same[i : i + _BATCH] for i in range(0, len(same), _BATCH)):
            answers, logits = network.read(np.stack([padded(inputs[i]) for i in some]))
            for i, answer, own in zip(some, answers[:, MARGIN:-MARGIN], logits, strict=True):
                source, rate = wanted[i]
                inner = answer.astype(np.float64)
                found[i] = Reading(
                    rate_hz=rate,
                    times=sample_times(source.t_s, rate)[-SAMPLES:],
                    samples=inputs[i][:, :-1],
                    phases=Phases(inner[:, :2], inner[:, 2], inner[:, 3]),
                    logits=own.astype(np.float64),
                )
    return [found[i] for i in range(len(wanted))]


def _coarse(source: Track) -> list[float]:
    """Every third rate that is worth looking at."""
    duration_s = float(source.t_s[-1] - source.t_s[0])
    fps = (len(source.t_s) - 1) / max(duration_s, 1e-3)
    return tempo.rates(fps, duration_s)[::3]


def _beside(one: Follower) -> list[float]:
    """The last rate; where it is new, those next to it on the ladder, too. In order."""
    nearest = int(np.abs(np.log(np.array(LADDER_HZ) / (one.rate_hz or 1.0))).argmin())
    steps = int(not one.is_counting or one.end_ms == one.wide_at_ms)
    return list(LADDER_HZ[max(0, nearest - steps) : nearest + steps + 1])


def _slowest(one: Follower) -> float:
    return max(_beside(one)[-1], SAMPLES / LONGEST_S)


def _newest(source: Track, seconds: float) -> Track:
    kept = slice(int(np.searchsorted(source.t_s, source.t_s[-1] - seconds)), None)
    return Track(source.t_s[kept], source.points[kept], source.unit[kept], source.seen[kept])
