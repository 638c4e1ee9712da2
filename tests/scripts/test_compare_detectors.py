"""Films' poses become the lines of a comparison."""

import json

from models import golden
from models.registry import WEIGHTS
from scripts.compare_detectors import count

CASES = {case["name"]: case for case in json.loads((WEIGHTS / golden.FILE).read_text())["cases"]}


def film(name: str) -> dict:
    """As the browser answers."""
    sequence = golden.sequence_of(CASES[name])
    poses = sequence.poses.reshape(len(sequence), -1).tolist()
    size = {"widthPx": 480, "heightPx": 640}  # the golden sequences' aspect
    return {**size, "tMs": sequence.t_ms.tolist(), "poses": poses, "estimators": ["bare"]}


def test_a_film_of_three_squats_is_counted_as_the_server_would() -> None:
    found = count(film("squats"))
    assert (found["exercise"], found["reps"], found["estimators"]) == ("squat", 3, ["bare"])


def test_a_film_without_anybody_counts_nothing() -> None:
    found = count(film("nobody"))
    assert (found["exercise"], found["reps"]) == (None, 0)
    assert found["frames"] == len(film("nobody")["tMs"])
