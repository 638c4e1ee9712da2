"""How well an exercise that one person has shown is counted in the sets of all others.

Every exercise of RepCount is taken for one's own: three labelled repetitions of one performer are
the reference, and the sets of all other performers are counted. Nothing is trained. Writes the
table of docs/experiments/own-exercise.md between its marks.

    python -m models.own_report [--poses FOLDER] [--out FILE]
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.dataset import DOUBTFUL, WRONG_UPSTREAM
from models.features import Track, sample, track
from models.left_out import DATA
from models.own import FIRST, LEAST_RANGE, smooth, swings, swings_of
from models.own_template import RATE_HZ, Doubles, Mark, Template, longest, make, sampled
from models.recordings import Recording, read
from models.registry import WEIGHTS

OUT: Final = Path(__file__).resolve().parents[1] / "docs" / "experiments" / "own-exercise.md"
BEGIN: Final = "<!-- table -->"
END: Final = "<!-- end -->"
_MARKED: Final = 3
_FEWEST: Final = 3  # performers beside the one who shows it
_STRAY_TURN: Final = 0.2  # of a repetition, at its ends, in which no turn is looked for
_LAGS_S: Final = (0.4, 12.0)
_OTHERS: Final = 3  # sets of other exercises a reference


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    recording: Recording
    source: Track
    performer: str

    @property
    def true(self) -> int:
        return self.recording.count or 0


@dataclass(frozen=True, slots=True)
class Figures:
    """references, pairs: how many; obo, mae: means over references of means over sets."""

    references: int
    pairs: int
    obo: float
    mae: float


def clips_of(folder: Path) -> dict[str, list[Clip]]:
    """By exercise, those with a count."""
    recordings, _ = read(folder / "repcount.npz", folder / "labels.csv")
    found: dict[str, list[Clip]] = defaultdict(list)
    for one in recordings:
        if one.count and one.exercise and one.name not in WRONG_UPSTREAM:
            clip = Clip(one, track(one.sequence), performer_of(one.name))
            found[one.exercise].append(clip)
    return {
        exercise: clips
        for exercise, clips in sorted(found.items())
        if len({clip.performer for clip in clips}) > _FEWEST
    }


def performer_of(name: str) -> str:
    """The data set numbers its performers; films from elsewhere have one each.

    >>> performer_of("stu10_17"), performer_of("train2508")
    ('stu10', 'train2508')
    """
    found = re.match(r"stu\d+(?=_)", name)
    return found[0] if found else name


def references(clips: Iterable[Clip]) -> list[Clip]:
    """One of each performer: the first with labelled repetitions that are not in doubt."""
    chosen: dict[str, Clip] = {}
    for clip in clips:
        spans = clip.recording.spans or ()
        if len(spans) >= _MARKED and clip.recording.name not in DOUBTFUL:
            chosen.setdefault(clip.performer, clip)
    return list(chosen.values())


def template_of(clip: Clip) -> Template | None:
    """Of the three labelled repetitions in the middle; None where they cannot be one."""
    spans = clip.recording.spans or ()
    first = max(0, (len(spans) - _MARKED) // 2)
    marks: list[Mark] = []
    before_ms = 0
    times, poses = sampled(clip.source)
    for start_ms, end_ms in spans[first : first + _MARKED]:
        start_ms = max(before_ms, round(start_ms))
        marks.append(Mark(start_ms, _turn_ms(times, poses, start_ms, end_ms), round(end_ms)))
        before_ms = round(end_ms)
    try:
        return make(clip.recording.sequence, marks)
    except ValueError:
        return None


def _turn_ms(times: Doubles, poses: Doubles, start_ms: float, end_ms: float) -> int:
    """Where the pose is farthest from that at both ends: labels tell no turn."""
    edge = _STRAY_TURN * (end_ms - start_ms)
    inside = (times * 1000 >= start_ms) & (times * 1000 < end_ms)
    middle = inside & (times * 1000 >= start_ms + edge) & (times * 1000 <= end_ms - edge)
    if not middle.any():
        return round((start_ms + end_ms) / 2)
    ends = (poses[inside][0] + poses[inside][-1]) / 2
    far = np.square(poses[middle] - ends).sum(axis=1)
    return round(1000 * float(times[middle][far.argmax()]))


def by_template(clip: Clip, template: Template) -> int:
    return len(swings_of(clip.source, template).counted)


def by_peaks(clip: Clip, _: Template) -> int:
    """Swings along the direction in which most moves: knows no reference."""
    signal = _main_signal(clip)
    low, high = np.percentile(signal, (5, 95))
    return len(swings(signal, max(FIRST * float(high - low), LEAST_RANGE)))


def by_autocorrelation(clip: Clip, _: Template) -> int:
    """Duration over the lag at which the main signal resembles itself most."""
    signal = _main_signal(clip)
    signal = signal - signal.mean()
    least, most = (int(RATE_HZ * s) for s in _LAGS_S)
    lags = np.arange(least, max(least + 1, min(most, len(signal) // 2)))
    alike = [float((signal[lag:] * signal[:-lag]).mean()) for lag in lags]
    return round(len(signal) / int(lags[int(np.argmax(alike))]))


def _main_signal(clip: Clip) -> Doubles:
    poses = sample(clip.source, RATE_HZ)[:, :-1].astype(np.float64)
    poses = poses - np.median(poses, axis=0)
    return smooth(poses @ longest(poses, np.ptp(poses, axis=0)))


METHODS: Final[dict[str, Callable[[Clip, Template], int]]] = {
    "template": by_template,
    "peaks": by_peaks,
    "autocorrelation": by_autocorrelation,
}


def figures_of(
    clips: list[Clip], shown: list[tuple[Clip, Template]], count: Callable[[Clip, Template], int]
) -> Figures:
    hits: list[float] = []
    misses: list[float] = []
    pairs = 0
    for reference, template in shown:
        others = [clip for clip in clips if clip.performer != reference.performer]
        off = np.array([abs(count(clip, template) - clip.true) for clip in others], float)
        true = np.array([clip.true for clip in others], float)
        hits.append(float((off <= 1).mean()))
        misses.append(float((off / true).mean()))
        pairs += len(others)
    return Figures(len(shown), pairs, float(np.mean(hits)), float(np.mean(misses)))


def likenesses(
    everything: dict[str, list[Clip]], shown: dict[str, list[tuple[Clip, Template]]]
) -> tuple[float, float]:
    """Median likeness to the reference of sets of its exercise, and of sets of another."""
    same: list[float] = []
    other: list[float] = []
    for exercise, pairs in shown.items():
        for reference, template in pairs:
            for name, clips in everything.items():
                strange = [clip for clip in clips if clip.performer != reference.performer]
                likeness = [swings_of(c.source, template).likeness for c in strange[:_OTHERS]]
                (same if name == exercise else other).extend(likeness)
    return float(np.median(same)), float(np.median(other))


def table(folder: Path) -> str:
    everything = clips_of(folder)
    shown = {
        exercise: [
            (clip, made) for clip in references(clips) if (made := template_of(clip)) is not None
        ]
        for exercise, clips in everything.items()
    }
    shown = {exercise: pairs for exercise, pairs in shown.items() if pairs}
    network = json.loads((WEIGHTS / "folds.json").read_text())["exercises"]
    lines = [
        "| exercise | references, pairs | template OBO / MAE | peaks | autocorrelation | network |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    sums: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for exercise, pairs in shown.items():
        found = {
            name: figures_of(everything[exercise], pairs, count) for name, count in METHODS.items()
        }
        for name, figures in found.items():
            sums[name].append((figures.obo, figures.mae))
        known: dict[str, Any] = network[exercise]
        sums["network"].append((known["obo"], known["mae"]))
        cells = [_cell(one.obo, one.mae) for one in found.values()]
        cells.append(_cell(known["obo"], known["mae"]))
        size = found["template"]
        lines.append(f"| {exercise} | {size.references}, {size.pairs} | {' | '.join(cells)} |")
    means = [np.mean(sums[name], axis=0) for name in (*METHODS, "network")]
    cells = [f"**{_cell(*(float(part) for part in mean))}**" for mean in means]
    lines.append(f"| mean of exercises | | {' | '.join(cells)} |")
    same, other = likenesses(everything, shown)
    lines += ["", f"Median likeness to the reference: {same:.2f} for sets of the exercise that was"]
    lines[-1] += f" shown, {other:.2f} for sets of another."
    return "\n".join(lines)


def _cell(obo: float, mae: float) -> str:
    return f"{obo:.2f} / {mae:.2f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    arguments.add_argument("--out", type=Path, default=OUT)
    given = arguments.parse_args()
    text = given.out.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    given.out.write_text(f"{before}{BEGIN}\n{table(given.poses)}\n{END}{after}")


if __name__ == "__main__":
    main()
