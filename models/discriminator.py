"""What somebody did in a sequence: the one door that server, replay and evaluation use.

Reads keypoints, answers an `Analysis`. The network runs on ONNX Runtime, loaded at the first call.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from models import holds, recogniser, recognition, reps, stillness
from models.counting import Phases
from models.dataset import REST
from models.exercises import BY_SLUG
from models.features import Floats, Running, Track, sample, sample_times, track, visible
from models.registry import Network, load, read_card
from models.results import Analysis
from models.sequence import Sequence
from models.stillness import Clock
from models.tempo import Reading, choose, rates

MODEL_VERSION: Final = read_card().version
_MIN_FRAMES: Final = 3
_MIN_VISIBLE: Final = 0.1
_EVIDENT: Final = 0.6  # probability of an exercise
_LENIENCE: Final = 0.4
MARGIN: Final = 12  # samples of nothing on both sides, as the network was trained with


def analyze(
    sequence: Sequence,
    exercise: str | None = None,
    network: Network | None = None,
    near: Callable[[float], bool] | None = None,
    is_open: bool = False,
) -> Analysis:
    """Recognise and count.

    exercise: the slug that the athlete chose, None to recognise it. network: another than the
    shipped one, for evaluation. near: which of the rates to look at, all where it names none.
    is_open: the set goes on after the sequence, so what is under way at its end is no result yet.
    Raises ValueError for a slug that is not in the catalogue.
    """
    if exercise is not None and exercise not in BY_SLUG:
        raise ValueError(f"exercise: expected one of {', '.join(BY_SLUG)}, got {exercise!r}")
    network = network or _shipped()
    version = network.card.version
    share = float(visible(sequence).mean()) if len(sequence) else 0.0
    if len(sequence) < _MIN_FRAMES or share < _MIN_VISIBLE:
        hold_s = 0.0 if _is_hold(exercise) else None
        return Analysis(version, exercise, 0.0, hold_s=hold_s, visible=share)
    source = track(sequence)
    readings = _readings(source, network, near)
    probabilities = recognition.probabilities(
        readings,
        network.card.classes,
        recogniser.probabilities(source, sequence.aspect, readings, recogniser_of(network)),
        filmed=sequence.aspect is not None,
    )
    likeliest = recognition.likeliest(probabilities)
    spec = BY_SLUG[exercise or likeliest]
    counts = choose(readings, is_open=is_open)
    counted, attempts = reps.agree(counts, sequence, source, spec)
    if not counted and probabilities[likeliest] >= _EVIDENT:
        # Postures that can hardly be another thing stand in for repetitions that are sure.
        counts = choose(readings, _LENIENCE, is_open)
        counted, attempts = reps.agree(counts, sequence, source, spec, _LENIENCE)
    if is_open:
        attempts = reps.since_first(counted, attempts)
    held_s = 0.0
    if _is_hold(exercise) or (not counted and sequence.aspect is not None):
        held_s = holds.held_s(sequence, source)
    named = exercise or recognition.name(probabilities, len(counted), held_s)
    if _is_hold(named):
        counted, attempts = [], []
    calibration = network.card.calibration
    return Analysis(
        model_version=version,
        exercise=named,
        confidence=round(calibration.recognition(probabilities.get(named or REST, 0.0)), 3),
        reps=tuple(
            replace(rep, confidence=round(calibration.repetition(rep.confidence), 3))
            for rep in counted
        ),
        attempts=tuple(attempts),
        hold_s=held_s if _is_hold(named) else None,
        visible=share,
        probabilities=probabilities,
        rate_hz=counts[len(counts) // 2].reading.rate_hz if counts else None,
    )


def _is_hold(slug: str | None) -> bool:
    return slug in BY_SLUG and BY_SLUG[slug].kind == "hold"


def warm_up() -> None:
    """Load the weights and run them once, so that the first athlete does not wait."""
    rng = np.random.default_rng(0)
    analyze(Sequence.at_fps(rng.random((30, 17, 3), np.float32), 15.0))


@cache
def _shipped() -> Network:
    return load()


def recogniser_of(network: Network) -> recogniser.Recogniser:
    return _recogniser_in(network.folder, network.card.recognition_sha256)


@cache
def _recogniser_in(folder: Path, sha256: str) -> recogniser.Recogniser:
    return recogniser.load(folder, sha256)


def _readings(
    source: Track, network: Network, near: Callable[[float], bool] | None = None
) -> list[Reading]:
    """The network's answer at every rate that is worth looking at, long stillness left out."""
    lively, clock = stillness.cut(source)
    duration_s = float(lively.t_s[-1] - lively.t_s[0])
    fps = (len(lively.t_s) - 1) / max(duration_s, 1e-3)
    every = rates(fps, duration_s)
    some = [rate for rate in every if near is None or near(rate)]
    summed = Running.of(lively)
    return [_reading(lively, summed, clock, network, rate) for rate in some or every]


def _reading(
    lively: Track, summed: Running, clock: Clock, network: Network, rate_hz: float
) -> Reading:
    samples = sample(lively, rate_hz, summed)
    answer, logits = network.read(padded(samples)[None])
    inner = answer[0, MARGIN:-MARGIN].astype(np.float64)
    return Reading(
        rate_hz=rate_hz,
        times=clock.real(sample_times(lively.t_s, rate_hz)),
        samples=samples[:, :-1],
        phases=Phases(inner[:, :2], inner[:, 2], inner[:, 3]),
        logits=logits[0].astype(np.float64),
    )


def padded(samples: Floats) -> Floats:
    """Samples with the ends held, marked unseen."""
    padded = np.pad(samples, ((MARGIN, MARGIN), (0, 0)), mode="edge")
    padded[:MARGIN, -1] = padded[-MARGIN:, -1] = 0
    return padded
