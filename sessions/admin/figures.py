"""What versions were measured at, as rows of a table."""

from dataclasses import dataclass
from typing import Any, Final

from sessions.models import ModelVersion

WORDS: Final = {
    "folds": "People not seen in training",
    "suite": "Made-up people",
    "videos": "Real videos through the browser",
    "labels": "Corrections of this server",
    "obo": "counted within one (OBO)",
    "mae": "mean error (MAE)",
    "exact": "counted exactly",
    "recognition": "recognised",
    "recognised": "recognised",
    "false_reps_per_min": "repetitions a minute where there are none",
    "within_tolerance": "counted within the tolerance",
}
LESS_IS_BETTER: Final = frozenset({"mae", "false_reps_per_min"})


@dataclass(frozen=True, slots=True)
class Figure:
    """verdict: better, worse, or empty where they are alike or not comparable."""

    group: str
    name: str
    own: str
    other: str
    verdict: str


def side_by_side(version: ModelVersion, running: ModelVersion | None) -> list[Figure]:
    """Every figure that either has; of the exercises, how many are counted within one."""
    other = running.metrics if running is not None else {}
    rows = []
    for group in ("folds", "labels", "videos", "suite"):
        own, others = version.metrics.get(group, {}), other.get(group, {})
        for name in dict.fromkeys([*own, *others]):
            rows.append(_figure(WORDS[group], name, own.get(name), others.get(name)))
    own, others = version.metrics.get("exercises", {}), other.get("exercises", {})
    for slug in dict.fromkeys([*own, *others]):
        values = (own.get(slug, {}).get("obo"), others.get(slug, {}).get("obo"))
        rows.append(_figure("Counted within one, by exercise", slug, *values))
    return rows


def _figure(group: str, name: str, own: Any, other: Any) -> Figure:
    ours, theirs = _share(own), _share(other)
    verdict = ""
    if ours is not None and theirs is not None and ours != theirs:
        verdict = "worse" if (ours > theirs) == (name in LESS_IS_BETTER) else "better"
    words = WORDS.get(name, name.replace("_", " "))
    return Figure(group, words, _told(own), _told(other), verdict)


def _share(value: Any) -> float | None:
    if isinstance(value, list):
        return float(value[0] / value[1]) if value[1] else None
    return None if value is None else float(value)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return f"{value[0]} of {value[1]}"
    return "–" if value is None else f"{value:.3f}"
