"""Clips stored many at once come to what they come to one after the other."""

from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import NotFound

from accounts.models import Consent
from models.clip import Clip as ClipData
from models.clip import encode
from sessions.errors import Conflict
from sessions.models import Clip, WorkoutSet
from sessions.services.clip_rows import NewClip, pack_together
from sessions.services.clips import StoredClip, clips_store
from tests.workouts.builders import Athlete, clips, standing

GOOD = list(clips(standing(150)))
OTHER = list(clips(np.roll(standing(150), 7, axis=1)))  # the same times, another person


def new(athlete: Athlete, set_id: UUID, index: int, clip: ClipData | None = None) -> NewClip:
    return NewClip(athlete.user.pk, set_id, index, clip or GOOD[min(index, 4)])


def kinds(outcomes: list[Any]) -> list[str]:
    return [
        ("again" if one.duplicate else "stored") if isinstance(one, StoredClip)
        else type(one).__name__
        for one in outcomes
    ]  # fmt: skip


@pytest.fixture
def set_id(athlete: Athlete) -> UUID:
    return athlete.start_set(athlete.start_workout())


def test_good_and_bad_clips_of_several_people_come_in_one_batch(
    athlete: Athlete, stranger: Athlete, set_id: UUID
) -> None:
    rung: list[UUID] = []
    theirs = stranger.start_set(stranger.start_workout())
    outcomes = clips_store(
        [
            new(athlete, set_id, 1),
            new(stranger, theirs, 0),
            new(stranger, set_id, 2),  # not theirs
            new(athlete, set_id, 2, GOOD[0]),  # starts before the one before it ends
            new(athlete, set_id, 0),
            new(athlete, set_id, 1),  # again
            new(athlete, set_id, 0, OTHER[0]),
            new(athlete, uuid4(), 0),
            new(athlete, set_id, 14_400),
        ],
        enqueue=lambda *ids: rung.extend(ids),
    )
    assert kinds(outcomes) == [
        "stored", "stored", "NotFound", "ValidationError", "stored", "again", "Conflict",
        "NotFound", "ValidationError",
    ]  # fmt: skip
    own, other = WorkoutSet.objects.get(id=set_id), WorkoutSet.objects.get(id=theirs)
    assert (own.revision, own.clips_received) == (2, 2)
    assert (other.revision, other.clips_received) == (1, 1)
    assert list(own.clips.values_list("index", "set_revision")) == [(0, 2), (1, 1)]
    assert sorted(rung) == sorted([set_id, theirs])


def test_who_has_withdrawn_is_refused_and_spoils_nobody(
    athlete: Athlete, stranger: Athlete, set_id: UUID
) -> None:
    theirs = stranger.start_set(stranger.start_workout())
    stood = {"document": Consent.Document.MOVEMENT, "version": "1", "agreed_at": timezone.now()}
    Consent.objects.create(user=stranger.user, ended_at=timezone.now(), **stood)
    outcomes = clips_store([new(stranger, theirs, 0), new(athlete, set_id, 0)])
    assert kinds(outcomes) == ["ConsentWithdrawn", "stored"]
    Consent.objects.create(user=stranger.user, **stood)
    assert kinds(clips_store([new(stranger, theirs, 0)])) == ["stored"]


def test_a_batch_is_as_many_queries_as_one_clip(athlete: Athlete, set_id: UUID) -> None:
    other = athlete.start_set(athlete.start_workout())
    with CaptureQueriesContext(connection) as one:
        clips_store([new(athlete, set_id, 0)])
    with CaptureQueriesContext(connection) as many:
        clips_store([new(athlete, set_id, 1), *(new(athlete, other, i) for i in range(1))])
    assert len(many) == len(one)


def test_a_refused_clip_does_not_reopen_a_set_and_the_next_one_does(
    athlete: Athlete, set_id: UUID
) -> None:
    clips_store([new(athlete, set_id, 0), new(athlete, set_id, 1)])
    athlete.finish(set_id, 2)
    WorkoutSet.objects.update(abandoned=True)
    early = new(athlete, set_id, 2, GOOD[0])
    assert kinds(clips_store([early])) == ["ValidationError"]
    assert WorkoutSet.objects.get().abandoned
    assert kinds(clips_store([early, new(athlete, set_id, 2)])) == ["ValidationError", "stored"]
    row = WorkoutSet.objects.get()
    assert (row.abandoned, row.ended_at, row.clip_count, row.clips_received) == (
        False, None, None, 3,
    )  # fmt: skip


