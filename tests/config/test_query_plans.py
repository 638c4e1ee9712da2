"""Pages, sweeps and lists of admin find their rows by an index; benchmarks.scale says how fast."""

import json
import subprocess
import sys

import psycopg
import pytest

from tests.live import ROOT, environment


@pytest.mark.engines
@pytest.mark.timeout(300)
def test_no_question_reads_a_large_table_from_end_to_end(engine_env: dict[str, str]) -> None:
    server = engine_env["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as own:
        own.execute("CREATE DATABASE plans")
    env = {"DATABASE_URL": server.replace("/postgres?", "/plans?"), "SECRET_KEY": "p" * 50,
           "DJANGO_SETTINGS_MODULE": "config.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.config.query_plans"],
        cwd=ROOT, env=environment(env), capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.strip().rpartition("\n")[2])
    assert not found, "\n".join(f"{name}: {table}: {sql}" for name, table, sql in found)
