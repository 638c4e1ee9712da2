"""A target tried with one input after another, each made out of an earlier one by its own mutator.

Guided by coverage where atheris is installed (requirements/fuzz.txt, Linux), else at random. Each
target runs in a process of its own whose memory is bounded; what it finds stands in a file, line by
line, because libFuzzer ends a process without a word.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.fuzz.bits import bent

ROOT: Final = Path(__file__).parents[2]
MIB: Final = 1024**2
OFTEN: Final = 200  # inputs between two looks at the memory


@dataclass(frozen=True)
class Target:
    """attempt: raises where an input is not handled, and names how it was. giants: tried once each.

    rooms: modules whose branches guide. more_mb: of memory that may be had beyond that at the
    start. most_s: of processor time for one input.
    """

    name: str
    attempt: Callable[[bytes], str]
    mutate: Callable[[Random, bytes], bytes]
    seeds: tuple[bytes, ...]
    giants: Callable[[], Iterable[bytes]] = tuple
    rooms: tuple[str, ...] = ()
    more_mb: int = 256
    most_s: float = 5
    most_bytes: int = 64 * 1024


@dataclass
class Log:
    """What happened, told once for each new fault, and from time to time."""

    path: Path
    target: Target
    inputs: int = 0
    slowest_s: float = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def attempt(self, data: bytes) -> None:
        began = time.process_time()
        try:
            self.outcomes[self.target.attempt(data)] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            name = type(error).__name__
            self._fault(f"{name} {where.name}", data, traceback.format_exc(limit=-5))
        took_s = time.process_time() - began
        if took_s > self.target.most_s:
            self._fault("slow", data, f"{took_s:.1f} s for {len(data)} bytes")
        self.inputs += 1
        if took_s > self.slowest_s or self.inputs % OFTEN == 0:
            self.slowest_s = max(self.slowest_s, took_s)
            self.tell()

    def tell(self) -> None:
        self._line(
            inputs=self.inputs,
            seconds=round(time.monotonic() - self._began, 1),
            slowest_ms=round(self.slowest_s * 1000),
            peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            outcomes=dict(self.outcomes.most_common(12)),
        )

    def _fault(self, name: str, data: bytes, told: str) -> None:
        if name in self.faults:
            return
        self.faults[name] = told
        kept = self.path.with_name(f"{self.target.name}-{sha256(data).hexdigest()[:12]}")
        kept.write_bytes(data)
        self._line(fault=name, told=told, input=str(kept))

    def _line(self, **values: Any) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(values) + "\n")


def bound_memory(more_mb: int) -> None:
    """A request for more raises MemoryError, which nobody foresees, so that it is found."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + more_mb * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def at_random(target: Target, log: Log, seed: int, goes_on: Callable[[], bool]) -> None:
    """Inputs that came out in a way not seen before are built upon, too."""
    rng, pool = Random(seed), list(target.seeds)
    while goes_on():
        data = rng.choice(pool)
        for _ in range(rng.choice((1, 1, 2, 4))):
            data = target.mutate(rng, data)[: target.most_bytes]
        known = len(log.outcomes)
        log.attempt(data)
        if len(log.outcomes) > known:
            pool.append(data)


def _by_atheris(atheris: Any, target: Target, log: Log, seed: int, seconds: float) -> None:
    def mutate(data: bytes, most: int, its_seed: int) -> bytes:
        rng = Random(its_seed)
        if rng.random() < 0.2:
            return bytes(atheris.Mutate(data, most))
        try:
            return target.mutate(rng, data)[:most]
        except Exception:  # the mutator's own trouble with what it is given, not the target's
            return bent(rng, data)[:most]

    corpus = log.path.with_suffix(".corpus")
    corpus.mkdir()
    for index, one in enumerate(target.seeds):
        (corpus / str(index)).write_bytes(one)
    bounds = [f"-max_total_time={seconds:.0f}", f"-max_len={target.most_bytes}", f"-seed={seed}"]
    rest = ["-rss_limit_mb=0", "-timeout=60", "-verbosity=0", f"-artifact_prefix={corpus}/"]
    atheris.Setup([sys.argv[0], str(corpus), *bounds, *rest], log.attempt, custom_mutator=mutate)
    atheris.Fuzz()


def alone(make: Callable[[], Target], rooms: tuple[str, ...], path: Path, seconds: float, seed: int
          ) -> None:  # fmt: skip
    """The child: imports what guides through atheris, if it is there."""
    try:
        import atheris
    except ImportError:
        atheris = None
    if atheris is not None:
        with atheris.instrument_imports(include=list(rooms)):
            target = make()
    else:
        target = make()
    log = Log(path, target)
    for one in target.seeds:
        log.attempt(one)
    log.tell()
    bound_memory(target.more_mb)
    for one in target.giants():
        log.attempt(one)
    log.tell()
    if atheris is not None:
        _by_atheris(atheris, target, log, seed, seconds)
    else:
        until = time.monotonic() + seconds
        at_random(target, log, seed, lambda: time.monotonic() < until)
    log.tell()


def campaign(module: str, names: Iterable[str], seconds: float, seed: int) -> int:
    """Every target in turn, for its share of the time. Prints a line of JSON each; 1: faults."""
    found, names = 0, list(names)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for name in names:
        path, share = folder / f"{name}.jsonl", seconds / len(names)
        command = [sys.executable, "-m", module, "--target", name, "--log", str(path)]
        command += ["--seconds", str(share), "--seed", str(seed)]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "error::RuntimeWarning"},
            capture_output=True, text=True, timeout=share * 3 + 1_800, check=False,
        )  # fmt: skip
        lines = (
            [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        )
        faults = [line for line in lines if "fault" in line]
        if done.returncode or not lines:
            faults.append({"fault": f"the process ended with {done.returncode}",
                           "told": done.stderr[-3000:]})  # fmt: skip
        counted = [line for line in lines if "inputs" in line]
        by = "atheris" if "INFO: Using built-in libfuzzer" in done.stderr else "random"
        for fault in faults:
            print(
                f"{name}: {fault['fault']}\n{fault['told']}\n{fault.get('input', '')}", flush=True
            )
        first, last = (counted[0], counted[-1]) if counted else ({}, {})
        start_mb = first.get("peak_mb")
        print(json.dumps({"target": name, "by": by, "start_mb": start_mb, **last,
                          "faults": len(faults)}), flush=True)  # fmt: skip
        found += len(faults)
    return 1 if found else 0
