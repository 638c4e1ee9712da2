"""Golden vectors of the form findings: what this code finds in generated clips, for other copies.

`form_golden.json` holds sequences, spans of repetitions, and findings. The browser's copy is tested
against it, and so is this code: neither drifts.

    python -m models.form_golden
"""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from models.form import assess
from models.form_figures import clip
from models.golden import pack, sequence_of
from models.results import Rep, Tempo

PATH: Final = Path(__file__).with_name("form_golden.json")
_STEPS: Final = 65_535
# exercise, fault, view it is filmed from, repetitions, as PoseNet sees it
_CASES: Final = (
    ("squat", "depth", "side", 3, True),
    ("squat", "knee_cave", "front", 3, False),
    ("squat", "uneven_tempo", "any", 5, False),
    ("push_up", "sagging_hips", "side", 3, True),
    ("push_up", "elbow_flare", "profile", 3, False),
    ("pull_up", "asymmetry", "front", 3, True),
    ("bicep_curl", "swinging_trunk", "side", 3, False),
    ("lunge", "knee_forward", "side", 3, False),
    ("front_raise", "fast_lowering", "side", 4, True),
    ("jumping_jack", "feet_narrow", "front", 3, False),
    ("mountain_climber", "piked_hips", "side", 3, False),
    ("plank", "piked_hips", "side", 0, False),
)


def cases() -> list[dict[str, Any]]:
    return [_case(seed, *case) for seed, case in enumerate(_CASES)]


def findings_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What is found in the sequence of a case."""
    reps = [Rep(start, start, end, 1.0, None, Tempo(1, 0, 1)) for start, end in case["reps"]]
    return [asdict(one) for one in assess(sequence_of(case), case["exercise"], reps)]


def _case(seed: int, slug: str, fault: str, view: Any, reps: int, noisy: bool) -> dict[str, Any]:
    shown = clip(slug, fault, view, np.random.default_rng([seed, 1]), noisy)
    kept = shown.reps[:reps]
    end_ms = kept[-1].end_ms if kept else 4_000
    sequence = shown.sequence.between(0, end_ms)
    thinned = replace(sequence, t_ms=sequence.t_ms[::2], poses=sequence.poses[::2])
    case: dict[str, Any] = {
        "name": f"{slug}, {fault}",
        "exercise": slug,
        "aspect": thinned.aspect,
        "t_ms": thinned.t_ms.tolist(),
        "poses": pack(np.round(np.clip(thinned.poses, 0, 1) * _STEPS).astype("<u2")),
        "reps": [[rep.start_ms, rep.end_ms] for rep in kept],
    }
    return {**case, "findings": findings_of(case)}


def write() -> None:
    PATH.write_text(json.dumps({"cases": cases()}) + "\n")


if __name__ == "__main__":
    write()
