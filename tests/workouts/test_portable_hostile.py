"""Files that are not what they say: each is refused in words, and nothing of it is written."""

import io
import json
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from accounts.models import User
from sessions.models import ImportPart, WorkoutSession
from tests.workouts.builders import Athlete, add_set, squats
from tests.workouts.carried import brought, edited, exported, packed, sent, unpacked
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(athlete: Athlete, queue: Queue) -> bytes:
    """An export of one workout with keypoints, which is gone now."""
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(2)))
    queue.run()
    told = exported(athlete)
    WorkoutSession.objects.all().delete()
    return told


def name_of(body: bytes, folder: str) -> str:
    return next(name for name in unpacked(body) if name.startswith(folder))


def refused(athlete: Athlete, queue: Queue, body: bytes) -> str:
    """Why the whole file is."""
    report = sent(athlete, queue, body)
    assert report["state"] == "refused", report
    assert not ImportPart.objects.exists()
    return str(report["message"])


def problem(athlete: Athlete, queue: Queue, body: bytes) -> str:
    """Why its one workout is; the rest of the file is fine."""
    report = brought(athlete, queue, body)
    assert (report["state"], report["counts"]["refused"]) == ("done", 1), report
    assert not WorkoutSession.objects.exists()
    return str(report["problems"][0]["message"])


def with_file(body: bytes, name: str, content: bytes, *, seal: bool = True) -> bytes:
    return packed({**unpacked(body), name: content}, seal=seal)


def test_the_fixture_is_fine(athlete: Athlete, queue: Queue, body: bytes) -> None:
    assert brought(athlete, queue, body)["counts"]["brought"] == 1


REP = {
    "index": 0, "start_ms": 100, "turn_ms": 200, "end_ms": 300, "rom_deg": 80, "rom_left_deg": 80,
    "rom_right_deg": 80, "down_s": 1, "pause_s": 0, "up_s": 1, "confidence": 1,
    "model_version": "v1",
}  # fmt: skip
FOUND = {
    "rep": 0, "start_ms": 100, "end_ms": 300, "fault": "shallow", "joint": "", "phase": "",
    "measured": 1, "limit": 2, "unit": "deg", "severity": 0.5, "model_version": "v1",
}  # fmt: skip
NAMES = (
    "../../etc/passwd", "/etc/passwd", "workouts/../x.json", "a/b.json", "workouts\\x.json",
    "keypoints/", "x" * 300,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_path_that_no_export_has(athlete: Athlete, queue: Queue, body: bytes, name: str) -> None:
    assert "in an export" in refused(athlete, queue, with_file(body, name, b"{}"))


def test_bombs(athlete: Athlete, queue: Queue, body: bytes) -> None:
    bomb = with_file(body, "plans.json", b" " * 7 * 1024**2)
    assert "100 to 1" in refused(athlete, queue, bomb)
    large = with_file(body, "plans.json", b" " * 9 * 1024**2)
    assert "larger than 8192 KiB" in refused(athlete, queue, large)


def test_a_size_that_lies(athlete: Athlete, queue: Queue, body: bytes) -> None:
    """The directory says 2 bytes, and packed there are a million."""
    files = {**unpacked(body), "plans.json": b" " * 200_000}
    whole = bytearray(packed(files))
    at = whole.rindex(b"plans.json") - 46
    whole[at + 24 : at + 28] = (2).to_bytes(4, "little")
    assert refused(athlete, queue, bytes(whole))


def test_a_directory_too_long_to_hold(athlete: Athlete, queue: Queue) -> None:
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xfe\xff\xfe"
    size = 9 * 1024**2
    whole = b"PK\x01\x02" + bytes(size - 4) + end + size.to_bytes(4, "little") + bytes(6)
    assert "too long" in refused(athlete, queue, whole)


@pytest.mark.parametrize("whole", [b"PK\x03\x04 and nothing", b"PK\x05\x06" + bytes(18), b"PK"])
def test_no_zip_at_all(athlete: Athlete, queue: Queue, whole: bytes) -> None:
    assert refused(athlete, queue, whole)


def test_neither_zip_nor_table(athlete: Athlete, queue: Queue) -> None:
    assert "UTF-8" in refused(athlete, queue, b"\x89PNG\xff\xff" * 9)
    assert "Strong or Hevy" in refused(athlete, queue, b"name,age\nada,36\n")


def test_damage_is_found(athlete: Athlete, queue: Queue, body: bytes) -> None:
    name = name_of(body, "workouts/")
    bent = with_file(body, name, unpacked(body)[name].replace(b"90", b"91") + b" ", seal=False)
    assert refused(athlete, queue, bent)  # another length
    same_length = unpacked(body)[name].replace(b"UTC", b"CET")
    bent = with_file(body, name, same_length, seal=False)
    assert "SHA-256" in problem(athlete, queue, bent)
    assert refused(athlete, queue, body[:-300])


def test_a_flipped_bit_in_the_keypoints(athlete: Athlete, queue: Queue, body: bytes) -> None:
    name = name_of(body, "keypoints/")
    content = bytearray(unpacked(body)[name])
    content[40] ^= 1
    assert "SHA-256" in problem(athlete, queue, with_file(body, name, bytes(content)))
    at = bytearray(body)
    at[at.index(name.encode()) + len(name) + 50] ^= 1
    assert "is damaged" in problem(athlete, queue, bytes(at))


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({"version": 2}, "version 1"),
        ({"format": "other"}, "not an export"),
        ({"files": "none"}, "expected a list"),
        ({"files": [{"name": "profile.json"}]}, "sha256"),
        ({"files": []}, "not in the manifest"),
    ],
)
def test_a_manifest_that_is_wrong(
    athlete: Athlete, queue: Queue, body: bytes, manifest: dict[str, Any], words: str
) -> None:
    files = unpacked(body)
    files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **manifest}).encode()
    assert words in refused(athlete, queue, packed(files, seal=False))


