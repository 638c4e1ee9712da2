"""The few figures of a set of weights that two versions are compared by, from its own files."""

import json
from collections.abc import Mapping
from typing import Any, Final

FOLDS: Final = {"obo": "obo", "mae": "mae", "exact": "exact", "recognition": "recognition"}

SUITE: Final = ("obo", "mae", "exact", "recognised", "false_reps_per_min")
VIDEOS: Final = ("within_tolerance", "exact", "recognised")


def headline(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Figures by name; those that nothing is known of are left out.

    folds: people not seen, five folds. suite: synthetic people. videos: within the tolerance, of
    how many. labels: corrections of this server's athletes, kept out of the training.
    """
    found: dict[str, Any] = {}
    if folds := _read(files, "folds.json"):
        found["folds"] = _chosen(folds.get("all"), FOLDS)
        found["exercises"] = _by_exercise(folds.get("exercises"))
    if suite := _read(files, "suite.json"):
        found["suite"] = _chosen(suite, {key: key for key in SUITE})
    if videos := _read(files, "videos.json"):
        found["videos"] = {key: videos[key] for key in VIDEOS if _is_pair(videos.get(key))}
    if labels := _read(files, "labels.json"):
        found["labels"] = _chosen(labels.get("all"), FOLDS)
    return {name: figures for name, figures in found.items() if figures}


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        read = json.loads(files.get(name, b"{}"))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _chosen(figures: object, names: Mapping[str, str]) -> dict[str, float]:
    if not isinstance(figures, dict):
        return {}
    return {own: figures[key] for own, key in names.items() if _is_number(figures.get(key))}


def _by_exercise(exercises: object) -> dict[str, dict[str, float]]:
    if not isinstance(exercises, dict):
        return {}
    return {str(slug): _chosen(figures, FOLDS) for slug, figures in exercises.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
