"""A run of pytest that is forked for each mutant.

The parent imports everything, makes the database and runs the tests once, seeing which of them go
through which line. Each child has all of that at no cost: it puts the mutant's code into the
function that is there, and runs the tests of that line, the quickest first, until one fails.
"""

import functools
import importlib
import inspect
import json
import os
import resource
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from types import CodeType
from typing import Any, Final

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant, mutants_of

ROOT: Final = Path(__file__).parents[2]
KILLED, SURVIVED, TIMEOUT, UNSEEN = "killed", "survived", "timed out", "no test"
MOST_TESTS: Final = 150  # of a line that half of the tests go through, the quickest
MOST_MB: Final = 4096


@dataclass(frozen=True)
class Verdict:
    file: str
    mutant: str
    outcome: str


class Verdicts(list[Verdict]):
    """Kept in a file, one a line, so that a run that was cut off goes on where it was."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        if path and path.exists():
            self.extend(Verdict(**json.loads(line)) for line in path.read_text().splitlines())

    def append(self, one: Verdict) -> None:
        super().append(one)
        if self._path:
            with self._path.open("a") as file:
                file.write(f"{json.dumps(asdict(one))}\n")


class Forked:
    """Plugin: tries up to `most` mutants of each file, taken by `seed`; what came of them.

    kept: a file of verdicts; what is in it already is not tried again. Raises nothing; a test that
    fails without a mutant is told and left out.
    """

    def __init__(
        self, files: list[str], most: int, seed: int, at_once: int, kept: Path | None = None
    ) -> None:
        self._files, self._most, self._rng, self._at_once = files, most, Random(seed), at_once
        self._took_s: dict[str, float] = {}
        self._tests: dict[str, pytest.Item] = {}
        self.verdicts = Verdicts(kept)
        self.found: dict[str, int] = {}
        self.unfit: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        seen = self._first_run(session.items)
        running: dict[int, tuple[float, str, Mutant]] = {}
        tried = Counter((one.file, one.mutant) for one in self.verdicts)
        for file, mutant in self._mutants():
            if tried[file, str(mutant)]:
                tried[file, str(mutant)] -= 1  # a line may have the same change twice
                continue
            tests = self._through(_near(seen[file], mutant.line))
            if not tests:
                self.verdicts.append(Verdict(file, str(mutant), UNSEEN))
                continue
            if len(running) >= self._at_once:
                self._reap(running)
            limit_s = 10 + 10 * sum(self._took_s[one.nodeid] for one in tests)
            running[_begun(file, mutant, tests)] = (time.monotonic() + limit_s, file, mutant)
        while running:
            self._reap(running)
        return True

    def _first_run(self, items: list[pytest.Item]) -> dict[str, dict[int, set[str]]]:
        """File → line → the tests that go through it."""
        paths = {file: str(ROOT / file) for file in self._files}
        seeing = coverage.Coverage(data_file=None, include=list(paths.values()), config_file=False)
        seeing.start()
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            seeing.switch_context(item.nodeid)
            began = time.monotonic()
            reports = runtestprotocol(item, nextitem=following, log=False)
            self._took_s[item.nodeid] = time.monotonic() - began
            if any(report.failed for report in reports):
                self.unfit.append(item.nodeid)
            elif not any(report.skipped for report in reports):
                self._tests[item.nodeid] = item
        seeing.stop()
        data = seeing.get_data()
        found: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for file, path in paths.items():
            for line, names in data.contexts_by_lineno(path).items():
                found[file][line] = set(names)
        return found

    def _mutants(self) -> Iterator[tuple[str, Mutant]]:
        for file in self._files:
            every = list(mutants_of((ROOT / file).read_text()))
            self.found[file] = len(every)
            some = self._rng.sample(every, min(self._most, len(every)))
            yield from ((file, one) for one in sorted(some, key=lambda one: one.line))

    def _through(self, names: Any) -> list[pytest.Item]:
        known = sorted(self._tests.keys() & set(names), key=lambda name: self._took_s[name])
        return [self._tests[name] for name in known[:MOST_TESTS]]

    def _reap(self, running: dict[int, tuple[float, str, Mutant]]) -> None:
        """Waits for the first to end, of itself or because its time is up."""
        while True:
            for pid, (until, file, mutant) in list(running.items()):
                done, status = os.waitpid(pid, os.WNOHANG)
                outcome = None
                if done:
                    outcome = SURVIVED if status == 0 else KILLED
                elif time.monotonic() > until:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                    outcome = TIMEOUT
                if outcome:
                    del running[pid]
                    self.verdicts.append(Verdict(file, str(mutant), outcome))
                    return
            time.sleep(0.005)


def _near(seen: dict[int, set[str]], line: int) -> set[str]:
    """Of a statement of several lines, the first may be the one that was seen."""
    return next((seen[one] for one in range(line, line - 20, -1) if one in seen), set())


def _begun(file: str, mutant: Mutant, tests: list[pytest.Item]) -> int:
    """The child's id. It ends with 0 where every test passed."""
    pid = os.fork()
    if pid:
        return pid
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MB * 1024**2,) * 2)
        put_in(file, mutant)
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            reports = runtestprotocol(item, nextitem=following, log=False)
            if any(report.failed for report in reports):
                os._exit(1)
        os._exit(0)
    except BaseException:
        os._exit(1)


def put_in(file: str, mutant: Mutant) -> None:
    """The mutant's code takes the place of the code of the function that it is in."""
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    function = _function(module, mutant.of)
    compiled = compile(mutant.tree, str(ROOT / file), "exec")
    function.__code__ = _code(compiled, mutant.of)
    for holder in (module, *vars(module).values()):
        clear = getattr(holder, "cache_clear", None)
        if callable(clear):
            clear()


def _code(code: CodeType, name: str) -> CodeType:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    for one in inner:
        if one.co_qualname == name:
            return one
    within = next(one for one in inner if name.startswith(f"{one.co_qualname}."))
    return _code(within, name)


def _function(module: Any, name: str) -> Any:
    """What is under decorators, properties and caches."""
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    while not inspect.isfunction(found) or hasattr(found, "__wrapped__"):
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, (staticmethod, classmethod)):
            found = found.__func__
        elif isinstance(found, (functools.cached_property,)) or hasattr(found, "func"):
            found = found.func
        else:
            found = found.__wrapped__
    return found
