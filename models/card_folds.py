"""Sections of the model card that tell what the folds measured."""

from typing import Any, Final

from models.boundaries import PRESENT
from models.calibration import BINS
from models.peers import NAMES, PUBLISHED, PUBLISHED_ON
from models.reliability import PLOT
from models.scoring import paragraph, shown, table

_HEAD: Final = ("n", "OBO", "MAE", "exact", "recognised")
_ANSWERS: Final = {
    "recognition": "the exercise's name",
    "repetition": "a counted repetition",
}


def counting(folds: dict[str, Any]) -> str:
    lines = {
        "all labels": folds.get("all"),
        "without labels that disagree with the signal": folds.get("without_doubtful"),
        "all labels, the exercise known": folds.get("exercise_known"),
        "1 to 6 repetitions": folds.get("short_sets"),
    }
    rows = [[name, *_row(s)] for name, s in lines.items() if s]
    return "\n\n".join(
        (
            paragraph(
                "RepCount, five folds with performers kept apart, the exercise unknown unless said"
                " otherwise, every sequence scored. OBO: share counted within one. MAE: mean of"
                " |counted − true| / true. Both, and exact, are of sequences that have repetitions:"
                f" {folds['all']['counted']} of {folds['all']['sequences']}."
            ),
            table(("", *_HEAD), rows),
            table(
                ("exercise", *_HEAD),
                [[name, *_row(s)] for name, s in folds["exercises"].items()],
            ),
            paragraph(
                f"The standard error of the first OBO is {_error(folds['all']):.3f}. The decoder's"
                " constants were chosen on the same folds, so expect .01 to .03 less elsewhere. The"
                " shipped weights are trained on all folds: on these sequences they have no honest"
                f" figure.{_shared(folds.get('networks', {}))}"
            ),
        )
    )


def _shared(networks: dict[str, str]) -> str:
    """A sentence where one network stands for several folds, of which it has seen none."""
    by_network: dict[str, list[str]] = {}
    for fold, version in networks.items():
        by_network.setdefault(version, []).append(fold)
    together = [" and ".join(names) for names in by_network.values() if len(names) > 1]
    if not together:
        return ""
    return f" Folds {', '.join(together)} were left out together, so less was learnt from."


def confusion(folds: dict[str, Any]) -> str:
    rows = folds["confusion"]
    answers = sorted({answer for row in rows.values() for answer in row})
    body = [[f"**{name}**", *(row.get(one, "") for one in answers)] for name, row in rows.items()]
    return "\n\n".join(
        (
            'A row is what was done, a column what was answered; "none" is "nobody exercised".',
            table(("", *answers), body),
            paragraph(
                f"Had a name to be given, counted or not, {shown(folds['all']['likeliest'])} of the"
                " sequences would have the right one."
            ),
        )
    )


def boundaries(folds: dict[str, Any]) -> str:
    marks = folds.get("boundaries")
    if not marks:
        return ""
    return paragraph(
        f"Repetitions matched one to one with the {marks['repetitions']} labelled ones, overlap of"
        f" at least one half: **F1 {marks['f1']:.3f}** (precision {marks['precision']:.3f}, recall"
        f" {marks['recall']:.3f}). Annotators begin a repetition where they like. Oracle, with each"
        f" sequence moved by the one constant that fits best: {marks['f1_best_shift']:.3f}."
    )


def calibration(folds: dict[str, Any]) -> str:
    measured = folds.get("calibration")
    if not measured:
        return ""
    rows = [
        [what, m["answers"], m["right"], m["ece_raw"], m["ece_calibrated"], m["ece_by_chance"]]
        for name, what in _ANSWERS.items()
        if (m := measured.get(name))
    ]
    head = ("confidence of", "answers", "right", "ECE raw", "ECE calibrated", "by chance")
    return "\n\n".join(
        (
            f"![Share of answers that were right, by their confidence]({PLOT})",
            table(head, rows),
            paragraph(
                f"ECE: expected calibration error over {BINS} bins; by chance: what this many"
                " answers would show if every confidence were true. Two numbers a line turn raw"
                " confidence into a probability (Platt); here each fold by those of the others. A"
                f" repetition is right if it overlaps a labelled one by {PRESENT}, wherever it is"
                " said to begin. Fitted on min-maxed keypoints of whole videos: before a camera"
                " they are the best guess there is."
            ),
        )
    )


def oracle(folds: dict[str, Any]) -> str:
    found = folds.get("oracle")
    if not found:
        return ""
    rows = [
        ["honest: the rate chosen without the truth", *_counts(folds["all"])],
        ["oracle: of all rates the count nearest the truth", *_counts(found["nearest_rate"])],
        ["oracle: of all classes the count nearest the truth", *_counts(found["nearest_class"])],
    ]
    return "\n\n".join(
        (
            "What a better choice could have given. Oracle figures are no results: they know the"
            " answer.",
            table(("", *_HEAD[:-1]), rows),
        )
    )


def peers(folds: dict[str, Any]) -> str:
    found = folds.get("peers")
    if not found:
        return ""
    marks = folds.get("boundaries") or {}
    rows: list[list[Any]] = [
        ["**this, exercise unknown**", *_counts(folds["all"]), marks.get("f1")],
        *([NAMES[name], *_counts(s), s["boundaries"]] for name, s in found.items()),
        *([name, PUBLISHED_ON, obo, mae, None, None] for name, (obo, mae) in PUBLISHED.items()),
    ]
    return "\n\n".join(
        (
            paragraph(
                "Signal counters on MediaPipe keypoints (BeIanChang/RepCountExp, Apache-2.0),"
                " scored here from their per-video counts by the same definitions; the last lines"
                " are figures as others report them."
            ),
            table(("", "n", "OBO", "MAE", "exact", "boundaries F1"), rows),
        )
    )


def _row(s: dict[str, Any]) -> list[Any]:
    return [s["sequences"], s["obo"], s["mae"], s["exact"], s["recognition"]]


def _counts(s: dict[str, Any]) -> list[Any]:
    return [s["counted"], s["obo"], s["mae"], s["exact"]]


def _error(s: dict[str, Any]) -> float:
    return float((s["obo"] * (1 - s["obo"]) / s["counted"]) ** 0.5)
