"""What is acknowledged is in the database, whatever becomes of the broker and the cache."""

import pytest
from celery import Task
from django.core.cache import cache
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as RedisConnectionError

from sessions.models import Clip, WorkoutSet
from tests.workouts.builders import Athlete, clips, standing


@pytest.mark.django_db(transaction=True)
def test_a_clip_is_stored_without_broker_and_cache(
    athlete: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    monkeypatch.undo()  # commits are real again

    def away(*_: object, **__: object) -> None:
        raise OperationalError("Connection refused")

    def no_cache(*_: object, **__: object) -> None:
        raise RedisConnectionError("Connection refused")

    monkeypatch.setattr(Task, "apply_async", away)
    monkeypatch.setattr(cache, "add", no_cache)
    [clip] = clips(standing(20))
    assert athlete.send(set_id, 0, clip).status_code == 202
    assert athlete.finish(set_id, 1).status_code == 200
    assert Clip.objects.count() == 1
    assert list(WorkoutSet.objects.unanalyzed().values_list("id", flat=True)) == [set_id]
