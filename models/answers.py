"""Ask the discriminator about many recordings, in two processes where that pays."""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from models.discriminator import analyze
from models.exercises import BY_SLUG
from models.hindsight import counts_by_class, counts_by_rate, remembering
from models.recognition import likeliest
from models.recordings import Recording
from models.registry import WEIGHTS, Network, load
from models.results import UNKNOWN
from models.scoring import NOBODY, Prediction

_PROCESSES: Final = 2
_FEW: Final = 16  # recordings, not worth another process


@dataclass(frozen=True, slots=True)
class Depth:
    """known: count once more with the true exercise given; hindsight: with every other choice."""

    known: bool = False
    hindsight: bool = False


def ask(
    recordings: list[Recording],
    networks: Path | Mapping[str, Path] = WEIGHTS,
    depth: Depth = Depth(),
) -> list[Prediction]:
    """A prediction for each recording.

    networks: the folder of the weights, or one a fold, where each recording is answered by the
    network of its own fold.
    """
    folders = [networks if isinstance(networks, Path) else networks[r.fold] for r in recordings]
    one = partial(_answer, depth)
    if len(recordings) >= _FEW and _processes() > 1:
        # Not forked: a process that has started threads of the runtime must not be copied.
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(_processes(), mp_context=context) as pool:
                return list(pool.map(one, folders, recordings, chunksize=4))
        except (OSError, BrokenProcessPool):
            print("no room for a second process: one asks alone", file=sys.stderr)
    return [one(*pair) for pair in zip(folders, recordings, strict=True)]


def _processes() -> int:
    return min(_PROCESSES, os.cpu_count() or 1)


@cache
def _network(folder: Path) -> Network:
    return load(folder)


def _answer(depth: Depth, folder: Path, recording: Recording) -> Prediction:
    network = remembering(_network(folder))
    sequence, exercise = recording.sequence, recording.exercise
    found = analyze(sequence, network=network)
    given = depth.known and exercise in BY_SLUG
    return Prediction(
        name=recording.name,
        exercise=found.exercise or NOBODY,
        count=len(found.reps),
        true_exercise=exercise,
        true_count=recording.count,
        known=exercise in network.card.classes and exercise != UNKNOWN,
        fold=recording.fold,
        likeliest=likeliest(found.probabilities) if found.probabilities else NOBODY,
        confidence=found.confidence,
        spans=tuple((float(rep.start_ms), float(rep.end_ms)) for rep in found.reps),
        rep_confidence=tuple(rep.confidence for rep in found.reps),
        true_spans=recording.spans,
        count_if_known=len(analyze(sequence, exercise, network).reps) if given else None,
        by_rate=counts_by_rate(sequence, network) if depth.hindsight else (),
        by_class=counts_by_class(sequence, network) if depth.hindsight else (),
    )
