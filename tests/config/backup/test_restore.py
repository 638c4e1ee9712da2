"""A backup comes back as it was: on either engine, from one to the other, and up to this code."""

import os
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.config.backup.running import (
    Env,
    copied,
    manage,
    on_postgres,
    on_sqlite,
    python,
    refused,
    told,
)

FILLED, CONTENT = "tests.config.backup.filled", "tests.config.backup.content"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Env:
    """A SQLite database with everything in it."""
    env = on_sqlite(tmp_path_factory.mktemp("home"))
    told(FILLED, env=env)
    return env


@pytest.fixture(scope="module")
def kept(home: Env, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "home.pcb"
    assert "not encrypted" in manage("backup", file, env=home)
    return file


def rewritten(source: Path, target: Path, **changes: Any) -> Path:
    """The same backup with another manifest."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "manifest.json":
                body = orjson.dumps(orjson.loads(body) | changes)
            new.writestr(name, body)
    return target


@pytest.mark.engines
def test_from_sqlite_to_postgresql_and_back_every_row_is_the_same(
    home: Env, postgres_url: str, tmp_path: Path
) -> None:
    before = told(CONTENT, env=home)
    assert sum(rows for rows, _ in before.values()) > 300
    secret = {"BACKUP_PASSPHRASE": "four calm otters"}
    server = on_postgres(postgres_url, tmp_path / "server")
    again = on_sqlite(tmp_path / "again")
    for source, target, name in ((home, server, "a.pcb"), (server, again, "b.pcb")):
        file = tmp_path / name
        manage("backup", file, env=source | secret)
        assert b"example.org" not in file.read_bytes()
        assert "no backup" not in manage("restore", file, env=target | secret)
        after = told(CONTENT, env=target)
        assert {name: after[name] for name in before} == before
    counts = told(CONTENT, "--count-again", env=server)
    assert {before[1] for before, _ in counts.values()} == {2, 4}
    assert all(before == after for before, after in counts.values())
    # The next row of each table gets a number of its own.
    manage("setup", "--no-demo", env=server)
    add = ("shell", "-c", "from accounts.models import *; from django.utils import timezone; "
           "Consent.objects.create(user=User.objects.first(), document='movement', version='1', "
           "language='en', agreed_at=timezone.now())")  # fmt: skip
    manage(*add, env=server)


@pytest.mark.engines
def test_a_database_with_people_in_it_is_not_given_up_by_accident(
    kept: Path, postgres_url: str, tmp_path: Path
) -> None:
    for env in (on_sqlite(tmp_path / "file"), on_postgres(postgres_url, tmp_path / "server")):
        manage("setup", "--no-demo", env=env)
        manage("restore", kept, env=env)  # an empty one with the catalogue is nobody's
        person = "from accounts.models import User; User.objects.create_user('new@example.org')"
        manage("shell", "-c", person, env=env)
        assert "--replace" in refused("restore", kept, env=env)
        new = "User.objects.filter(email='new@example.org')"
        ask = f"from accounts.models import User; print({new}.count())"
        assert manage("shell", "-v", "0", "-c", ask, env=env).split()[-1] == "1"
        manage("restore", kept, "--replace", env=env)
        assert manage("shell", "-v", "0", "-c", ask, env=env).split()[-1] == "0"


@pytest.mark.engines
def test_what_cannot_be_read_to_its_end_changes_nothing(
    home: Env, kept: Path, postgres_url: str, tmp_path: Path
) -> None:
    body = bytearray(kept.read_bytes())
    body[len(body) // 2] ^= 0xFF
    (tmp_path / "damaged.pcb").write_bytes(body)
    tables = orjson.loads(zipfile.ZipFile(kept).read("manifest.json"))["tables"]
    # Each sum is right, and rows of a table are missing that others refer to: found at the load.
    fewer = [one for one in tables if one["name"] != "workouts.workoutsession"]
    orphans = tmp_path / "orphans.pcb"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(orphans, "w") as new:
        for name in old.namelist():
            if name == "manifest.json":
                found = orjson.loads(old.read(name)) | {"tables": fewer}
                new.writestr(name, orjson.dumps(found))
            elif name != "tables/workouts.workoutsession.jsonl":
                new.writestr(name, old.read(name))
    server = on_postgres(postgres_url, tmp_path / "server")
    manage("restore", kept, env=server)
    for env in (copied(home, tmp_path / "file"), server):
        before = told(CONTENT, env=env)
        assert "damaged" in refused("restore", tmp_path / "damaged.pcb", "--replace", env=env)
        done = python("manage.py", "restore", str(orphans), "--replace", env=env)
        assert done.returncode == 1, done.stdout
        assert told(CONTENT, env=env) == before
        assert not list(Path(env["DATA_DIR"]).glob("*.restoring*"))


def test_a_newer_backup_and_another_file_are_refused_in_clear_words(
    kept: Path, tmp_path: Path
) -> None:
    env = on_sqlite(tmp_path / "new")
    known = orjson.loads(zipfile.ZipFile(kept).read("manifest.json"))["migrations"]
    newer = [*known, ["workouts", "9999_from_the_future"]]
    file = rewritten(kept, tmp_path / "newer.pcb", migrations=newer, code="9.0.0")
    said = refused("restore", file, env=env)
    assert "9.0.0" in said
    assert "Update PoseCoach" in said
    (tmp_path / "else.pcb").write_bytes(b"PK\x03\x04 something else")
    assert "no backup of PoseCoach" in refused("restore", tmp_path / "else.pcb", env=env)


def test_another_secret_key_is_told(kept: Path, tmp_path: Path) -> None:
    env = on_sqlite(tmp_path / "other") | {"SECRET_KEY": "another" * 9}
    assert "SECRET_KEY is another one" in manage("restore", kept, env=env)


def test_a_backup_is_there_whole_or_not_at_all(home: Env, tmp_path: Path) -> None:
    file = tmp_path / "home.pcb"
    manage("backup", file, env=home)
    assert file.stat().st_mode & 0o777 == 0o600
    size = file.stat().st_size
    assert "there already" in refused("backup", file, env=home)
    assert file.stat().st_size == size
    nowhere = tmp_path / "no" / "folder.pcb"
    assert "No backup was made" in refused("backup", nowhere, env=home)
    assert os.listdir(tmp_path) == ["home.pcb"] or set(os.listdir(tmp_path)) == {"home.pcb"}


def test_who_was_erased_since_does_not_come_back(home: Env, kept: Path, tmp_path: Path) -> None:
    env = copied(home, tmp_path / "home")
    erase = ("from accounts.models import User; from accounts.erasure import user_erase; "
             "user_erase(user=User.objects.get(email='film@example.org'), by=None)")  # fmt: skip
    manage("shell", "-c", erase, env=env)
    left = told(CONTENT, env=env)
    assert "1 erased people" in manage("restore", kept, "--replace", env=env)
    after = told(CONTENT, env=env)
    for table in ("accounts.user", "workouts.clip", "workouts.rep", "accounts.historicaluser"):
        assert after[table] == left[table], table
    # And where the database itself is lost: by the list that was kept outside of it.
    elsewhere = on_sqlite(tmp_path / "elsewhere")
    elsewhere["ERASED_FILE"] = str(tmp_path / "home" / "erased.txt")
    assert "1 erased people" in manage("restore", kept, env=elsewhere)
    # Or by the one that lies beside the backups.
    manage("backup", "--into", kept.parent, env=env)
    assert "1 erased people" in manage("restore", kept, env=on_sqlite(tmp_path / "third"))


def test_tables_that_its_migrations_do_not_make_are_named(kept: Path, tmp_path: Path) -> None:
    tables = orjson.loads(zipfile.ZipFile(kept).read("manifest.json"))["tables"]
    people = next(one for one in tables if one["name"] == "accounts.user")
    fewer = {**people, "columns": people["columns"][:-1]}
    bent = [fewer if one is people else one for one in tables]
    nothing = {"name": "accounts.nobody", "columns": [], "rows": 0, "sha256": sha256().hexdigest()}
    more = rewritten(kept, tmp_path / "more.pcb", tables=[*tables, nothing])
    with zipfile.ZipFile(more, "a") as archive:
        archive.writestr("tables/accounts.nobody.jsonl", b"")
    for file, words in (
        (rewritten(kept, tmp_path / "bent.pcb", tables=bent), "has other columns"),
        (more, "no table for accounts.nobody"),
    ):
        env = on_sqlite(tmp_path / file.stem)
        assert words in refused("restore", file, env=env)
        with closing(sqlite3.connect(Path(env["DATA_DIR"], "posecoach.sqlite3"))) as left:
            assert left.execute("SELECT * FROM sqlite_master").fetchall() == []


def test_a_database_that_somebody_has_open_is_not_replaced(
    home: Env, kept: Path, tmp_path: Path
) -> None:
    env = copied(home, tmp_path / "home")
    [file] = Path(env["DATA_DIR"]).glob("*.sqlite3")
    before = file.stat().st_ino
    with closing(sqlite3.connect(file)) as server:
        server.execute("SELECT count(*) FROM accounts_user").fetchone()
        assert "Stop the server first" in refused("restore", kept, "--replace", env=env)
    assert file.stat().st_ino == before
    manage("restore", kept, "--replace", env=env)
