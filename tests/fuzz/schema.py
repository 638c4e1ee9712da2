"""Every operation of docs/openapi.yaml asked by everybody; each answer held against what is told.

Requests are made by schemathesis from the schema, right ones and wrong ones. Some are given ids of
rows that are there, and some the call of `tests.config.access.calls` whole, so that the answers
are not refusals alone.

`python -m tests.fuzz.schema --seconds 600 --seed 7` goes on with seed after seed.
"""

import argparse
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from models.clip import CONTENT_TYPE as CLIP
from tests.fuzz.standing import empty_database

if TYPE_CHECKING:
    from tests.config.access.world import World

DESCRIPTION: Final = Path(__file__).parents[2] / "docs" / "openapi.yaml"
CHECKS: Final = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance,
]  # fmt: skip
BINARY: Final = ("application/octet-stream", CLIP)
TOKEN: Final = "token of the athlete"
TOLD, LINKED, MADE_UP = "told", "linked", "made up"
MOST_TOLD: Final = 1_500
AT_ONCE: Final = 8


@schemathesis.serializer(*BINARY)
def _as_it_is(_context: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@dataclass
class Found:
    """faults: an operation and what was wrong, and how it was asked the first time."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, why: str, how: str) -> None:
        self.faults.setdefault(f"{label}: {why}", how[:MOST_TOLD])


class Asker:
    """call: sends a case as an actor, inside a transaction that is rolled back."""

    def __init__(self, world: "World", call: Callable[[Any, str], Any]) -> None:
        from tests.config.access.calls import CALLS
        from tests.config.access.world import ATHLETE, COACHES

        self._world, self._call, self._calls = world, call, CALLS
        self._actors = [*sorted(world.clients), TOKEN]
        self._readers = [ATHLETE, TOKEN, *COACHES]  # who has something to see
        self._schema = schemathesis.openapi.from_path(str(DESCRIPTION))
        self.found = Found()

    def operations(self) -> list[Any]:
        return [one.ok() for one in self._schema.get_all_operations()]

    def ask(self, operation: Any, examples: int, seed: int) -> None:
        """As many requests of either kind, valid and not."""
        rng = Random(f"{seed} {operation.label}")
        for mode in GenerationMode:
            for case in _cases(operation, mode, examples, rng.getrandbits(32)):
                self._try(case, rng)

    def _try(self, case: Any, rng: Random) -> None:
        actor = rng.choice(self._actors)
        if case.operation.label.startswith(("GET", "HEAD")) and rng.random() < 0.3:
            actor = rng.choice(self._readers)
        how = rng.choice((TOLD, LINKED, LINKED, MADE_UP))
        self._link(case, actor, how)
        label, asked = case.operation.label, f"{actor}, {how}"
        self.found.requests += 1
        try:
            answer = self._call(case, actor)
            self.found.statuses[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            for one in getattr(failure, "exceptions", [failure]):
                why = f"{one.title}: {one.message.splitlines()[0]}"
                self.found.add(label, why, f"{asked}: {case.as_curl_command()}\n{one.message}")
        except Exception as error:
            self.found.add(label, repr(error)[:200], f"{asked}\n{traceback.format_exc(limit=-6)}")

    def _link(self, case: Any, actor: str, how: str) -> None:
        known = self._calls.get(case.operation.label)
        ids = self._world.ids_for(actor)
        if how == MADE_UP:
            return
        names = known.ids if known else {}
        given = case.path_parameters or {}
        known_ids = {name: ids.get(names.get(name, name)) for name in given}
        case.path_parameters = {
            name: str(known_ids[name]) if known_ids[name] is not None else given[name]
            for name in given
        }
        if how == TOLD and known is not None:
            case.query = dict(parse_qsl(known.query))
            if case.method not in ("GET", "DELETE"):
                case.body, case.media_type = known.body(ids), known.content_type


def _cases(operation: Any, mode: Any, count: int, seed: int) -> list[Any]:
    cases: list[Any] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def collect(case: Any) -> None:
        cases.append(case)

    try:
        collect()
    except hypothesis.errors.Unsatisfiable:  # nothing of it can be made wrong
        return []
    return cases


def caller(world: "World") -> Callable[[Any, str], Any]:
    """Calls the application in this process, with the actor's cookies, and forgets what it did."""
    from django.conf import settings as configured
    from django.core.cache import cache
    from django.core.wsgi import get_wsgi_application
    from django.db import transaction

    from tests.config.access.world import ATHLETE

    application, csrf = get_wsgi_application(), "x" * 32
    token = _token(world.users[ATHLETE])

    def call(case: Any, actor: str) -> Any:
        cookies, headers = {}, {"Authorization": f"Bearer {token}"}
        if actor != TOKEN:
            jar = world.clients[actor].cookies.items()
            cookies = {name: one.value for name, one in jar} | {configured.CSRF_COOKIE_NAME: csrf}
            headers = {"X-CSRFToken": csrf}
        headers["Accept-Encoding"] = "identity"  # what is packed would be judged as it comes
        cache.clear()
        with transaction.atomic():
            answer = case.call(app=application, cookies=cookies, headers=headers)
            transaction.set_rollback(True)
        return answer

    return call


def _token(user: Any) -> str:
    """Of everything that a token may do."""
    from django.utils import timezone

    from accounts.tokens.scopes import TokenScope
    from accounts.tokens.services import token_make

    until = timezone.now() + timedelta(days=1)
    return token_make(user=user, name="t", scopes=TokenScope.values, expires_at=until).secret


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.schema", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with empty_database():
        return run(asked.seconds, asked.seed)


def run(seconds: float, seed: int) -> int:
    from coach.services.programmes import programmes_load
    from sessions.services.catalogue import catalogue_load
    from tests.config.access.world import make_world

    catalogue_load()
    programmes_load()
    world = make_world()
    asker = Asker(world, caller(world))
    until, rng = time.monotonic() + seconds, Random(seed)
    operations = asker.operations()
    while time.monotonic() < until:
        rng.shuffle(operations)
        seed += 1
        for operation in operations:
            if time.monotonic() < until:
                asker.ask(operation, AT_ONCE, seed)
    found = asker.found
    for fault, how in found.faults.items():
        print(f"{fault}\n  {how}\n", flush=True)
    print(json.dumps({"requests": found.requests, "operations": len(operations),
                      "statuses": dict(sorted(found.statuses.items())),
                      "faults": len(found.faults)}))  # fmt: skip
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
