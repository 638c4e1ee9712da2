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
from models.counting import Doubles, Phases
from models.discriminator import MARGIN, padded, recogniser_of
from models.exercises import BY_SLUG
from models.features import MIRRORED, Floats, Running, Track, sample, sample_times, track, unit_box
from models.registry import Network
from models.results import Attempt, Rep
from models.sequence import Sequence
from models.skeleton import K
from models.tempo import LADDER_HZ, Reading

SAMPLES: Final = 64  # of a look; some seven repetitions
LONGEST_S: Final = 20.0  # remembered, and looked at
WIDE_MS: Final = 6_000
_SEEKING_MS: Final = 2_000  # the same, while nothing is counted
_CONTEXT_MS: Final = 1_200  # of raw frames that clean new ones
_SETTLED_MS: Final = 400  # before the end, frames may look different once others have followed
_GUARD: Final = 0.3  # of the look at its start, where a repetition may be cut
_ALIKE: Final = 0.7  # shared by two spans that are the same repetition
_MEMORY: Final = 0.6  # of earlier wide looks, in the logarithm
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


class Follower:
    """One open set. chosen: the slug that the athlete chose, None to recognise it."""

    def __init__(self, chosen: str | None = None) -> None:
        self.chosen = chosen
        self.odds: Doubles | None = None  # of each class, by all wide looks
        self.is_counting = False
        self.rate_hz: float | None = None
        self.wide_at_ms = 0
        self._aspect: float | None = None
        self._t_ms = np.zeros(0, np.int64)
        self._poses = np.zeros((0, K, 3), np.float16)
        self._points = np.zeros((0, K, 2), np.float16)
        self._seen: Floats = np.zeros(0, np.float32)

    def __len__(self) -> int:
        """Frames that are remembered."""
        return len(self._t_ms)

    @property
    def end_ms(self) -> int:
        return int(self._t_ms[-1]) if len(self._t_ms) else -1

    @property
    def is_due(self) -> bool:
        """Whether the rate is to be chosen anew."""
        pause_ms = WIDE_MS if self.is_counting else _SEEKING_MS
        return self.rate_hz is None or self.end_ms >= self.wide_at_ms + pause_ms

    def remember(self, probabilities: dict[str, float]) -> dict[str, float]:
        """Of the exercises, by this wide look and those before, the older the less."""
        new = np.log(np.array(list(probabilities.values())) + 1e-6)
        self.odds = new if self.odds is None else _MEMORY * self.odds + (1 - _MEMORY) * new
        shares = np.exp(self.odds - self.odds.max())
        return dict(zip(probabilities, (shares / shares.sum()).tolist(), strict=True))

    def exercise(self, network: Network) -> str:
        """The likeliest."""
        odds = np.zeros(len(network.card.classes)) if self.odds is None else self.odds
        return recognition.likeliest(dict(zip(network.card.classes, odds.tolist(), strict=True)))

    def extend(self, new: Sequence) -> None:
        """Takes in frames that are later than all before. Raises ValueError for others."""
        if not len(new):
            return
        if new.t_ms[0] <= self.end_ms:
            raise ValueError(f"t_ms: expected more than {self.end_ms}, got {new.t_ms[0]}")
        settled = int(np.searchsorted(self._t_ms, self.end_ms - _SETTLED_MS))
        first = int(np.searchsorted(self._t_ms, self.end_ms - _CONTEXT_MS))
        poses = np.concatenate([self._poses[first:].astype(np.float32), new.poses])
        t_ms = np.concatenate([self._t_ms[first:], new.t_ms])
        cleaned = track(Sequence(t_ms, poses))
        points, kept = cleaned.points, settled - first
        if settled < len(self):
            points = self._like_before(points, kept, settled, bool(cleaned.seen.any()))
        # Half of the digits are enough for what is provisional, and take half of the memory.
        self._aspect = new.aspect
        self._t_ms = np.concatenate([self._t_ms, new.t_ms])
        self._poses = np.concatenate([self._poses, new.poses.astype(np.float16)])
        self._points = np.concatenate([self._points[:settled], points[kept:].astype(np.float16)])
        self._seen = np.concatenate([self._seen[:settled], cleaned.seen[kept:]])
        self._forget()

    def _like_before(self, points: Floats, index: int, settled: int, is_seen: bool) -> Floats:
        known = self._points[settled].astype(np.float32)
        if is_seen:
            return _like(points, index, known)
        return np.repeat(known[None], len(points), axis=0)  # nobody: the last pose stays

    def _forget(self) -> None:
        """What no look will ask for."""
        first = int(np.searchsorted(self._t_ms, self.end_ms - round(1000 * LONGEST_S)))
        if first:
            self._t_ms, self._poses = self._t_ms[first:], self._poses[first:]
            self._points, self._seen = self._points[first:], self._seen[first:]

    def window(self, seconds: float) -> tuple[Sequence, Track]:
        """The newest frames."""
        kept = slice(int(np.searchsorted(self._t_ms, self.end_ms - 1000 * seconds)), None)
        t_ms, points = self._t_ms[kept], self._points[kept].astype(np.float32)
        sequence = Sequence(t_ms, self._poses[kept].astype(np.float32), self._aspect)
        return sequence, Track(t_ms / 1000.0, points, unit_box(points), self._seen[kept])


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


def _like(points: Floats, index: int, known: Floats) -> Floats:
    """Points (T, 17, 2) with the sides named as in the pose `known` (17, 2) of frame `index`."""
    new, other = points[index], points[index][MIRRORED]
    stay = np.linalg.norm(new - known, axis=1)
    cross = np.linalg.norm(other - known, axis=1)
    crossed = cross + cross[MIRRORED] < stay + stay[MIRRORED]
    return np.where(crossed[None, :, None], points[:, MIRRORED], points)
