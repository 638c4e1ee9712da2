"""Reads what clients were told and what the database holds, and compares. Knows nothing else."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

REPS = """
    SELECT start_ms, turn_ms, end_ms FROM workouts_rep
    WHERE set_id = %s ORDER BY start_ms
"""
SET = """
    SELECT clips_received, clip_count, revision = analyzed_revision, exercise, rep_count,
           final_rep_count, trend_due
    FROM workouts_workoutset WHERE id = %s
"""
TREND = """
    SELECT coalesce(sum(d.reps), 0) FROM workouts_trendday d
    JOIN workouts_workoutsession w ON w.athlete_id = d.athlete_id
    JOIN workouts_workoutset s ON s.workout_id = w.id WHERE s.id = %s
"""


@dataclass(frozen=True)
class Result:
    """Of one set: what was counted, movement by movement, and what the trend knows of it."""

    exercise: str
    rep_count: int
    in_trend: int
    reps: tuple[tuple[int, ...], ...]


@dataclass
class Findings:
    """What is wrong; `problems` empty: nothing."""

    acknowledged: int = 0
    sets: int = 0
    problems: list[str] = field(default_factory=list)


def journal_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def result_of(database: "psycopg.Connection[Any]", set_id: str) -> Result | None:
    """None as long as something is still to be done for the set."""
    row = database.execute(SET, (set_id,)).fetchone()
    if row is None:
        return None
    received, count, analyzed, exercise, reps, _final, due = row
    if received != count or not analyzed or due:
        return None
    rows = tuple(tuple(rep) for rep in database.execute(REPS, (set_id,)).fetchall())
    [in_trend] = database.execute(TREND, (set_id,)).fetchone() or (0,)
    return Result(exercise, reps, in_trend, rows)


def verify(url: str, journal: Path, expected: dict[int, Result]) -> Findings:
    """expected: of each film, the result of a run in which nothing went wrong."""
    found = Findings()
    lines = journal_lines(journal)
    with psycopg.connect(url, autocommit=True) as database:
        _clips(database, lines, found)
        for line in (line for line in lines if line["what"] == "finished"):
            found.sets += 1
            got, want = result_of(database, line["set"]), expected[line["film"]]
            if got != want:
                found.problems.append(f"set {line['set']}: {got} instead of {want}")
    return found


def _clips(
    database: "psycopg.Connection[Any]", lines: list[dict[str, Any]], found: Findings
) -> None:
    told = {(line["set"], line["index"]) for line in lines if line["what"] == "clip"}
    rows = database.execute("SELECT set_id::text, index FROM workouts_clip").fetchall()
    stored = Counter((str(set_id), index) for set_id, index in rows)
    found.acknowledged = len(told)
    found.problems += [f"clip {key} was acknowledged and is lost" for key in told - stored.keys()]
    found.problems += [f"clip {key} is there {n} times" for key, n in stored.items() if n > 1]
