"""Films of people who come and go: what the page's tests see is what the code makes."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.positioning import FPS, SEED, SLUGS, told, visit
from models.skeleton import K

FIXTURE = Path(__file__).parents[1] / "fixtures" / "positioning.json"


def steps(told_visit: dict[str, Any]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(told_visit["poses"]), "<u2").astype(int)


@pytest.mark.parametrize("index", [0, SLUGS.index("push_up")])
def test_the_fixture_is_what_the_code_writes(index: int) -> None:
    kept = json.loads(FIXTURE.read_text())["visits"][index]
    made = told(visit(SLUGS[index], np.random.default_rng([SEED, index])))
    assert {**made, "poses": None} == {**kept, "poses": None}
    assert np.abs(steps(made) - steps(kept)).max() <= 1  # of 65535: processors round differently


def test_somebody_comes_from_outside_exercises_and_leaves() -> None:
    seen = visit("squat", np.random.default_rng(3), count=4)
    assert seen.poses.shape[1:] == (K, 3)
    assert len(seen.starts_s) == len(seen.ends_s) == 4
    scores = seen.poses[..., 2].mean(axis=1)
    first, last = round(seen.starts_s[0] * FPS), round(seen.ends_s[-1] * FPS)
    during = scores[first:last].mean()
    assert scores[: round(FPS)].mean() < 0.7 * during
    assert scores[-round(FPS) :].mean() < 0.3 * during
    assert ((seen.poses >= 0) & (seen.poses <= 1)).all()
