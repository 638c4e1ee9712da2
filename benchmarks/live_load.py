"""How late is a count at the client, with how many athletes, and what saturates?

PostgreSQL (fsync on), Redis, web, worker and beat as processes of their own, and a generator of
load beside them on the same cores. Each athlete sends a clip of a second (30 frames) a second;
its latency runs from the last byte sent to the socket's message that knows the clip's last frame.
The ratio is the 99th percentile at 200 athletes to the 500 ms that are wanted.

    python -m benchmarks.live_load [--athletes 50 100 200 400] [--measure 15]
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil  # type: ignore[import-untyped]

from tests.faults.stack import Stack
from tests.live import environment

WANTED_MS, WANTED_AT = 500.0, 200
OF_WEB = {"DATABASE_POOL": "10"}  # as deployments have it
RAMP_S, PATIENCE_S = 8.0, 4.0


class Spent:
    """CPU seconds of each part of the product, those of its children included."""

    def __init__(self, roots: dict[str, int]) -> None:
        self._roots = roots
        self._since = time.monotonic()
        self._before = self._now()

    def _now(self) -> dict[str, float]:
        return {name: cpu_s(pid) for name, pid in self._roots.items()}

    def cores(self) -> dict[str, float]:
        """Of one core, since it was made."""
        wall_s, now = time.monotonic() - self._since, self._now()
        return {name: round((now[name] - self._before[name]) / wall_s, 2) for name in now}


def cpu_s(pid: int) -> float:
    total = 0.0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            used = process.cpu_times()
            total += used.user + used.system
    except psutil.NoSuchProcess:
        pass
    return total


def _memory_mb(pid: int) -> int:
    """Of the largest of its processes."""
    root = psutil.Process(pid)
    sizes = [one.memory_info().rss for one in (root, *root.children(recursive=True))]
    return int(max(sizes)) // 2**20


def loaded(stack: Stack, athletes: int, measure_s: float, folder: Path) -> dict[str, Any]:
    """Latencies in ms, misses and who used the cores, with so many athletes."""
    env = environment(stack.env)
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks._load_athletes", str(athletes)],
        env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    plan = folder / f"{athletes}.json"
    plan.write_text(
        json.dumps(
            {
                "port": stack.port,
                "athletes": json.loads(made.stdout.splitlines()[-1]),
                "ramp_s": RAMP_S,
                "measure_s": measure_s,
                "patience_s": PATIENCE_S,
            }
        )
    )
    command = [sys.executable, "-m", "benchmarks._load_client", str(plan)]
    client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert client.stdout is not None
    begins_s = json.loads(client.stdout.readline())["begins_s"]
    time.sleep(max(0.0, begins_s + RAMP_S + 1 - time.time()))
    spent = Spent({**stack.pids, "generator": client.pid})
    busy = psutil.cpu_percent()
    time.sleep(measure_s)
    busy = psutil.cpu_percent()
    cores = spent.cores()
    told = json.loads(client.communicate()[0])
    seen = [second * 1000 for second in told["took_s"] if second is not None]
    p50, p95, p99 = np.percentile(seen, (50, 95, 99)) if seen else (np.inf,) * 3
    misses = len(told["took_s"]) - len(seen)
    return {
        "athletes": athletes,
        "p50_ms": round(float(p50)),
        "p95_ms": round(float(p95)),
        "p99_ms": round(float(p99)),
        "clips": len(told["took_s"]),
        "misses": misses,
        "refused": told["refused"],
        "machine_busy": round(busy / 100 * (os.cpu_count() or 1), 2),
        "cores": cores,
        "worker_mb": _memory_mb(stack.pids["worker"]),
        "busiest": max(cores, key=lambda name: cores[name]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--athletes", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--measure", type=float, default=15.0, help="seconds, each")
    options = parser.parse_args()
    found = []
    with Stack(of_web=OF_WEB) as stack, TemporaryDirectory() as folder:
        for athletes in options.athletes:
            found.append(loaded(stack, athletes, options.measure, Path(folder)))
            print(json.dumps(found[-1]), flush=True)
            time.sleep(2)
    asked = next((one for one in found if one["athletes"] == WANTED_AT), found[-1])
    line = {
        "name": "live_load",
        "value": asked["p99_ms"],
        "unit": f"ms, 99th percentile, {asked['athletes']} athletes",
        "ratio": round(asked["p99_ms"] / WANTED_MS, 3),
        "against": f"{WANTED_MS:.0f} ms",
        "all": found,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
