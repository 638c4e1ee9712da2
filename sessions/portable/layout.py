"""What an export looks like: names, columns and limits. docs/export-format.md says it in words."""

import re
from typing import Final
from uuid import UUID

from models.clip import MAX_FRAMES
from sessions.models import MAX_CLIPS

FORMAT: Final = "posecoach-export"
VERSION: Final = 1

MANIFEST: Final = "manifest.json"
PROFILE: Final = "profile.json"
TABLE: Final = "sets.csv"
_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
WORKOUT_FILE: Final = re.compile(rf"workouts/({_UUID})\.json")
CLIPS_FILE: Final = re.compile(rf"keypoints/({_UUID})\.pccl")
PART_FILE: Final = re.compile(r"[a-z]{1,16}\.json")

CLIP_BYTES: Final = 256 + 128 * MAX_FRAMES  # the longest of docs/clip-format.md is pure noise
MAX_JSON_BYTES: Final = 8 * 1024**2
MAX_CONTAINERS: Final = 200_000  # lists and objects in one file of JSON
MAX_CLIPS_BYTES: Final = MAX_CLIPS * CLIP_BYTES
MAX_TABLE_BYTES: Final = 256 * 1024**2
MAX_TOTAL_BYTES: Final = 4 * 1024**3
MAX_RATIO: Final = 100  # unpacked to packed; numbers in JSON come to about 10
RATIO_FROM_BYTES: Final = 256 * 1024

IMPORTED: Final = "import"  # model version of what was counted elsewhere

PAIN: Final = ("pain_level", "pain_area")  # of a workout; older files have none
SHOWN: Final = ("slug", "name", "description", "view", "joints")  # of an own exercise
SET: Final = (
    "index", "source", "clip_count", "clips_received", "abandoned", "target_reps", "target_hold_s",
    "weight_kg", "rpe", "note", "revision", "analyzed_revision", "analyzed_to_ms", "failures",
    "model_version", "exercise", "confidence", "visible", "rep_count", "attempt_count", "hold_s",
    "active_s",
)  # fmt: skip
FINAL: Final = ("final_rep_count", "final_exercise", "rom_deg")
REP: Final = (
    "index", "start_ms", "turn_ms", "end_ms", "rom_deg", "rom_left_deg", "rom_right_deg", "down_s",
    "pause_s", "up_s", "confidence", "model_version",
)  # fmt: skip
ATTEMPT: Final = ("start_ms", "end_ms", "reason", "rom_deg", "needed_deg", "model_version")
FINDING: Final = (
    "fault", "joint", "phase", "measured", "limit", "unit", "severity", "start_ms", "end_ms",
    "model_version",
)  # fmt: skip
CORRECTION: Final = ("kind", "rep_count", "start_ms", "end_ms")
CLIP: Final = ("index", "sha256", "set_revision")


def workout_file(workout_id: UUID) -> str:
    return f"workouts/{workout_id}.json"


def clips_file(set_id: UUID) -> str:
    return f"keypoints/{set_id}.pccl"


def most_bytes(name: str) -> int | None:
    """How long a file of this name may be, unpacked; None for a name that no export has."""
    if CLIPS_FILE.fullmatch(name):
        return MAX_CLIPS_BYTES
    if name == TABLE:
        return MAX_TABLE_BYTES
    known = WORKOUT_FILE.fullmatch(name) or PART_FILE.fullmatch(name)
    return MAX_JSON_BYTES if known else None
