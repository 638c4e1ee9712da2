"""Runs every file and package in `benchmarks/`; each answers one question, in one JSON line."""

import json
import subprocess
import sys

from scripts.steps import ROOT, StepError, main_guard, say

KEYS = {"name", "value", "unit", "ratio", "against"}


def main() -> int:
    """Arguments name the benchmarks to run; none means all."""
    wanted = set(sys.argv[1:])
    folder = ROOT / "benchmarks"
    files = {p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")}
    names = sorted(files | {p.parent.name for p in folder.glob("*/__main__.py")})
    if unknown := wanted - set(names):
        raise StepError(f"no benchmark {', '.join(sorted(unknown))}")
    failed = [name for name in names if not wanted or name in wanted if not ran(name)]
    if failed:
        raise StepError(f"without a result: {', '.join(failed)}")
    return 0


def ran(name: str) -> bool:
    result = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    line = result.stdout.strip().rpartition("\n")[2]
    if result.returncode or not is_result(line):
        say(f"{name}: no result, exit status {result.returncode}")
        return False
    say(line)
    return True


def is_result(line: str) -> bool:
    try:
        return bool(json.loads(line).keys() >= KEYS)
    except (ValueError, AttributeError):
        return False


if __name__ == "__main__":
    main_guard(main)
