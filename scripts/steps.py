"""Runs set-up steps: says which one, how long it took, and skips what is already done.

A step is done when its stamp in `.setup/` holds the fingerprint of its inputs and its outputs
exist. The stamp is written last, so an interrupted step runs again.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".setup"
LOG_TAIL_LINES = 30


class StepError(Exception):
    """A step cannot go on; the message is what the person reads."""


@dataclass(frozen=True)
class Step:
    """One thing to do.

    inputs: files and folders whose content decides whether it is done.
    facts: further strings that decide (versions).
    always: never skipped.
    """

    name: str
    title: str
    action: Callable[[], None]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    facts: Sequence[str] = ()
    always: bool = False

    def fingerprint(self) -> str:
        digest = hashlib.sha256("\n".join((self.name, *self.facts)).encode())
        for path in files_under(self.inputs):
            digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_done(self) -> bool:
        stamp = STAMPS / self.name
        return (
            not self.always
            and stamp.is_file()
            and all((ROOT / output).exists() for output in self.outputs)
            and stamp.read_text() == self.fingerprint()
        )

    def mark_done(self) -> None:
        STAMPS.mkdir(exist_ok=True)
        (STAMPS / self.name).write_text(self.fingerprint())

    def forget(self) -> None:
        (STAMPS / self.name).unlink(missing_ok=True)


def files_under(names: Iterable[str]) -> list[Path]:
    """Every file in the named files and folders, in a fixed order; a missing name adds none."""
    found: list[Path] = []
    for name in names:
        path = ROOT / name
        if path.is_file():
            found.append(path)
        elif path.is_dir():
            found += (p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(found)


def carry_out(*chains: Sequence[Step], then: Sequence[Step] = ()) -> None:
    """Chains that do not need each other side by side, and then what needs all of them.

    Raises what the first chain has raised that failed, once none is at work any more.
    """
    everything = list(chain(*chains, then))
    labels = {
        step.name: f"[{number}/{len(everything)}] {step.title}"
        for number, step in enumerate(everything, start=1)
    }
    if len(chains) == 1:  # here, where Ctrl-C arrives
        _in_order(chains[0], labels)
    else:
        with ThreadPoolExecutor(len(chains)) as pool:
            list(pool.map(lambda steps: _in_order(steps, labels), chains))
    _in_order(then, labels)


def _in_order(steps: Sequence[Step], labels: dict[str, str]) -> None:
    for step in steps:
        label = labels[step.name]
        if step.is_done():
            say(f"{label}: up to date")
            continue
        say(f"{label} …")
        step.forget()
        started = time.monotonic()
        step.action()
        step.mark_done()
        say(f"{label}: done in {time.monotonic() - started:.1f} s")


def say(text: str) -> None:
    print(text, flush=True)


def run_logged(name: str, command: Sequence[str | Path], cwd: Path = ROOT, **env: str) -> None:
    """Runs a command with its output in a log file; shows the end of it if the command fails."""
    STAMPS.mkdir(exist_ok=True)
    log = STAMPS / f"{name}.log"
    with log.open("w") as output:
        result = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:])
        raise StepError(
            f"{tail}\n\n`{' '.join(map(str, command))}` failed; "
            f"all it said is in {log.relative_to(ROOT)}"
        )


def main_guard(main: Callable[[], int]) -> None:
    """Turns the two ways a set-up ends early into one plain line and an exit status."""
    try:
        sys.exit(main())
    except StepError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here.")
