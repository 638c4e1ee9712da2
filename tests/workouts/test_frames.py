"""The stored keypoints of a set come back as they were sent."""

import gzip
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from sessions.models import Clip, WorkoutSet
from sessions.selectors import frames
from tests.workouts.builders import Athlete, add_set, clips, squats
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db
SENT = list(clips(squats(3)))


@pytest.fixture
def set_id(athlete: Athlete, queue: Queue) -> UUID:
    set_id = athlete.start_set(athlete.start_workout())
    for index in reversed(range(len(SENT))):
        athlete.send(set_id, index, SENT[index])
    athlete.finish(set_id, len(SENT))
    return set_id


def ask(athlete: Athlete, set_id: UUID, query: str = "", **headers: str) -> Any:
    return athlete.client.get(f"/api/sets/{set_id}/frames{query}", headers=headers)


def test_frames_are_what_was_sent_to_an_eighth_of_a_pixel(athlete: Athlete, set_id: UUID) -> None:
    told = ask(athlete, set_id).json()
    assert (told["width_px"], told["height_px"]) == (640, 480)
    assert told["estimator"] == "posenet_mobilenet_075"
    t_ms = np.concatenate([clip.t_ms for clip in SENT])
    poses = np.concatenate([clip.poses for clip in SENT])
    assert told["t_ms"] == t_ms.tolist()
    assert told["next_ms"] is None
    got = np.array(told["keypoints"]).reshape(-1, 17, 3)
    off_px = np.abs(got[:, :, :2] / 10_000 - poses[:, :, :2]) * (640, 480)
    assert off_px.max() <= 1 / 8 + 640 * (0.5 / 10_000 + 0.5 / 65_535)
    assert np.abs(got[:, :, 2] / 255 - poses[:, :, 2]).max() <= 0.5 / 63 + 1 / 255


def test_a_long_set_comes_in_parts(
    athlete: Athlete, set_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(athlete, set_id).json()
    for most in (1, 7, 30, 31, len(whole["t_ms"]) - 1, len(whole["t_ms"])):
        monkeypatch.setattr(frames, "MOST", most)
        t_ms: list[int] = []
        keypoints: list[int] = []
        next_ms: int | None = 0
        while next_ms is not None:
            part = ask(athlete, set_id, f"?from_ms={next_ms}").json()
            assert 0 < len(part["t_ms"]) <= most
            t_ms += part["t_ms"]
            keypoints += part["keypoints"]
            next_ms = part["next_ms"]
        assert (t_ms, keypoints) == (whole["t_ms"], whole["keypoints"])


def test_it_is_packed_for_who_can_unpack(athlete: Athlete, set_id: UUID) -> None:
    plain = ask(athlete, set_id)
    packed = ask(athlete, set_id, accept_encoding="gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain


def test_it_is_kept_by_the_browser_once_the_set_is_whole(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.send(set_id, 0, SENT[0])
    athlete.finish(set_id, 2)
    early = ask(athlete, set_id)
    assert early["Cache-Control"] == "private, no-cache"
    assert ask(athlete, set_id, if_none_match=early["ETag"]).status_code == 304
    athlete.send(set_id, 1, SENT[1])
    late = ask(athlete, set_id, if_none_match=early["ETag"])
    assert late.status_code == 200
    assert len(late.json()["t_ms"]) == 60
    assert late["Cache-Control"] == "private, max-age=31536000, immutable"
    assert {"Cookie", "Accept-Encoding"} <= {one.strip() for one in late["Vary"].split(",")}
    again = ask(athlete, set_id, if_none_match=late["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_set_without_clips_has_no_frames(athlete: Athlete) -> None:
    row = add_set(athlete.user, reps=2)
    answer = ask(athlete, row.id)
    assert answer.json() == {
        "width_px": None, "height_px": None, "estimator": None,
        "t_ms": [], "keypoints": [], "next_ms": None,
    }  # fmt: skip
    assert answer["Cache-Control"] == "private, no-cache"


def test_anybody_elses_frames_are_not_there(
    athlete: Athlete, stranger: Athlete, set_id: UUID
) -> None:
    etag = ask(athlete, set_id)["ETag"]
    assert ask(stranger, set_id).status_code == 404
    assert ask(stranger, set_id, if_none_match=etag).status_code == 404
    WorkoutSet.objects.filter(id=set_id).update(deleted_at="2026-03-03T00:00Z")
    assert ask(athlete, set_id, if_none_match=etag).status_code == 404


def test_a_moment_that_is_no_number_is_refused(athlete: Athlete, set_id: UUID) -> None:
    assert ask(athlete, set_id, "?from_ms=soon").status_code == 400
    assert ask(athlete, set_id, "?from_ms=-1").status_code == 400
    assert ask(athlete, set_id, f"?from_ms={10**20}").status_code == 400
    assert Clip.objects.filter(set_id=set_id).count() == len(SENT)
