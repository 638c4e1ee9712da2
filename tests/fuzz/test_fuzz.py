"""Every endpoint, asked by everybody for what makes no sense: told so, in our words.

A short run, with a seed that stays; FUZZ_S=600 FUZZ_SEED=7 make it a longer one with another.
On real engines, with many at once: `python -m tests.fuzz --seconds 600 --seed 7`.
"""

import os
import traceback
from random import Random
from time import monotonic

import pytest
from django.core.cache import cache
from django.db import transaction

from coach.services.programmes import programmes_load
from sessions.services.catalogue import catalogue_load
from tests.config.access.world import ADMIN, ANONYMOUS, ATHLETE, COACHES, World, make_world
from tests.fuzz.attacks import Attack, attack, endpoints
from tests.fuzz.judge import faults

SEED, AT_MOST_S = int(os.environ.get("FUZZ_SEED", "6")), float(os.environ.get("FUZZ_S", "10"))
AT_LEAST, ENOUGH = 100, 20
WHO = (ANONYMOUS, ATHLETE, ADMIN, *COACHES)


@pytest.fixture
def world(db: None) -> World:
    catalogue_load()
    programmes_load()
    return make_world()


def wrong_with(world: World, tried: Attack) -> list[str]:
    client = world.clients[tried.actor]
    cache.clear()
    try:
        with transaction.atomic():
            answer = client.generic(
                tried.method, tried.path, tried.body, tried.content_type, headers=tried.headers
            )
            told = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
    except Exception:
        return [traceback.format_exc(limit=-4)]
    kind = answer.headers.get("Content-Type", "")
    return list(faults(tried.method, answer.status_code, kind, told))


def test_whatever_is_sent_is_answered_in_one_shape(world: World) -> None:
    wrong: list[str] = []
    rng, until, tried = Random(SEED), monotonic() + AT_MOST_S, 0
    while monotonic() < until and len(wrong) < ENOUGH:
        endpoint = rng.choice(endpoints())
        actor = rng.choice(WHO)
        one = attack(rng, endpoint, actor, world.ids_for(actor))
        wrong += [f"{one}\n  {why}" for why in wrong_with(world, one)]
        tried += 1
    assert not wrong, "\n".join(wrong)
    assert tried >= AT_LEAST
