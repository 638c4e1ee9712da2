"""How well form findings tell right from wrong: the tables of `docs/experiments/form.md`.

    python -m models.form_report synthetic [--clips 20] [--noisy] [--seed N]
    python -m models.form_report angles [--clips 20] [--noisy] [--seed N]
    python -m models.form_report frames --data DIR
    python -m models.form_report clips --data DIR

Balanced accuracy is the mean of the shares of faulty and of good repetitions that are told right.
What is not said counts as "good".
"""

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.body import Doubles
from models.discriminator import analyze
from models.exercises import CATALOGUE
from models.faults import STANDARDS, Fault, View
from models.form import assess
from models.form_figures import Clip, clip
from models.form_labels import FRAMES, clips, fault_of, judged_frames
from models.form_looks import body_of
from models.form_measures import SIDES
from models.form_view import straightened, yaw_deg
from models.results import Rep, Tempo
from models.skeleton import ANGLES

CLIPS: Final = 20
SEED: Final = 11
_OF_TIME: Final = frozenset({"fast_lowering", "uneven_tempo"})
_OF_THE_SET: Final = frozenset({"uneven_tempo"})
_MOST_YAW: Final = 45.0


def balanced(hits: int, guilty: int, wrong: int, good: int) -> tuple[float, float, float]:
    """Share of the guilty found, share of the good left alone, and their mean."""
    found, spared = hits / max(guilty, 1), 1 - wrong / max(good, 1)
    return found, spared, (found + spared) / 2


def synthetic(clips: int, noisy: bool, seed: int) -> Iterator[str]:
    """A line a fault: clips that show it against clips of people without fault, from its views."""
    scores = []
    yield "| exercise | fault | seen from | found | spared | balanced accuracy |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for slug, standard in STANDARDS.items():
        for fault in standard.faults:
            counts = np.zeros(4, int)
            for i in range(clips):
                for guilty in (True, False):
                    rng = np.random.default_rng(
                        [seed, zlib.crc32(f"{slug}{fault.name}".encode()), i, guilty]
                    )
                    shown = clip(slug, fault.name if guilty else None, fault.view, rng, noisy)
                    counts += _told(shown, slug, fault, guilty)
            found, spared, both = balanced(*map(int, counts))
            scores.append(both)
            shares = f"{found:.2f} | {spared:.2f} | {both:.3f}"
            yield f"| {slug} | {fault.name} | {fault.view} | {shares} |"
    high, enough = (np.mean(np.array(scores) >= limit) for limit in (0.95, 0.85))
    yield f"\nmean {np.mean(scores):.3f}, median {np.median(scores):.3f}; "
    yield f"{high:.0%} of {len(scores)} faults at 0.95 or more, {enough:.0%} at 0.85 or more"


def _told(shown: Clip, slug: str, fault: Fault, guilty: bool) -> list[int]:
    """Faulty repetitions found and all of them, good ones blamed and all of them."""
    findings = [one for one in assess(shown.sequence, slug, shown.reps) if one.fault == fault.name]
    if not shown.reps or fault.name in _OF_THE_SET:
        said = int(bool(findings))
        return [said, 1, 0, 0] if guilty else [0, 0, said, 1]
    blamed = {one.rep for one in findings}
    innocent = set(range(len(shown.reps))) - shown.guilty
    return [len(blamed & shown.guilty), len(shown.guilty), len(blamed & innocent), len(innocent)]


def angles(clips: int, noisy: bool, seed: int) -> Iterator[str]:
    """Median error of the exercises' own joints, up to 45° from the view that shows them best."""
    every: dict[str, list[Doubles]] = {"as seen": [], "straightened": []}
    yaws = []
    yield "| exercise | as seen | straightened |"
    yield "| --- | --- | --- |"
    for spec in CATALOGUE:
        if spec.slug not in STANDARDS:
            continue
        own: dict[str, list[Doubles]] = {name: [] for name in every}
        view: View = "front" if spec.view == "front" else "side"
        for i in range(clips):
            shown = _turned(spec.slug, view, noisy, [seed, i])
            body = body_of(shown.sequence)
            if body is None or len(body.t_ms) != len(shown.true_points):
                continue
            yaw = float(np.median(yaw_deg(body.points)))
            yaws.append(abs(yaw - shown.yaw_deg))
            straight = straightened(body.points, view, yaw)
            for name, points in (("as seen", body.points), ("straightened", straight)):
                own[name].append(_errors(points, shown.true_points, spec.joints[:1]))
        medians = _medians(own)
        yield f"| {spec.slug} | {medians['as seen']:.1f}° | {medians['straightened']:.1f}° |"
        for name, found in own.items():
            every[name] += found
    medians = _medians(every)
    yield f"| all | {medians['as seen']:.1f}° | {medians['straightened']:.1f}° |"
    yield f"\nyaw: median error {np.median(yaws):.1f}°"


