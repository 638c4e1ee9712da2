"""Runs the Python tests and says how much of the rooms they go through, in lines and branches.

Fails where a room has less than ROOM, or a subject of [tool.posecoach.proven] less than all. Of
models only what is served counts: what config, coach, sessions or accounts import, and what the
subjects name. The rest trains networks; it is held by the figures of its model card.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

import grimp

from scripts.steps import ROOT, StepError, main_guard, say

ROOM: Final = 0.95
SERVED: Final = ("config", "coach", "sessions", "accounts")
TESTS: Final = ("--numprocesses", "2", "--dist", "worksteal", "--ignore", "tests/e2e")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.coverage", description=__doc__)
    parser.add_argument("--report", action="store_true", help="of the last run, without a new one")
    if not parser.parse_args().report:
        run("-m", "pytest", *TESTS, "--cov", "--cov-report=")
    files = measured()
    wrong = [line for line in told(files) if line]
    if wrong:
        raise StepError("\n" + "\n".join(wrong))
    return 0


def run(*arguments: str) -> None:
    """Raises StepError: the tests have failed, so that their coverage says little."""
    if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:
        raise StepError(f"failed: python {' '.join(arguments)}")


def measured() -> dict[str, Any]:
    """File → what coverage says of it, for what is served and what is proven."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "coverage.json")
        run("-m", "coverage", "json", "-q", "--fail-under=0", "-o", str(path))
        files: dict[str, Any] = json.loads(path.read_text())["files"]
    served = served_models() | set(proven_files())
    return {
        name: one for name, one in files.items() if not name.startswith("models/") or name in served
    }


def served_models() -> set[str]:
    graph = grimp.build_graph(*SERVED, "models")
    needed = {
        module for room in SERVED for module in graph.find_upstream_modules(room, as_package=True)
    }
    return {f"{name.replace('.', '/')}.py" for name in needed if name.startswith("models.")}


def proven_files() -> dict[str, str]:
    """File → its subject."""
    subjects = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["posecoach"]["proven"]
    return {
        str(path.relative_to(ROOT)): name
        for name, subject in subjects.items()
        for pattern in subject["files"]
        for path in ROOT.glob(pattern)
    }


def told(files: dict[str, Any]) -> list[str]:
    """Prints a line for each room and subject; what falls short comes back."""
    wrong = []
    subjects = proven_files()
    rooms = {name: name.partition("/")[0] for name in files}
    for group, least in ((rooms, ROOM), (subjects, 1.0)):
        for name in sorted(set(group.values())):
            own = {file: files[file]["summary"] for file in files if group.get(file) == name}
            share = _share(own, "covered_lines", "covered_branches")
            branches = _share(own, "covered_branches")
            say(f"{name:10} {share:7.2%}   branches alone {branches:7.2%}   {len(own)} files")
            if share < least:
                wrong.append(f"{name}: {share:.2%}, and {least:.0%} are wanted:")
                wrong += [f"  {line}" for line in _missing(files, own)]
    return wrong


_OF: Final = {"covered_lines": "num_statements", "covered_branches": "num_branches"}


def _share(summaries: dict[str, Any], *counts: str) -> float:
    there = sum(one[_OF[count]] for one in summaries.values() for count in counts)
    return sum(one[count] for one in summaries.values() for count in counts) / max(1, there)


def _missing(files: dict[str, Any], own: dict[str, Any]) -> list[str]:
    return [
        f"{name}: lines {files[name]['missing_lines']} branches {files[name]['missing_branches']}"
        for name in own
        if files[name]["missing_lines"] or files[name]["missing_branches"]
    ]


if __name__ == "__main__":
    main_guard(main)
