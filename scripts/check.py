"""Runs the checks in order, says which one and how long it took.

A group is run to its end, so that one look shows all that is wrong with it; the next group starts
only if all before it passed. Checks of which each keeps one core busy run two at a time.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.chromium import ChromiumMissingError, find_or_install
from scripts.steps import ROOT, StepError, main_guard, say

BIN = Path(sys.executable).parent
FRONTEND = ROOT / "frontend"
NPM_RUN = ("npm", "run", "--silent")


@dataclass(frozen=True)
class Check:
    title: str
    command: tuple[str, ...]
    folder: Path = ROOT


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, *arguments)


# The longest first, so that nothing waits for one of them at the end.
LINT = (
    Check("vue-tsc", (*NPM_RUN, "typecheck"), FRONTEND),
    Check("mypy", tool("mypy")),
    Check("prettier", (*NPM_RUN, "format:check"), FRONTEND),
    Check("eslint", (*NPM_RUN, "lint"), FRONTEND),
    Check("ruff: rules", tool("ruff", "check", ".")),
    Check("ruff: format", tool("ruff", "format", "--check", ".")),
    Check("import-linter: who may import whom", tool("lint-imports")),
)
# A process a core; who has finished takes from the other's rest.
SIDE_BY_SIDE = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal")
# Most of what finds poses waits for somebody who moves as fast as people do.
TWO = ("--numprocesses", "2", "--dist", "worksteal")
UNIT = (
    Check("vitest: browser code", (*NPM_RUN, "test"), FRONTEND),
    Check("pytest: unit and integration", tool("pytest", *SIDE_BY_SIDE, "--ignore", "tests/e2e")),
)
BUILD = (Check("web pages", python("-m", "scripts.setup", "build")),)
E2E = (
    Check("end to end in a browser: poses", tool("pytest", *TWO, "tests/e2e", "-m", "not pages")),
    Check("end to end in a browser: pages", tool("pytest", "tests/e2e", "-m", "pages")),
)
GROUPS = {"lint": LINT, "unit": UNIT, "build": BUILD, "e2e": E2E}
AT_ONCE = {"lint": 2, "e2e": 2}  # what the other groups run uses every core by itself


def main() -> int:
    names = sys.argv[1:] or list(GROUPS)
    unknown = set(names) - set(GROUPS)
    if unknown:
        raise StepError(f"no group {', '.join(unknown)}; there are: {', '.join(GROUPS)}")
    started = time.monotonic()
    for name in names:
        run_group(name)
    say(f"\n{', '.join(names)}: all passed in {time.monotonic() - started:.0f} s")
    return 0


def run_group(name: str) -> None:
    if name == "e2e":
        say(f"\nBrowser: {browser()}")
    checks, at_once = GROUPS[name], AT_ONCE.get(name, 1)
    with ThreadPoolExecutor(at_once) as pool:
        passed = pool.map(passes if at_once == 1 else passes_quietly, checks)
        failed = [check.title for check, good in zip(checks, passed, strict=True) if not good]
    if failed:
        raise StepError(f"\n{name}: failed: {'; '.join(failed)}")


def browser() -> str:
    try:
        return find_or_install()
    except ChromiumMissingError as error:
        raise StepError(str(error)) from error


def passes(check: Check) -> bool:
    """Shows what the check says while it says it."""
    say(f"\n=== {check.title}")
    started = time.monotonic()
    result = subprocess.run(check.command, cwd=check.folder, stdin=subprocess.DEVNULL, check=False)
    say(verdict(check, result.returncode, started))
    return result.returncode == 0


def passes_quietly(check: Check) -> bool:
    """Shows what the check has said when it has ended, in one piece: others run beside it."""
    started = time.monotonic()
    result = subprocess.run(
        check.command, cwd=check.folder, stdin=subprocess.DEVNULL, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    told = (f"\n=== {check.title}", result.stdout.strip())
    say("\n".join((*filter(None, told), verdict(check, result.returncode, started))))
    return result.returncode == 0


def verdict(check: Check, code: int, started: float) -> str:
    word = "passed" if code == 0 else "FAILED"
    return f"--- {check.title}: {word} in {time.monotonic() - started:.1f} s"


if __name__ == "__main__":
    main_guard(main)