def test_packed_twice_or_otherwise(athlete: Athlete, queue: Queue, body: bytes) -> None:
    out = io.BytesIO(body)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(out, "a") as archive:
        archive.writestr("profile.json", b"{}")
    assert "twice" in refused(athlete, queue, out.getvalue())
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in unpacked(body).items():
            archive.writestr(name, content, ZIP_BZIP2)
    assert "packed in a way" in refused(athlete, queue, out.getvalue())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"started_at": "2999-01-01T00:00:00+00:00", "ended_at": None}, "future"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"ended_at": "2001-01-01T00:00:00+00:00"}, "before it starts"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "a\u0000b"}, "note"),
        ({"admin": True}, "no such field"),
        ({"sets": "none"}, "sets"),
        ({"id": "4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11"}, "file's name"),
    ],
)
def test_a_workout_that_is_wrong(
    athlete: Athlete, queue: Queue, body: bytes, change: dict[str, Any], words: str
) -> None:
    assert words in problem(athlete, queue, edited(body, name_of(body, "workouts/"), **change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weight_kg": -1}, "weight_kg"),
        ({"rpe": 11}, "rpe"),
        ({"rpe": 7.3}, "rpe"),
        ({"exercise": "juggling"}, "juggling"),
        ({"exercise_chosen": "juggling"}, "juggling"),
        ({"analyzed_revision": 10**6}, "analyzed_revision"),
        ({"rep_count": 10**9}, "rep_count"),
        ({"clip_count": 1}, "finished with 1 clip."),
        ({"clips": [{"index": 0, "bytes": 1, "sha256": "x", "set_revision": 1}]}, "sha256"),
        ({"findings": [{"rep": 99}]}, "findings"),
        ({"source": "dream"}, "source"),
        ({"clip_count": None}, "Expected one when the set ended"),
        ({"exercise": "", "corrections": "none"}, "corrections"),
        ({"reps": [REP, REP]}, "Expected each index once"),
        ({"findings": [{**FOUND, "rep": None, "end_ms": 50}]}, "before it starts"),
        ({"reps": [{**REP, "turn_ms": 50}]}, "turn_ms"),
        ({"reps": [REP], "findings": [{**FOUND, "rep": 3}]}, "not there"),
        ({"reps": [REP], "findings": [{**FOUND, "measured": "nan"}]}, "findings"),
    ],
)
def test_a_set_that_is_wrong(
    athlete: Athlete, queue: Queue, body: bytes, change: dict[str, Any], words: str
) -> None:
    name = name_of(body, "workouts/")
    sets = json.loads(unpacked(body)[name])["sets"]
    bent = edited(body, name, sets=[{**sets[0], **change}])
    assert words in problem(athlete, queue, bent)


