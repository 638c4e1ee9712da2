"""The synthetic suite: counting and recognition on people, cameras and tempi held out of training.

    python -m models.suite [--clips 2000] [--seed N] [--minutes 30] [--network DIR] [--json OUT]

Every clip is a whole sequence as the browser sends it (see `film`); the exercise is unknown to the
discriminator. Uses every core, one process each; the result depends on the seed alone, unless the
minutes run out: then the report says how many clips it is about.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.dataset import REST
from models.discriminator import analyze
from models.film import HOLD, film
from models.registry import WEIGHTS, Network, load, read_card

CLIPS: Final = 2000
SEED: Final = 20_240
MINUTES: Final = 30.0
_SHORT: Final = range(1, 7)


@dataclass(frozen=True, slots=True)
class Answer:
    """One clip: what is true of it and what was said."""

    exercise: str
    count: int
    minutes: float
    named: str | None
    counted: int
    hold_s: float


@cache
def _network(folder: Path) -> Network:
    return load(folder)


def answer(index: int, seed: int, folder: Path = WEIGHTS) -> Answer:
    shown = film(index, seed)
    found = analyze(shown.sequence, network=_network(folder))
    return Answer(
        shown.exercise,
        shown.count,
        shown.sequence.duration_ms / 60_000,
        found.exercise,
        len(found.reps),
        found.hold_s or 0.0,
    )


def run(clips: int, seed: int, folder: Path = WEIGHTS, minutes: float = MINUTES) -> list[Answer]:
    """Answers to the first `clips` films, fewer where the time runs out."""
    ask = partial(answer, seed=seed, folder=folder)
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        return list(_in_time(pool.imap(ask, range(clips), chunksize=4), clips, minutes))


def _in_time(answers: Iterable[Answer], clips: int, minutes: float) -> Iterator[Answer]:
    begin = time.monotonic()
    for number, one in enumerate(answers, 1):
        yield one
        spent = time.monotonic() - begin
        if number % 100 == 0:
            print(f"{number} of {clips} clips, {spent:.0f} s", file=sys.stderr, flush=True)
        if spent > 60 * minutes:
            return


def figures(answers: list[Answer]) -> dict[str, float | None]:
    """OBO, MAE and exact over sets; exact over short sets; share of exercises named right."""
    sets = [one for one in answers if one.count]
    true = np.array([one.count for one in sets], float)
    error = np.abs(np.array([one.counted for one in sets], float) - true)
    short = [e == 0 for one, e in zip(sets, error, strict=True) if one.count in _SHORT]
    return {
        "clips": len(answers),
        "obo": _mean(error <= 1),
        "mae": _mean(error / np.maximum(true, 1)),
        "exact": _mean(error == 0),
        "short_sets_exact": _mean(short),
        "recognised": _mean([one.named == one.exercise for one in answers if one.exercise != REST]),
    }


def report(answers: list[Answer]) -> dict[str, Any]:
    """All figures, and those of each exercise."""
    resting = [one for one in answers if one.exercise == REST]
    held = [one for one in answers if one.exercise == HOLD]
    minutes = sum(one.minutes for one in resting)
    by_name = {name: [a for a in answers if a.exercise == name] for name in _names(answers)}
    return {
        "note": "Synthetic people; legs, camera angles and tempi are not those of the training.",
        **figures(answers),
        "false_reps_per_min": sum(one.counted for one in resting) / minutes if minutes else None,
        "minutes_not_exercising": round(minutes, 1),
        "resting_left_unnamed": _mean([one.named is None for one in resting]),
        "holds_without_reps": _mean([one.counted == 0 for one in held]),
        "exercises": {name: figures(own) for name, own in by_name.items()},
    }


def _names(answers: list[Answer]) -> list[str]:
    return sorted({one.exercise for one in answers if one.count or one.exercise == HOLD})


def _mean(values: Any) -> float | None:
    kept = np.asarray(values, float)
    return round(float(kept.mean()), 4) if len(kept) else None


def table(found: dict[str, Any]) -> str:
    """Plain text: totals, then a line an exercise."""
    totals = [
        f"{name:24} {value}" for name, value in found.items() if name not in ("exercises", "note")
    ]
    columns = ("clips", "obo", "mae", "exact", "short_sets_exact", "recognised")
    lines = [f"{'':18}" + "".join(f"{column:>18}" for column in columns)]
    for name, own in found["exercises"].items():
        shown = ["–" if own[column] is None else f"{own[column]:g}" for column in columns]
        lines.append(f"{name:18}" + "".join(f"{value:>18}" for value in shown))
    return "\n".join([*totals, "", *lines])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the shipped network on synthetic people.")
    parser.add_argument("--clips", type=int, default=CLIPS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="stop after this time")
    parser.add_argument("--network", type=Path, default=WEIGHTS, help="folder of the weights")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args(arguments)
    if chosen.clips < 1:
        print(f"suite: --clips: expected at least 1, got {chosen.clips}", file=sys.stderr)
        return 2
    found = report(run(chosen.clips, chosen.seed, chosen.network, chosen.minutes))
    found = {"model_version": read_card(chosen.network).version, "seed": chosen.seed, **found}
    print(table(found))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
