"""docs/access.md as data."""

import re
from pathlib import Path

from tests.config.access.world import ACTORS

PATH = Path(__file__).resolve().parents[3] / "docs" / "access.md"
ROW = re.compile(r"^\| `((?:GET|POST|PUT|PATCH|DELETE|WS) [^`]+)` \|(.+)\|$", re.MULTILINE)

Answers = dict[str, str]


def read_table() -> dict[str, Answers]:
    """Of each endpoint what each actor is answered. Raises ValueError for a row that is wrong."""
    text = PATH.read_text()
    rows: dict[str, Answers] = {}
    for endpoint, cells in ROW.findall(text):
        told = [cell.strip() for cell in cells.split("|")]
        if len(told) != len(ACTORS):
            raise ValueError(f"{endpoint}: {len(told)} answers for {len(ACTORS)} actors")
        if endpoint in rows:
            raise ValueError(f"{endpoint} stands there twice")
        rows[endpoint] = dict(zip(ACTORS, told, strict=True))
    return rows


def as_row(endpoint: str, told: Answers) -> str:
    return f"| `{endpoint}` | {' | '.join(told[actor] for actor in ACTORS)} |"
