"""`python -m tests.fuzz`: the same attacks, many at once, on web and worker with real engines."""

import argparse
import json
import os
import subprocess
import sys
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from random import Random
from typing import Any

from tests.faults.stack import Stack
from tests.live import ROOT, environment

AT_ONCE, ROUND, REPEATED = 6, 300, 0.15
TOKEN = "x" * 32  # of both cookie and header


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with Stack() as stack:
        return run(stack, asked.seconds, asked.seed)


def run(stack: Stack, seconds: float, seed: int) -> int:
    import django

    django.setup()  # the generator reads the URL configuration
    rng, until = Random(seed), time.monotonic() + seconds
    seen: Counter[str] = Counter()
    answers: Counter[int] = Counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while time.monotonic() < until:
            for status, told in pool.map(lambda one: one(), _round(rng, stack)):
                answers[status] += 1
                for why in told:
                    seen[why.partition(" : ")[0]] += 1
                    if seen[why.partition(" : ")[0]] == 1:
                        print(why, flush=True)
    print(json.dumps({"requests": answers.total(), "statuses": dict(sorted(answers.items())),
                      "faults": len(seen)}))  # fmt: skip
    return 1 if seen else 0


def _round(rng: Random, stack: Stack) -> Iterator[Any]:
    """Calls to be made at once; some are sent several times, as by a page on a slow line."""
    from tests.config.access.world import ADMIN, ANONYMOUS, ATHLETE, COACHES
    from tests.fuzz.attacks import attack, endpoints

    made = _made(stack)
    for _ in range(ROUND):
        endpoint, actor = rng.choice(endpoints()), rng.choice((ANONYMOUS, ATHLETE, ADMIN, *COACHES))
        ids = made["ids"][actor] | {"clip": b64decode(made["ids"][actor]["clip"])}
        one = attack(rng, endpoint, actor, ids)
        cookies = made["cookies"][actor]
        for _ in range(AT_ONCE if rng.random() < REPEATED else 1):
            yield lambda one=one, cookies=cookies: _sent(stack.port, one, cookies)


def _made(stack: Stack) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.made"], cwd=ROOT,
        env=environment(stack.env) | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _sent(port: int, one: Any, cookies: dict[str, str]) -> tuple[int, list[str]]:
    from tests.fuzz.judge import faults

    named = "; ".join(f"{name}={value}" for name, value in {**cookies, "csrftoken": TOKEN}.items())
    headers = {"Cookie": named, "X-CSRFToken": TOKEN, **one.headers}
    if one.content_type:
        headers["Content-Type"] = one.content_type
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(one.method, one.path, one.body, headers)
        answer = line.getresponse()
        body, kind = answer.read(), answer.headers.get("Content-Type", "")
    except OSError as error:
        return 0, [f"{one.endpoint} {type(error).__name__} : {error} {one}"]
    finally:
        line.close()
    # A server that knows no such method may say so in its own way.
    told = [] if one.method == "BREW" else faults(one.method, answer.status, kind, body)
    return answer.status, [f"{one.endpoint} {why[:60]} : {why} {one}" for why in told]


if __name__ == "__main__":
    sys.exit(main())
