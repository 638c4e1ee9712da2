"""Every operation, a few times, by everybody: what comes back is what docs/openapi.yaml says.

`python -m tests.fuzz.schema --seconds 600` is the long run.
"""

import pytest

from coach.services.programmes import programmes_load
from sessions.services.catalogue import catalogue_load
from tests.config.access.world import make_world
from tests.fuzz.schema import Asker, caller


@pytest.fixture
def asker(db: None) -> Asker:
    catalogue_load()
    programmes_load()
    world = make_world()
    return Asker(world, caller(world))


def test_every_answer_is_as_told(asker: Asker) -> None:
    for operation in asker.operations():
        asker.ask(operation, examples=1, seed=7)
    assert not asker.found.faults, "\n".join(f"{k}\n{v}" for k, v in asker.found.faults.items())
    assert asker.found.requests > len(asker.operations())
    assert {200, 204, 400, 401, 404} <= asker.found.statuses.keys()


def test_an_answer_that_is_not_told_is_found(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "accounts.serializers.MeSerializer.to_representation", lambda *_: {"id": "no"}
    )
    [me] = [one for one in asker.operations() if one.label == "GET /api/me"]
    asker.ask(me, examples=5, seed=1)
    assert any(fault.startswith("GET /api/me: Response violates") for fault in asker.found.faults)
