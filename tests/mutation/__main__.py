"""`python -m tests.mutation [counting consent ingest]`: do the tests notice faults made on purpose?

What is tried, and by which tests, says pyproject.toml in [tool.posecoach.proven]. Ends in one line
of JSON; 1 where a share of less than LEAST of a subject's mutants was noticed.
"""

import argparse
import json
import os
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tests.mutation.forked import KILLED, ROOT, TIMEOUT, Forked, Verdict

LEAST: Final = 0.85
QUIET: Final = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist",
                "--no-header", "-m", "not engines and not e2e")  # fmt: skip


def proven() -> dict[str, Any]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    subjects: dict[str, Any] = told["tool"]["posecoach"]["proven"]
    return subjects


def main() -> int:
    subjects = proven()
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("subjects", nargs="*", default=list(subjects), choices=list(subjects))
    parser.add_argument("--most", type=int, default=150, help="mutants of a file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", help="files whose path has this in it")
    parser.add_argument("--kept", type=Path, help="file of verdicts: a run cut off goes on there")
    asked = parser.parse_args()
    scores = {name: _score(subjects[name], asked) for name in asked.subjects}
    print(json.dumps({"seed": asked.seed, "score": scores}))
    return 0 if all(score >= LEAST for score in scores.values()) else 1


def _score(subject: Any, asked: Any) -> float:
    files = [one for one in files_of(subject) if not asked.only or asked.only in one]
    run = Forked(files, asked.most, asked.seed, asked.processes, asked.kept)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    pytest.main([*QUIET, *subject["tests"]], plugins=[run])
    for test in run.unfit:
        print(f"left out, it fails by itself: {test}")
    for file in files:
        own = [one for one in run.verdicts if one.file == file]
        print(f"{file}: {_share(own):.1%} of {len(own)} ({run.found.get(file, 0)} there are) "
              f"{dict(Counter(one.outcome for one in own))}")  # fmt: skip
    asked_for = [one for one in run.verdicts if one.file in files]
    for one in asked_for:
        if one.outcome not in (KILLED, TIMEOUT):
            print(f"{one.outcome}: {one.file}: {one.mutant}")
    return round(_share(asked_for), 4)


def files_of(subject: Any) -> list[str]:
    """Patterns as files, relative to the root."""
    found = [path for one in subject["files"] for path in sorted(ROOT.glob(one))]
    return [str(path.relative_to(ROOT)) for path in found if path.name != "__init__.py"]


def _share(verdicts: list[Verdict]) -> float:
    noticed = sum(one.outcome in (KILLED, TIMEOUT) for one in verdicts)
    return noticed / max(1, len(verdicts))


if __name__ == "__main__":
    sys.exit(main())
