"""Golden vectors of own exercises: templates of sequences in `golden.json`, and what they count.

python -m models.own_golden
"""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from models import golden
from models.own import analyze
from models.own_template import Mark, Template, make
from models.registry import WEIGHTS
from models.results import Analysis
from models.sequence import Sequence

PATH: Final = Path(__file__).with_name("own_golden.json")
# name, the sequence that is shown, those that are counted; the network's repetitions are the marks
_SHOWN: Final = (
    ("squat", "squats", ("squats", "a long wait", "slow and few", "weak keypoints", "nobody")),
    ("press", "gaps and uneven times", ("gaps and uneven times", "swapped sides", "a moment")),
)


def write() -> None:
    PATH.write_text(json.dumps({"shown": [_facts(*one) for one in _SHOWN]}, indent=1) + "\n")


def cases() -> dict[str, dict[str, Any]]:
    facts = json.loads((WEIGHTS / golden.FILE).read_text())
    return {case["name"]: case for case in facts["cases"]}


def mirrored(sequence: Sequence) -> Sequence:
    """The same in a mirror: x turned round, names of left and right kept."""
    poses = sequence.poses.copy()
    poses[:, :, 0] = np.where(poses[:, :, 2] > 0, 1 - poses[:, :, 0], poses[:, :, 0])
    return Sequence(sequence.t_ms, poses, sequence.aspect)


def template_of(case: dict[str, Any], marks: list[list[int]]) -> Template:
    return make(golden.sequence_of(case), [Mark(*mark) for mark in marks])


def answers_of(case: dict[str, Any], template: Template) -> dict[str, Any]:
    sequence = golden.sequence_of(case)
    begun = golden.beginning(sequence)
    return {
        "whole": _told(analyze(sequence, template, "own-x")),
        "open": _told(analyze(begun, template, "own-x", is_open=True)),
        "mirrored": _told(analyze(mirrored(sequence), template, "own-x")),
    }


def _facts(name: str, shown: str, counted: tuple[str, ...]) -> dict[str, Any]:
    known = cases()
    # start_ms, end_ms, confidence, turn_ms, …
    marks = [[rep[0], rep[3], rep[1]] for rep in known[shown]["answer"]["reps"]]
    template = template_of(known[shown], marks)
    stored = Template.from_json(json.loads(json.dumps(template.to_json())))
    return {
        "name": name,
        "case": shown,
        "marks": marks,
        "template": template.to_json(),
        "answers": {one: answers_of(known[one], stored) for one in counted},
    }


def _told(found: Analysis) -> dict[str, Any]:
    """Repetitions: start, turn, end (ms), degrees, confidence, tempo; attempts: start, end, why."""
    return {
        "confidence": found.confidence,
        "reps": [
            [
                *(rep.start_ms, rep.turn_ms, rep.end_ms, rep.rom_deg, rep.confidence),
                *(rep.tempo_s.down, rep.tempo_s.pause, rep.tempo_s.up),
            ]
            for rep in found.reps
        ],
        "attempts": [
            [one.start_ms, one.end_ms, one.reason, one.rom_deg, one.needed_deg]
            for one in found.attempts
        ],
    }


if __name__ == "__main__":
    write()
