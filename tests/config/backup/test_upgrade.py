"""Databases of earlier states of the code go on with this one, with every row that they had.

`tests/fixtures/schemas` holds backups of demo people, made by the code of the time and cut down:
1 could train and see trends, 2 had corrections and plans, 3 exports and imports, 4 coaches and
admin. Whoever changes tables for good adds one more with `manage.py backup`.
"""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.config.backup.content import canonical
from tests.config.backup.running import Env, manage, on_postgres, on_sqlite, told
from tests.live import ROOT

STATES = sorted((ROOT / "tests/fixtures/schemas").glob("*.pcb"))
# What an update changes on purpose: the catalogue's own words, and what follows from results.
MADE_ANEW = {"workouts.exercise", "auth.permission", "contenttypes.contenttype",
             "coach.programmeday", "coach.prescription", "coach.programme"}  # fmt: skip

# Columns that a migration says anew: scopes were other words once (coach.0004), and trends are
# made again where they got new figures (workouts.0004).
REWRITTEN = {("coach.coachlink", "scopes"), ("workouts.workoutset", "trend_due")}


def rows_of(file: Path) -> dict[str, tuple[list[str], list[list[Any]]]]:
    with zipfile.ZipFile(file) as archive:
        tables = orjson.loads(archive.read("manifest.json"))["tables"]
        return {
            one["name"]: (
                one["columns"],
                [
                    orjson.loads(line)
                    for line in archive.read(f"tables/{one['name']}.jsonl").splitlines()
                ],
            )
            for one in tables
        }


def lost(before: Path, after: Path) -> list[str]:
    """Rows that are gone, and values that became others, of columns that are still there."""
    new, problems = rows_of(after), []
    for table, (columns, rows) in rows_of(before).items():
        if table in MADE_ANEW or not rows:
            continue
        new_columns, new_rows = new.get(table, ([], []))
        shared = [one for one in columns if one in new_columns and (table, one) not in REWRITTEN]
        at = [new_columns.index(name) for name in shared]
        there = {orjson.dumps(canonical([row[i] for i in at])) for row in new_rows}
        for row in rows:
            told_now = orjson.dumps(canonical([row[columns.index(name)] for name in shared]))
            if told_now not in there:
                problems.append(f"{table}: {told_now[:200]!r}")
    return problems


def test_there_are_states_and_the_comparison_can_fail(tmp_path: Path) -> None:
    assert len(STATES) == 4
    assert lost(STATES[0], STATES[3])
    assert not lost(STATES[3], STATES[3])


def updated(state: Path, env: Env, tmp_path: Path) -> list[str]:
    """As `git pull` and `make run` do it: the same database, and `setup` of the new code."""
    told("tests.config.backup.old", state, env=env)
    manage("setup", "--no-demo", env=env)
    manage("backup", tmp_path / "after.pcb", env=env)
    return lost(state, tmp_path / "after.pcb")


@pytest.mark.parametrize("state", STATES, ids=lambda path: path.stem)
def test_on_sqlite_all_rows_stay_and_a_copy_is_made_first(state: Path, tmp_path: Path) -> None:
    env = on_sqlite(tmp_path / "data")
    older = [tmp_path / "data" / f"before-2020010{day}T000000Z.sqlite3" for day in (1, 2, 3)]
    for one in older:
        one.touch()
    assert updated(state, env, tmp_path) == []
    *left, copy = sorted((tmp_path / "data").glob("before-*.sqlite3"))
    assert left == older[1:], "of four the oldest goes"
    with closing(sqlite3.connect(copy)) as old:
        [[people]] = old.execute("SELECT count(*) FROM accounts_user")
        names = {name for [name] in old.execute("SELECT name FROM django_migrations")}
    assert people == 3
    assert "0008_consents_and_erased" not in names
    manage("setup", "--no-demo", env=env)  # nothing to migrate: no copy
    assert sorted((tmp_path / "data").glob("before-*.sqlite3")) == [*left, copy]


@pytest.mark.engines
@pytest.mark.parametrize("state", STATES, ids=lambda path: path.stem)
def test_on_postgresql_all_rows_stay(state: Path, postgres_url: str, tmp_path: Path) -> None:
    assert updated(state, on_postgres(postgres_url, tmp_path / "data"), tmp_path) == []


@pytest.mark.engines
@pytest.mark.parametrize("state", [STATES[0], STATES[-1]], ids=lambda path: path.stem)
def test_an_old_backup_is_brought_up_to_this_code(
    state: Path, postgres_url: str, tmp_path: Path
) -> None:
    env = on_postgres(postgres_url, tmp_path / "data")
    manage("restore", state, env=env)
    manage("backup", tmp_path / "after.pcb", env=env)
    assert lost(state, tmp_path / "after.pcb") == []
