"""One campaign: athletes train while, at random moments of a seed, things go wrong."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from tests.faults.athletes import FILMS, Athlete, Journal
from tests.faults.network import Network
from tests.faults.stack import Stack
from tests.faults.verifier import Findings, Result, result_of, verify
from tests.live import Visitor, wait_until_ready

ATHLETES = 3
FAULTS = 4
WITHIN_S = 8.0  # the faults begin
LONGEST_S = 120.0  # to wait for the last result


@dataclass(frozen=True)
class Fault:
    at_s: float
    name: str
    strike: Callable[[], None]


@dataclass(frozen=True)
class Outcome:
    """recovery_s: from the end of the last fault to the last result of all sets."""

    seed: int
    faults: tuple[str, ...]
    recovery_s: float
    findings: Findings


def faults(
    stack: Stack, network: Network, luck: random.Random, count: int, only: str | None = None
) -> list[Fault]:
    """Of all kinds, or of one, at moments of the seed."""
    kinds: dict[str, Callable[[], None]] = {
        f"kill {name}": (lambda name=name: stack.kill(name)) for name in stack.names
    }  # type: ignore[misc]
    kinds["flush broker"] = stack.flush
    kinds["no broker"] = lambda: stack.without_broker(luck.uniform(1, 4))
    kinds["bad network"] = lambda: _storm(network, luck)
    if (disk := stack.disk) is not None:
        kinds["full disk"] = lambda: disk.without_room(luck.uniform(2, 4))
    chosen = [only or luck.choice(list(kinds)) for _ in range(count)]
    moments = sorted(luck.uniform(0.3, WITHIN_S) for _ in chosen)
    return [Fault(at, name, kinds[name]) for at, name in zip(moments, chosen, strict=True)]


def _storm(network: Network, luck: random.Random) -> None:
    network.drop, network.cut, network.delay_s = 0.2, 0.2, 0.5
    time.sleep(luck.uniform(1, 4))
    network.calm()


def run(
    stack: Stack,
    seed: int,
    expected: dict[int, Result],
    folder: Path,
    count: int = FAULTS,
    only: str | None = None,
) -> Outcome:
    luck = random.Random(seed)
    path = folder / f"{seed}.jsonl"
    wait_until_ready(stack.url)  # the one before may have ended with what was killed still away
    network = Network(stack.port, seed)
    trained = train(stack, network.url, path, luck)
    planned, began = faults(stack, network, luck, count, only), time.monotonic()
    for fault in planned:
        time.sleep(max(0.0, began + fault.at_s - time.monotonic()))
        fault.strike()
    over = time.monotonic()
    trained.finish()
    wait_for_results(stack, trained.sets)
    recovery_s = time.monotonic() - max(over, trained.ended_at())
    network.close()
    names = tuple(fault.name for fault in planned)
    return Outcome(seed, names, recovery_s, verify(stack.database.url, path, expected))


class Trained:
    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []
        self.sets: list[UUID] = []
        self.errors: list[BaseException] = []
        self._ended: list[float] = []

    def add(self, athlete: Athlete, film: int, ids: tuple[UUID, UUID], pace_s: float) -> None:
        def work() -> None:
            try:
                athlete.train(film, *ids, pace_s)
            except BaseException as error:
                self.errors.append(error)
            self._ended.append(time.monotonic())

        self.sets.append(ids[0])
        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()

    def finish(self) -> None:
        """Waits for all. Raises the first error of any."""
        for thread in self.threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def ended_at(self) -> float:
        return max(self._ended)


def train(stack: Stack, url: str, path: Path, luck: random.Random) -> Trained:
    """Signs athletes up and lets them begin; each trains another film."""
    journal, trained = Journal(path), Trained()
    films = luck.sample(FILMS, ATHLETES)
    for film in films:
        visitor = Visitor(stack.url)
        answer = visitor.sign_up(f"a{luck.getrandbits(64):x}@example.org")
        assert answer.status == 200, answer.body
        visitor.url = url
        athlete = Athlete(visitor, journal, random.Random(luck.getrandbits(64)))
        trained.add(athlete, film, two_ids(luck), WITHIN_S / 12)
    return trained


def two_ids(luck: random.Random) -> tuple[UUID, UUID]:
    """Of a set and its workout."""
    return UUID(int=luck.getrandbits(128), version=4), UUID(int=luck.getrandbits(128), version=4)


def wait_for_results(stack: Stack, sets: list[UUID]) -> None:
    """Raises TimeoutError. The database may be on its way back."""
    deadline, left = time.monotonic() + LONGEST_S, list(sets)
    while left:
        if time.monotonic() > deadline:
            raise TimeoutError(f"no result of {', '.join(map(str, left))}")
        time.sleep(0.1)
        try:
            with psycopg.connect(stack.database.url, autocommit=True) as database:
                left = [one for one in left if result_of(database, str(one)) is None]
        except psycopg.OperationalError:
            continue
