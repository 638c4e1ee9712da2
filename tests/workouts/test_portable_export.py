"""What the export holds, and that it is made piece by piece."""

import csv
import io
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.utils import timezone

from models.clip_store import pack
from sessions.portable import bundle
from sessions.portable.bundle import bundle_chunks
from sessions.portable.table import guarded
from tests.workouts.builders import START, Athlete, add_set, clips, squats
from tests.workouts.carried import exported, unpacked
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db


def table(athlete: Athlete) -> list[dict[str, str]]:
    answer = athlete.client.get("/api/export/sets.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_manifest_counts_and_seals_every_file(athlete: Athlete, stranger: Athlete) -> None:
    add_set(athlete.user, reps=3)
    add_set(athlete.user, START + timedelta(days=1), reps=2)
    add_set(stranger.user, reps=9)
    files = unpacked(exported(athlete))
    manifest = json.loads(files.pop("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("posecoach-export", 1)
    counts = {"workouts": 2, "sets": 2, "reps": 5, "attempts": 0, "clips": 0}
    assert manifest["counts"] == {**counts, "programmes": 0, "plans": 0}
    seals = {one["name"]: one["sha256"] for one in manifest["files"]}
    assert seals == {name: sha256(body).hexdigest() for name, body in files.items()}
    profile = json.loads(files["profile.json"])
    shown = {"display_name", "time_zone", "units", "language", "weekly_goal"}
    assert profile.keys() == {*shown, "shares_for_training", "keypoints_days"}


def test_keypoints_are_the_stored_payloads(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.send_all(set_id, squats(2))
    wanted = b"".join(pack(clip) for clip in clips(squats(2)))
    assert unpacked(exported(athlete))[f"keypoints/{set_id}.pccl"] == wanted


def test_what_was_deleted_stays_behind(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3, deleted_at=START)
    gone = add_set(athlete.user, reps=3)
    athlete.call("DELETE", f"workouts/{gone.workout_id}")
    files = unpacked(exported(athlete))
    assert json.loads(files["manifest.json"])["counts"]["sets"] == 0
    assert table(athlete) == []


def test_it_is_sent_in_pieces(athlete: Athlete, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_AT_ONCE", 8 * 1024)
    athlete.send_all(athlete.start_set(athlete.start_workout()), squats(90))
    pieces = list(bundle_chunks(athlete.user, timezone.now()))
    assert len(pieces) > 2
    assert max(map(len, pieces)) < sum(map(len, pieces)) / 2


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@me", "'@me"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("5 = 5", "5 = 5"),
        (-1.5, -1.5),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: object, told: object) -> None:
    assert guarded(cell) == told


def test_one_row_a_set(athlete: Athlete) -> None:
    one = add_set(athlete.user, reps=5, weight_kg=60, rpe=8, note='=HYPERLINK("x")\nsecond')
    [row] = table(athlete)
    assert (row["exercise"], row["reps"], row["weight_kg"]) == ("squat", "5", "60.0")
    assert row["note"] == '\'=HYPERLINK("x")\nsecond'
    assert (row["set"], row["day"]) == (str(one.id), "2026-03-02")


@pytest.mark.django_db(transaction=True)
def test_no_warning_and_the_same_bytes_under_asgi(athlete: Athlete) -> None:
    add_set(athlete.user, reps=3)

    async def downloaded() -> bytes:
        client = AsyncClient()
        await client.aforce_login(
            athlete.user, "allauth.account.auth_backends.AuthenticationBackend"
        )
        answer = await client.get("/api/export/sets.csv", headers={"accept": "text/html"})
        assert answer.is_async
        return b"".join([chunk async for chunk in answer.streaming_content])

    assert async_to_sync(downloaded)().count(b"\r\n") == 2