def test_a_list_that_is_none_and_records_without_names(
    athlete: Athlete, queue: Queue, body: bytes
) -> None:
    assert "plans.json: expected a list" in refused(
        athlete, queue, with_file(body, "plans.json", b"{}")
    )
    for records in (b"[1]", b'[{"id": "x"}]', b"[{}]"):
        bent = with_file(body, "plans.json", records)
        assert "no id that is a UUID" in refused(athlete, queue, bent)
    twice = json.dumps([{"id": "4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11"}] * 2).encode()
    assert "twice" in refused(athlete, queue, with_file(body, "plans.json", twice))


def test_keypoints_that_are_missing(athlete: Athlete, queue: Queue, body: bytes) -> None:
    files = unpacked(body)
    del files[name_of(body, "keypoints/")]
    assert "is missing" in problem(athlete, queue, packed(files))


def test_more_keypoints_than_are_told(athlete: Athlete, queue: Queue, body: bytes) -> None:
    name = name_of(body, "workouts/")
    sets = json.loads(unpacked(body)[name])["sets"]
    fewer = [{**sets[0], "clips": sets[0]["clips"][:-1]}]
    assert "longer than its clips" in problem(athlete, queue, edited(body, name, sets=fewer))


def test_more_than_there_may_be_in_all(
    athlete: Athlete, queue: Queue, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.portable.layout.MAX_TOTAL_BYTES", 1000)
    assert "Unpacked it is larger" in refused(athlete, queue, body)


def test_a_profile_of_another_make(athlete: Athlete, queue: Queue, body: bytes) -> None:
    report = brought(athlete, queue, edited(body, "profile.json", shoe_size=43))
    assert report["problems"][0]["message"] == "profile.json: shoe_size is missing or not known."


def test_ids_of_what_is_here_in_another_workout(
    athlete: Athlete, queue: Queue, body: bytes
) -> None:
    brought(athlete, queue, body)
    name = name_of(body, "workouts/")
    other = "4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11"
    files = unpacked(body)
    files[f"workouts/{other}.json"] = json.dumps(
        {**json.loads(files.pop(name)), "id": other}
    ).encode()
    report = brought(athlete, queue, packed(files))
    assert report["counts"]["conflict"] == 1
    assert "in another workout" in report["problems"][0]["message"]
    assert WorkoutSession.objects.count() == 1


def test_one_bad_workout_stops_no_other(athlete: Athlete, queue: Queue) -> None:
    for _ in range(3):
        add_set(athlete.user, reps=2)
    body = exported(athlete)
    WorkoutSession.objects.all().delete()
    report = brought(athlete, queue, edited(body, name_of(body, "workouts/"), note=5 * ["x"]))
    assert (report["counts"]["brought"], report["counts"]["refused"]) == (2, 1)


def test_a_profile_that_is_wrong(athlete: Athlete, queue: Queue, body: bytes) -> None:
    report = brought(athlete, queue, edited(body, "profile.json", is_staff=True, weekly_goal=99))
    assert "weekly_goal" in report["problems"][0]["message"]
    athlete.user.refresh_from_db()
    assert (athlete.user.is_staff, athlete.user.weekly_goal) == (False, 2)


def test_why_is_told_in_the_language_of_the_profile(
    athlete: Athlete, queue: Queue, body: bytes
) -> None:
    User.objects.update(language="de")
    assert refused(athlete, queue, b"Date\n\xff") == "Die Tabelle ist kein Text in UTF-8."
    files = unpacked(body)
    strange = packed({**files, "notes.txt": b""})
    told = "„notes.txt“ gibt es in einem Export nicht. Das ist kein Export von PoseCoach."
    assert refused(athlete, queue, strange) == told
    del files[name_of(body, "keypoints/")]
    assert problem(athlete, queue, packed(files)).endswith(".pccl fehlt.")
