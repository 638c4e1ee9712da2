"""Asks the public databases about every locked package, and says plainly what could not be asked.

pip-audit lives in an environment of its own, `npm audit` is npm's. Exit status: 0 nothing found,
1 something found, 2 somebody could not be asked (and nothing found by the others).
"""

import json
import subprocess
import tempfile
import venv
from datetime import UTC, date, datetime
from typing import Final

from scripts.steps import ROOT, StepError, main_guard, say

FOLDER: Final = ROOT / ".venv-audit"
TIMEOUT_S: Final = 180
CLEAN, FOUND, UNASKED = 0, 1, 2


def main() -> int:
    answers = [_snapshot(), _python("run"), _python("test"), _javascript()]
    if FOUND in answers:
        return FOUND
    return UNASKED if UNASKED in answers else CLEAN


def _snapshot() -> int:
    told = json.loads((ROOT / "docs/advisories.json").read_text())
    days = (datetime.now(UTC).date() - date.fromisoformat(told["written_on"])).days
    say(f"docs/advisories.json: {len(told['advisories'])} advisories, {days} days old (make test)")
    return CLEAN


def _python(kind: str) -> int:
    try:
        tool = _pip_audit()
    except StepError as problem:
        return _unasked(f"requirements/{kind}.txt", str(problem))
    lock = f"requirements/{kind}.txt"
    options = ("--disable-pip", "--require-hashes", "--progress-spinner", "off")
    done = _run([tool, "--requirement", lock, *options])
    if done is None:
        return _unasked(lock, "no answer in time")
    if _has_found(done):
        say(f"{lock}:\n{done.stdout}")
        return FOUND
    if done.returncode:
        return _unasked(lock, _last_line(done.stderr))
    if not _knows_something(tool):
        return _unasked(lock, "the index that answered holds no advisories")
    say(f"{lock}: nothing known")
    return CLEAN


def _knows_something(tool: str) -> bool:
    """Whether the database warns of a version that everybody is warned of: a mirror may not."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("django==5.2.7\n")
        file.flush()
        done = _run([tool, "--requirement", file.name, "--disable-pip", "--no-deps"])
    return done is not None and _has_found(done)


def _has_found(done: "subprocess.CompletedProcess[str]") -> bool:
    return "Found" in done.stderr and "vulnerabilit" in done.stderr


def _pip_audit() -> str:
    """Its path. Raises StepError where it cannot be installed."""
    tool = FOLDER / "bin" / "pip-audit"
    if not tool.exists():
        venv.create(FOLDER, clear=True, with_pip=True)
        done = _run([str(FOLDER / "bin" / "pip"), "install", "--quiet", "pip-audit"])
        if done is None or done.returncode or not tool.exists():
            why = _last_line(done.stderr) if done else "no answer in time"
            raise StepError(f"pip-audit could not be installed: {why}")
    return str(tool)


def _javascript() -> int:
    lock = "frontend/package-lock.json"
    done = _run(["npm", "audit", "--omit=dev", "--json"], folder="frontend")
    if done is None:
        return _unasked(lock, "no answer in time")
    try:
        told = json.loads(done.stdout)
        found = told["metadata"]["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return _unasked(lock, _last_line(done.stderr or done.stdout))
    if not found["total"]:
        say(f"{lock}: nothing known")
        return CLEAN
    for name, one in sorted(told["vulnerabilities"].items()):
        say(f"{lock}: {name}: {one['severity']}, {one['range']}")
    return FOUND


def _run(command: list[str], folder: str = ".") -> "subprocess.CompletedProcess[str] | None":
    try:
        return subprocess.run(
            command, cwd=ROOT / folder, capture_output=True, text=True, timeout=TIMEOUT_S,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return None


def _unasked(what: str, why: str) -> int:
    say(f"{what}: COULD NOT BE ASKED ({why[:200]})")
    return UNASKED


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


if __name__ == "__main__":
    main_guard(main)
