"""The rooms' own tests once more, on real PostgreSQL and real Redis."""

import os
import subprocess
import sys

import pytest

from tests.live import ROOT

ROOMS = ("tests/accounts", "tests/workouts", "tests/coach")


@pytest.mark.engines
@pytest.mark.long
@pytest.mark.timeout(900)
def test_what_passes_on_sqlite_passes_on_the_real_engines(engine_env: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *ROOMS, "-q", "-m", "not engines and not e2e",
         "--ignore-glob", "*/test_live.py", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=ROOT, env=os.environ | engine_env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
