"""Databases for these tests, and the commands that work on them in processes of their own."""

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from uuid import uuid4

import psycopg

from tests.commands import run
from tests.live import environment

Env = dict[str, str]
KEY = "backup" * 10


def on_sqlite(folder: Path) -> Env:
    folder.mkdir(parents=True, exist_ok=True)
    return {"DATA_DIR": str(folder), "SECRET_KEY": KEY}


def copied(home: Env, folder: Path) -> Env:
    """The SQLite database of home, while nobody has it open, in a folder of its own."""
    shutil.copytree(home["DATA_DIR"], folder)
    return on_sqlite(folder)


def on_postgres(url: str, folder: Path) -> Env:
    """A new, empty database of that server."""
    name = f"test_{uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    folder.mkdir(parents=True, exist_ok=True)
    return on_sqlite(folder) | {"DATABASE_URL": url.replace("/postgres?", f"/{name}?")}


def python(*command: str, env: Env) -> "CompletedProcess[str]":
    return run(*command, env=environment(env))


def manage(*command: str | Path, env: Env) -> str:
    done = python("manage.py", *map(str, command), env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*command: str | Path, env: Env) -> str:
    done = python("manage.py", *map(str, command), env=env)
    assert done.returncode == 1, (done.stdout, done.stderr)
    return done.stderr


def told(module: str, *arguments: str | Path, env: Env) -> Any:
    """What `python -m module` prints as its last line of JSON."""
    done = python("-m", module, *map(str, arguments), env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
