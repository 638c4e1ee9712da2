"""How well a set is counted while it goes on: `python -m models.live_report`.

Plays sequences frame by frame as the page does and notes what it would show. Each recorded
sequence is read by the network that was trained without it. Where people mark the end of a
repetition within its cycle is arbitrary, so what is shown is held against the analysis of the
whole set: its k-th repetition is late by the time from its end to the first moment at which the
count shown is k. Looks cost no time here: a page on a slow device looks more rarely.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from models import recordings
from models.dataset import REST
from models.film import film
from models.recordings import Recording
from models.registry import Network, load
from models.results import Attempt
from models.set_counter import SetCounter

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "poses"
LOOK_S: Final = 0.6
SOON_S: Final = 0.3
_EARLY_S: Final = -0.5
_EACH: Final = 16  # sequences of each kind
_LONGEST_MS: Final = 45_000
_SEED: Final = 77


@dataclass(frozen=True, slots=True)
class Played:
    """What was shown of one sequence. shown: (time in s, count) of each look. ends_s: of the
    repetitions of the whole set. passing: attempts shown that the whole set does not have."""

    name: str
    kind: str
    idle: bool
    seconds: float
    shown: tuple[tuple[float, int], ...]
    ends_s: tuple[float, ...]
    passing: int

    @property
    def late_s(self) -> list[float]:
        """Seconds from each repetition's end until it was shown, infinite where it never was."""
        return [
            next((at for at, count in self.shown if count >= k), np.inf) - end
            for k, end in enumerate(self.ends_s, 1)
        ]

    @property
    def falls(self) -> int:
        counts = [count for _, count in self.shown]
        return sum(b < a for a, b in pairwise(counts))


def play(one: Recording, kind: str, network: Network, look_s: float = LOOK_S) -> Played:
    """One sequence, frame by frame."""
    sequence = one.sequence
    counter = SetCounter(sequence.aspect, network=network)
    shown: list[tuple[float, int]] = []
    said: list[Attempt] = []
    due_s = look_s
    for t_ms, pose in zip(sequence.t_ms.tolist(), sequence.poses, strict=True):
        counter.push(t_ms, pose)
        if t_ms / 1000 >= due_s:
            found = counter.look()
            shown.append((t_ms / 1000, found.reps))
            said += [a for a in found.attempts if not any(_same(a, b) for b in said)]
            due_s = t_ms / 1000 + look_s
    final = counter.finish()
    return Played(
        name=one.name,
        kind=kind,
        idle=one.exercise == REST,
        seconds=sequence.duration_ms / 1000,
        shown=tuple(shown),
        ends_s=tuple(rep.end_ms / 1000 for rep in final.reps),
        passing=sum(not any(_same(a, b) for b in final.attempts) for a in said),
    )


def _same(one: Attempt, other: Attempt) -> bool:
    return one.start_ms < other.end_ms and other.start_ms < one.end_ms


def figures(played: list[Played]) -> dict[str, Any]:
    """Of sets: lateness, first repetitions, sets whose last count shown is the final one, falls,
    attempts in passing. Of idling: repetitions shown a minute."""
    sets = [one for one in played if not one.idle and one.ends_s]
    idle = [one for one in played if one.idle or not one.ends_s]
    late = np.array([s for one in sets for s in one.late_s])
    first = np.array([one.late_s[0] for one in sets])
    off = np.array([_last(one) - len(one.ends_s) for one in sets])
    minutes = sum(one.seconds for one in sets) / 60
    found: dict[str, Any] = {"sets": len(sets), "repetitions": len(late)}
    if sets:
        found |= {
            "late_s": _quantiles(late),
            "soon": _share(late <= SOON_S),
            "early": _share(late < _EARLY_S),
            "first_late_s": _quantiles(first),
            "first_soon": _share(first <= SOON_S),
            "equals_final": _share(off == 0),
            "within_one": _share(np.abs(off) <= 1),
            "sets_that_fell": _share([one.falls > 0 for one in sets]),
            "passing_attempts_a_minute": round(sum(one.passing for one in sets) / minutes, 2),
        }
    if idle:
        minutes = sum(one.seconds for one in idle) / 60
        shown = sum(max((count for _, count in one.shown), default=0) for one in idle)
        found |= {
            "idle_minutes": round(minutes, 1),
            "idle_reps_a_minute": round(shown / minutes, 2),
            "idle_attempts_a_minute": round(sum(one.passing for one in idle) / minutes, 2),
        }
    return found


def _last(one: Played) -> int:
    return one.shown[-1][1] if one.shown else 0


def _quantiles(late: np.ndarray[Any, Any]) -> list[float]:
    """Tenth, median and ninetieth of a hundred."""
    return [round(float(q), 2) for q in np.quantile(late, (0.1, 0.5, 0.9), method="nearest")]


def _share(values: Any) -> float:
    return round(float(np.mean(values)), 3)


def material(
    poses: Path, networks: Path, clips: list[Path], each: int
) -> Iterator[tuple[str, Recording, Path]]:
    """Kind, recording and the folder of a network that has not seen it."""
    labels = poses / "labels.csv"
    for source in ("repcount", "gym_sapiens"):
        found, _ = recordings.read(poses / f"{source}.npz", labels)
        short = [one for one in found if 3_000 < one.sequence.duration_ms <= _LONGEST_MS]
        for one in _some(short, each * 2 if source == "repcount" else each):
            yield source, one, networks / (one.fold if source == "repcount" else source)
    for folder in clips:
        for path in _some(sorted(folder.glob("*.json")), each):
            name = "pushfit_movenet" if path.stem[:5] in ("corre", "wrong") else "all"
            yield folder.name, recordings.dumped(path), networks / name
    for index in range(each * 2):
        shown = film(index, _SEED)
        one = Recording(f"film {index}", shown.sequence, exercise=shown.exercise)
        yield "film", one, networks / "all"


def _some(things: list[Any], number: int) -> list[Any]:
    """This many, evenly spread."""
    return things[:: max(1, len(things) // number)][:number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    parser.add_argument("--networks", type=Path, required=True, help="a folder a fold and source")
    parser.add_argument("--clips", type=Path, nargs="*", default=[], help="folders of keypoints")
    parser.add_argument("--each", type=int, default=_EACH, help="sequences of each kind")
    parser.add_argument("--look", type=float, default=LOOK_S, help="s between two looks")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args()
    loaded: dict[Path, Network] = {}
    played: list[Played] = []
    for kind, one, folder in material(chosen.poses, chosen.networks, chosen.clips, chosen.each):
        network = loaded.setdefault(folder, loaded.get(folder) or load(folder))
        played.append(play(one, kind, network, chosen.look))
    kinds = sorted({one.kind for one in played})
    found = {kind: figures([one for one in played if one.kind == kind]) for kind in kinds}
    found["all"] = figures(played)
    for kind, facts in found.items():
        print(kind, json.dumps(facts))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