def _medians(errors: dict[str, list[Doubles]]) -> dict[str, float]:
    return {name: float(np.median(np.concatenate(found))) for name, found in errors.items()}


def _turned(slug: str, view: View, noisy: bool, seed: list[int]) -> Clip:
    """A clip of good form, up to 45° from this view: of those from anywhere the first that is."""
    rng = np.random.default_rng([zlib.crc32(slug.encode()), *seed])
    while True:
        shown = clip(slug, None, "any", rng, noisy)
        off = 90 - shown.yaw_deg if view == "front" else shown.yaw_deg
        if off <= _MOST_YAW:
            return shown


def _errors(points: Doubles, true_points: Doubles, joints: tuple[str, ...]) -> Doubles:
    found = [
        np.abs(_angle(points, f"{side}_{joint}") - _angle(true_points, f"{side}_{joint}"))
        for joint in joints
        for side in SIDES
    ]
    return np.concatenate(found)


def _angle(points: Doubles, name: str) -> Doubles:
    """(T,) degrees of a joint, of points (T, 17, D) in the plane or in space."""
    a, b, c = (points[:, k] for k in ANGLES[name])
    u, v = a - b, c - b
    lengths = np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1)
    cosine = (u * v).sum(axis=1) / np.maximum(lengths, 1e-9)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def frames(folder: Path) -> Iterator[str]:
    """Two lines a labelled fault of single frames, those of calibration and those of the test;
    frames that cannot be judged are left out."""
    yield "| file | fault | part | frames | judged | found | spared | balanced accuracy |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for of in FRAMES:
        fault = fault_of(of.exercise, of.fault)
        values, guilt = judged_frames(folder / "static" / "form_frames", of)
        for part, rows in (
            ("calibration", slice(0, of.test_from)),
            ("test", slice(of.test_from, None)),
        ):
            if len(values[rows]):
                shares = _shares(values[rows], guilt[rows], fault)
                yield f"| {of.file} | {of.fault} | {part} | {len(values[rows])} | {shares} |"


def _shares(values: Doubles, guilt: NDArray[np.bool_], fault: Fault) -> str:
    known = np.isfinite(values)
    said = np.array([fault.severity(value) > 0 for value in np.nan_to_num(values, nan=fault.limit)])
    pairs = ((said & guilt), (known & guilt), (said & ~guilt), (known & ~guilt))
    found, spared, both = balanced(*(int(each.sum()) for each in pairs))
    return f"{known.mean():.0%} | {found:.2f} | {spared:.2f} | {both:.3f}"


def labelled_clips(folder: Path) -> Iterator[str]:
    """Clips called right or wrong without saying why: the share of each in which a fault is found,
    and for each fault. Where no repetition is found, the whole clip is taken for one."""
    said: dict[str, Counter[tuple[str, bool]]] = {}
    total: Counter[tuple[str, bool]] = Counter()
    for recording, exercise, wrong in clips(folder / "poses"):
        reps = analyze(recording.sequence, exercise).reps
        whole = Rep(0, 0, recording.sequence.duration_ms, 1.0, None, Tempo(0, 0, 0))
        found = {one.fault for one in assess(recording.sequence, exercise, reps or (whole,))}
        total[exercise, wrong] += 1
        own = said.setdefault(exercise, Counter())
        own.update((name, wrong) for name in found)
        own["any fault", wrong] += bool(found)
        own["any fault but of tempo", wrong] += bool(found - _OF_TIME)
        own["no repetition found", wrong] += not reps
    yield "| exercise | said | of clips called wrong | of those called correct | balanced |"
    yield "| --- | --- | --- | --- | --- |"
    for exercise, own in said.items():
        bad, good = total[exercise, True], total[exercise, False]
        for name in sorted({name for name, _ in own}):
            _, _, both = balanced(own[name, True], bad, own[name, False], good)
            counts = f"{own[name, True]} of {bad} | {own[name, False]} of {good}"
            yield f"| {exercise} | {name} | {counts} | {both:.3f} |"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Score the form findings.")
    parser.add_argument("what", choices=("synthetic", "angles", "frames", "clips"))
    parser.add_argument("--data", type=Path, help="folder with poses/ and static/")
    parser.add_argument("--clips", type=int, default=CLIPS, help="of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--noisy", action="store_true", help="keypoints as PoseNet finds them")
    chosen = parser.parse_args(arguments)
    if chosen.what in ("frames", "clips") and chosen.data is None:
        print(
            f"form_report: --data: expected the folder of the data for {chosen.what}",
            file=sys.stderr,
        )
        return 2
    lines = {
        "synthetic": lambda: synthetic(chosen.clips, chosen.noisy, chosen.seed),
        "angles": lambda: angles(chosen.clips, chosen.noisy, chosen.seed),
        "frames": lambda: frames(chosen.data),
        "clips": lambda: labelled_clips(chosen.data),
    }[chosen.what]()
    for line in lines:
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
