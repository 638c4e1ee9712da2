"""`python -m benchmarks.ingest [--quick]`: see the package. Ends in one JSON line, in 3 minutes."""

import argparse
import json
import os
import pickle
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.ingest import people
from benchmarks.ingest.load import Plan
from benchmarks.ingest.machine import Served, engines, load, serving
from tests.engines import free_port

ATHLETES, BODIES = 400, 400
BUSY = 240  # connections of the closed loop; one person may send 20 clips a second
NAIVE_BUSY, NAIVE_S = 3, 9.0
PHASES = ("naive", "bare 1", "bare 2", "ours 1", "ours 2", "half", "overload")
OVERLOAD = 5


@dataclass
class Bench:
    """Where everything lies, and how long each phase takes."""

    folder: Path
    env: dict[str, str]
    seconds: float
    port: int
    sets: dict[str, list[UUID]]

    def plan(self, phase: str, connections: int, **change: Any) -> Plan:
        bodies = "nested" if phase == "naive" else "binary"
        given = {"seconds": self.seconds, "warm_s": 1.5, "rate_per_s": None, **change}
        return Plan(
            port=self.port, heads=str(self.folder / f"{phase}.heads"),
            bodies=str(self.folder / f"{bodies}.bodies"), connections=connections, **given,
        )  # fmt: skip

    def serve(self, command: list[str], **env: str) -> Any:
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings", **env}
        return serving(command, self.port, {**self.env, **settings}, self.folder / "server.log")

    def ours(self, processes: int) -> Any:
        command = ["manage.py", "serve", "--port", str(self.port)]
        return self.serve([*command, "--processes", str(processes)])

    def bare(self, processes: int) -> Any:
        return self.serve(["-m", "benchmarks.ingest.bare", str(self.port), str(processes)])

    def naive(self) -> Any:
        return self.serve(
            ["manage.py", "serve", "--port", str(self.port)],
            DJANGO_SETTINGS_MODULE="benchmarks.ingest.naive.settings",
        )

    def lost(self, phase: str, found: dict[str, Any]) -> int:
        """How many acknowledged clips the database does not have."""
        from django.db import connection

        table = "bare_clip" if phase.startswith("bare") else "workouts_clip"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_id, index FROM {table} WHERE set_id = ANY(%s)",
                           [self.sets[phase]])  # fmt: skip
            stored = set(cursor.fetchall())
        told = {(self.sets[phase][athlete], index) for athlete, index in found["acknowledged"]}
        return len(told - stored)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=6.0, help="of each phase")
    parser.add_argument("--only", choices=("ours", "bare"), help="for work on one of them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        with engines(folder) as env:
            os.environ |= {**env, "DJANGO_SETTINGS_MODULE": "benchmarks.ingest.naive.settings"}
            bench = prepared(folder, env, given.seconds)
            told = measured(bench) if given.only is None else alone(bench, given.only)
            log = (folder / "server.log").read_text()[-2000:]
            if log.strip():
                say("servers said", log)
            from django.db import connections

            connections.close_all()
    print(json.dumps(told))


def prepared(folder: Path, env: dict[str, str], seconds: float) -> Bench:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.ingest.bare import TABLE
    from benchmarks.ingest.naive.models import NaiveClip, NaiveFrame, NaiveKeypoint

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (NaiveClip, NaiveFrame, NaiveKeypoint):
            editor.create_model(model)
    call_command("setup", "--no-demo", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("on",)
    begin = time.perf_counter()
    found = people.signed_in(ATHLETES)
    clips = people.clips(BODIES)
    binary, nested = people.binary(clips), people.nested(clips[:12])
    (folder / "binary.bodies").write_bytes(pickle.dumps(binary))
    (folder / "nested.bodies").write_bytes(pickle.dumps(nested))
    bench = Bench(folder, env, seconds, free_port(), {})
    keys = [key for _, key in found]
    for phase in PHASES:
        bench.sets[phase] = people.sets_of(user for user, _ in found)
        length, kind = len(binary[0]), people.CONTENT_TYPE
        if phase == "naive":
            length, kind = len(nested[0]), "application/json"
        people.write_heads(
            folder / f"{phase}.heads", bench.sets[phase], keys, bench.port, length, kind
        )
    say("prepared in", f"{time.perf_counter() - begin:.0f} s; {len(binary[0])} bytes a clip")
    return bench


def alone(bench: Bench, what: str) -> dict[str, Any]:
    """Both peaks of one server, and nothing to compare it with."""
    return {
        "name": "ingest",
        **{f"{what}_{n}": peak(bench, f"{what} {n}")["per_s"] for n in (1, 2)},
    }


def peak(bench: Bench, phase: str) -> dict[str, Any]:
    kind, processes = phase.split()
    with getattr(bench, kind)(int(processes)) as served:
        found = load(bench.plan(phase, BUSY), served, bench.folder)
        told(phase, found, served, lost := bench.lost(phase, found))
    assert not lost, f"{lost} acknowledged clips are not there"
    return found


def measured(bench: Bench) -> dict[str, Any]:
    with bench.naive() as served:
        naive = load(
            bench.plan("naive", NAIVE_BUSY, seconds=NAIVE_S, warm_s=1.0), served, bench.folder
        )
        told("naive", naive, served, 0)
    limits = [peak(bench, f"bare {n}") for n in (1, 2)]
    bare = max(one["per_s"] for one in limits)
    ours = {n: peak(bench, f"ours {n}") for n in (1, 2)}
    peaks = {n: found["per_s"] for n, found in ours.items()}
    processes = max(peaks, key=lambda n: peaks[n])
    best = peaks[processes]
    with bench.ours(processes) as served:
        plan = bench.plan("half", ATHLETES, rate_per_s=best / 2, seconds=max(8.0, bench.seconds))
        half = load(plan, served, bench.folder)
        told("half of the peak", half, served, bench.lost("half", half))
    with bench.ours(processes) as served:
        rate, seconds = best * OVERLOAD, max(10.0, bench.seconds)
        plan = bench.plan("overload", ATHLETES, rate_per_s=rate, seconds=seconds, warm_s=1.0)
        plan.let_in_at_once = ATHLETES  # as after a restart
        overload = load(plan, served, bench.folder)
        lost = bench.lost("half", half) + bench.lost("overload", overload)
        told(f"{OVERLOAD} x the peak", overload, served, lost)
    return {
        "name": "ingest",
        "value": round(best, 1),
        "unit": "clips/s",
        "ratio": round(best / bare, 3),
        "against": f"the bare limit's {bare:.0f}/s on {os.cpu_count()} cores; {processes} "
        f"processes; a naive nested endpoint has {naive['per_s']:.2f}/s",
        "times_naive": round(best / naive["per_s"], 1),
        "naive_per_s": round(naive["per_s"], 3),
        "bare_per_s": round(bare, 1),
        "ours_per_s": {str(n): round(value, 1) for n, value in peaks.items()},
        "cpu_ms_a_clip": {
            "naive": naive["cpu_ms"],
            "bare": min((one["cpu_ms"] for one in limits), key=_sum),
            "ours": min((one["cpu_ms"] for one in ours.values()), key=_sum),
        },
        "let_in_s": {
            "8 at once": round(half["let_in_s"], 2),
            "all at once": round(overload["let_in_s"], 2),
        },
        "let_in_status": overload["let_in_status"],
        "half_p50_ms": round(half["p50_ms"], 1),
        "half_p99_ms": round(half["p99_ms"], 1),
        "overload_status": overload["status"],
        "overload_stored_per_s": round(overload["per_s"], 1),
        "overload_p99_ms": round(overload["p99_ms"], 1),
        "overload_mb": round(served.most_mb),
        "lost": lost,
    }


def told(phase: str, found: dict[str, Any], served: Served, lost: int) -> None:
    clips = max(1.0, found["per_s"] * found["seconds"])
    cpu_ms = {name: round(1000 * spent / clips, 3) for name, spent in found["spent_s"].items()}
    found["cpu_ms"] = cpu_ms
    say(
        f"{phase:16}",
        f"ms of processor a clip: {cpu_ms};",
        f"{found['per_s']:8.1f} stored/s of {found['answered_per_s']:.0f} answered/s, "
        f"p50 {found['p50_ms']:.1f} ms, p99 {found['p99_ms']:.1f} ms, worst "
        f"{found['worst_ms']:.0f} ms; {found['status']}, unanswered {found['unanswered']}, "
        f"lost {lost}; sent late by {found['late_ms']:.1f} ms; server {served.most_mb:.0f} MB; "
        f"{sum(found['let_in_status'].values())} first clips took {found['let_in_s']:.2f} s "
        f"({found['let_in_status']})",
    )


def _sum(parts: dict[str, float]) -> float:
    """Server and database; the load is the same for all."""
    return sum(value for name, value in parts.items() if name != "load")


def say(*words: str) -> None:
    print(*words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