def test_a_set_that_was_finished_a_moment_ago_takes_what_is_missing_and_no_more(
    athlete: Athlete, set_id: UUID
) -> None:
    clips_store([new(athlete, set_id, 0)])
    athlete.finish(set_id, 2)
    outcomes = clips_store(
        [new(athlete, set_id, 2), new(athlete, set_id, 1), new(athlete, set_id, 0)]
    )
    assert kinds(outcomes) == ["ValidationError", "stored", "again"]
    [late] = clips_store([new(athlete, set_id, 3)])
    assert isinstance(late, Conflict)


def test_what_comes_with_the_last_missing_clip_is_one_too_many(
    athlete: Athlete, set_id: UUID
) -> None:
    clips_store([new(athlete, set_id, 0)])
    WorkoutSet.objects.update(failures=2)
    athlete.finish(set_id, 3)
    outcomes = clips_store([new(athlete, set_id, index) for index in (1, 2, 3)])
    assert kinds(outcomes) == ["stored", "stored", "Conflict"]
    assert WorkoutSet.objects.get().failures == 0, "what is new is tried anew"


def test_what_is_packed_already_is_not_packed_again() -> None:
    ready, fresh, alone = (NewClip(uuid4(), uuid4(), 0, clip) for clip in (*GOOD[:2], GOOD[1]))
    pack_together([ready])
    kept = ready.packed
    pack_together([ready, fresh])
    assert ready.packed is kept
    assert vars(fresh)["packed"] == alone.packed


def test_a_deleted_set_takes_nothing(athlete: Athlete, set_id: UUID) -> None:
    athlete.call("DELETE", f"sets/{set_id}")
    assert isinstance(clips_store([new(athlete, set_id, 0)])[0], NotFound)


def test_a_clip_of_an_older_server_is_known_again(athlete: Athlete, set_id: UUID) -> None:
    clips_store([new(athlete, set_id, 0)])
    wire = encode(GOOD[0])
    Clip.objects.update(payload=wire, sha256=sha256(wire).hexdigest())
    assert kinds(clips_store([new(athlete, set_id, 0)])) == ["again"]


STEP = st.tuples(
    st.integers(0, 1),  # which set
    st.integers(0, 5),  # its number
    st.integers(0, 4),  # which moment of the film
    st.booleans(),  # of which person
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=1, max_size=14), cuts=st.sets(st.integers(1, 13)))
def test_any_cutting_into_batches_is_as_one_after_the_other(
    athlete: Athlete, steps: list[tuple[int, int, int, bool]], cuts: set[int]
) -> None:
    def outcome(sizes: list[slice]) -> tuple[list[str], list[Any], list[Any]]:
        with transaction.atomic():
            workout = athlete.start_workout()
            sets = [athlete.start_set(workout), athlete.start_set(workout)]
            given = [
                new(athlete, sets[which], index, (OTHER if other else GOOD)[moment])
                for which, index, moment, other in steps
            ]
            told = [
                f"{one!r}" if isinstance(one, StoredClip) else f"{type(one).__name__} {one}"
                for size in sizes
                for one in clips_store(given[size])
            ]
            rows = [
                list(Clip.objects.filter(set=one).values_list("index", "sha256", "set_revision"))
                for one in sets
            ]
            states = list(
                WorkoutSet.objects.filter(id__in=sets)
                .order_by("index")
                .values_list("revision", "clips_received")
            )
            transaction.set_rollback(True)
        return told, rows, states

    ends = [0, *sorted(cut for cut in cuts if cut < len(steps)), len(steps)]
    batches = [slice(a, b) for a, b in pairwise(ends)]
    alone = [slice(i, i + 1) for i in range(len(steps))]
    assert outcome(batches) == outcome(alone)


def test_the_refusals_are_those_of_a_single_clip(athlete: Athlete, set_id: UUID) -> None:
    [told] = clips_store([new(athlete, set_id, 14_400)])
    assert isinstance(told, ValidationError)
    assert "index" in told.message_dict


def test_a_clip_stands_from_its_first_frame_to_its_last(athlete: Athlete, set_id: UUID) -> None:
    clip = GOOD[1]
    clips_store([new(athlete, set_id, 1, clip)])
    row = Clip.objects.get()
    first, last = int(clip.t_ms[0]), int(clip.t_ms[-1])
    assert (row.start_ms, row.end_ms, row.frames) == (first, last, len(clip.t_ms))

    def stored(index: int, *, begins: int | None = None, ends: int | None = None) -> list[str]:
        by = begins - first if begins is not None else (ends or 0) - last
        return kinds(clips_store([new(athlete, set_id, index, replace(clip, t_ms=clip.t_ms + by))]))

    assert stored(2, begins=last - 1) == stored(0, ends=first + 1) == ["ValidationError"]
    assert stored(2, begins=last) == stored(0, ends=first) == ["stored"]
