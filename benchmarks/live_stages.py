"""What does a clip of an open set cost the worker, stage by stage?

PostgreSQL (fsync on) and Redis as processes of their own; this process is the worker. Every athlete
has sent a clip of a second (30 frames), in every round they are followed in waves as the door does.
Processor time of this process, so that a busy machine changes it little; beside it what PostgreSQL
spent, and what the web process will spend on reading the state for the page. The first rounds, in
which sets begin, are told apart from the rest. The ratio is to the 4 ms that are wanted.

    python -m benchmarks.live_stages [--athletes 64] [--wave 32] [--rounds 45]
"""

import argparse
import json
import os
import resource
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from benchmarks.live_load import cpu_s
from tests.engines import free_port, redis_program, wait_for_port
from tests.faults.stack import Database
from tests.live import manage

WANTED_MS = 4.0
BEGINNING = 15  # rounds
# Where a name is looked up, by stage. A stage within another is not counted twice.
STAGES = {
    "sets, rows read": ("sessions.door.follow", "sessions.following.known_rows"),
    "clips read": ("sessions.following._new_clips",),
    "clips decoded": ("sessions.following.unpack",),
    "frames cleaned": ("sessions.following.extend",),
    "samples taken": ("models.strip.fill",),
    "network": ("models.strip.read",),
    "tempo, exercise": ("models.pace.choose",),
    "phases decoded": ("models.following.decode_all",),
    "counted": ("sessions.following.look",),
    "repetitions described": ("models.following._described",),
    "written": ("sessions.following.write",),
    "published": ("sessions.followed.announce_all",),
    "door": ("sessions.door._follow",),
}


class Clock:
    """Processor seconds by stage, the innermost one has it."""

    def __init__(self) -> None:
        self.spent_s: dict[str, float] = defaultdict(float)
        self._stack: list[str] = []
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        if self._stack:
            self.spent_s[self._stack[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def within(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._stack.append(stage)
            try:
                return do(*args, **kwargs)
            finally:
                self._turn()
                self._stack.pop()

        return within

    def watch(self) -> None:
        for stage, places in STAGES.items():
            for place in places:
                path, _, name = place.rpartition(".")
                module = import_module(path)
                setattr(module, name, self.timed(stage, getattr(module, name)))


@contextmanager
def engines(folder: Path) -> Iterator[int]:
    """In the environment; answers PostgreSQL's process."""
    with ExitStack() as stack:
        database = Database(folder)
        stack.callback(database.stop)
        port = free_port()
        command = [str(redis_program()), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        redis = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        stack.callback(redis.wait, 10)
        stack.callback(redis.terminate)
        wait_for_port(port)
        env = {
            "DATABASE_URL": database.url,
            "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            "SECRET_KEY": "stages" * 10,
            "DATA_DIR": str(folder),
            "LOG_LEVEL": "WARNING",
            "READ_DOTENV": "0",
        }
        os.environ.update(env)
        manage("setup", "--no-demo", env=env)
        yield database.pid


def send(sets: list[UUID], second: int) -> None:
    """A clip of each, as the ingest leaves them."""
    from django.db import transaction
    from django.db.models import F

    from benchmarks._load_client import FILMS, filmed
    from models.clip import decode
    from models.clip_store import pack
    from sessions.models import Clip, WorkoutSet

    films = [filmed(number, second + 1)[second][0] for number in range(len(FILMS))]
    came = [decode(film) for film in films]
    payloads = [pack(clip) for clip in came]
    with transaction.atomic():
        WorkoutSet.objects.filter(pk__in=sets).update(revision=F("revision") + 1)
        revision = second + 1
        Clip.objects.bulk_create(
            Clip(
                set_id=one, index=second, estimator=clip.estimator, width_px=clip.width_px,
                height_px=clip.height_px, start_ms=int(clip.t_ms[0]), end_ms=int(clip.t_ms[-1]),
                frames=len(clip.t_ms), payload=payloads[i % len(came)], sha256="",
                set_revision=revision,
            )
            for i, one in enumerate(sets)
            for clip in [came[i % len(came)]]
        )  # fmt: skip


def measured(options: argparse.Namespace, database: int) -> dict[str, Any]:
    from benchmarks import _load_athletes

    people = [_load_athletes.made(number) for number in range(options.athletes)]
    from sessions import door
    from sessions.consumers.states import told_of
    from sessions.models import WorkoutSet

    sets = [UUID(one["set"]) for one in people]
    whose = dict(WorkoutSet.objects.filter(pk__in=sets).values_list("pk", "workout__athlete"))
    pages_of = [(one, whose[one]) for one in sets[:16]]
    clock, pages = Clock(), Clock()
    told = pages.timed("pages", told_of)
    clock.watch()
    begun: dict[str, float] = {}
    stored_s = 0.0
    for second in range(options.rounds):
        if second == BEGINNING:
            begun = dict(clock.spent_s)
            clock.spent_s.clear()
            pages.spent_s.clear()
            stored_s = 0.0
        send(sets, second)
        before_s = cpu_s(database)
        for first in range(0, len(sets), options.wave):
            wave = sets[first : first + options.wave]
            door._follow(wave)
        stored_s += cpu_s(database) - before_s
        told(pages_of)
    rounds = options.rounds - BEGINNING
    clips = rounds * len(sets)
    stages = {name: 1000 * clock.spent_s[name] / clips for name in STAGES}
    return {
        "stages": {name: round(ms, 3) for name, ms in stages.items()},
        "total": sum(stages.values()),
        "beginning": round(1000 * sum(begun.values()) / (BEGINNING * len(sets)), 2),
        "postgresql": round(1000 * stored_s / clips, 2),
        "page": round(1000 * pages.spent_s["pages"] / (rounds * len(pages_of)), 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--athletes", type=int, default=64)
    parser.add_argument("--wave", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=45)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="ls") as folder, engines(Path(folder)) as database:
        found = measured(options, database)
    for name, ms in found["stages"].items():
        print(f"{name:24s} {ms:.3f} ms")
    line = {
        "name": "live_stages",
        "value": round(found["total"], 2),
        "unit": f"ms of worker a clip, waves of {options.wave}",
        "ratio": round(found["total"] / WANTED_MS, 3),
        "against": f"{WANTED_MS:.0f} ms",
        "beginning_ms": found["beginning"],
        "postgresql_ms": found["postgresql"],
        "page_ms_of_web": found["page"],
        "memory_mb": found["memory_mb"],
        "stages_ms": found["stages"],
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
