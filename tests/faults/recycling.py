"""`python -m tests.faults.recycling [--recycles 1000]`: a worker whose process is new each task.

Every task runs in a process that ends with it, as `--max-tasks-per-child 1` does. Athletes train
meanwhile; what they are told must be what a calm server counts, and the worker that starts all
these processes must not grow.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

from celery import Celery

from tests.faults import campaign
from tests.faults.reference import fault_free
from tests.faults.stack import Stack
from tests.faults.verifier import Result, verify

TASK = "sessions.tasks.refresh_trend"
WAIT_S = 1800
# Eight at a time, because a worker looks every five seconds for processes that have ended.
EACH = ("--max-tasks-per-child", "1", "--concurrency", "8")


def rss_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ProcessLookupError(pid)


def run(
    stack: Stack, recycles: int, expected: dict[int, Result], folder: Path
) -> dict[str, object]:
    app = Celery(broker=stack.env["REDIS_URL"])
    path, luck = folder / "recycling.jsonl", random.Random(1)
    trained = campaign.train(stack, stack.url, path, luck)
    trained.finish()
    campaign.wait_for_results(stack, trained.sets)
    begun, pid = _done(app)
    memory = [rss_kb(pid)]
    for step in range(10):
        for _ in range(recycles // 10):
            app.send_task(TASK, (str(uuid4()),))
        _wait(app, begun + (step + 1) * (recycles // 10))
        memory.append(rss_kb(pid))
    trained = campaign.train(stack, stack.url, path, random.Random(2))  # and still it counts
    trained.finish()
    campaign.wait_for_results(stack, trained.sets)
    done, same = _done(app)
    found = verify(stack.database.url, path, expected)
    return {
        "recycles": done,
        "same_parent": same == pid,
        "problems": found.problems,
        "rss_kb_first": memory[1],
        "rss_kb_last": memory[-1],
        "growth": round(memory[-1] / memory[1] - 1, 4),
    }


def _done(app: Celery) -> tuple[int, int]:
    """Tasks that the worker has carried out, each in a process of its own, and its id."""
    for _ in range(20):
        if told := app.control.inspect(timeout=3).stats():
            [stats] = told.values()
            return sum(stats["total"].values()), int(stats["pid"])
    raise TimeoutError("the worker does not answer")


def _wait(app: Celery, count: int) -> None:
    deadline = time.monotonic() + WAIT_S
    while _done(app)[0] < count:
        assert time.monotonic() < deadline
        time.sleep(0.5)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.recycling", description=__doc__)
    parser.add_argument("--recycles", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Stack(worker_options=EACH) as stack:
        expected = fault_free(stack, Path(folder))
        outcome = run(stack, asked.recycles, expected, Path(folder))
    print(json.dumps(outcome))
    wrong = outcome["problems"] or not outcome["same_parent"] or float(str(outcome["growth"])) > 0.1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
