"""`python -m tests.fuzz.importers --seconds 600`: files that somebody brings.

Whatever they are, an import ends: refused as a whole in words, or read with a row for each thing
that is in it, and taken back again.
"""

import io
import json
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from random import Random
from typing import Any, Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.fuzz.bits import ODD, bent
from tests.fuzz.decoder import changed_clip, main
from tests.fuzz.guided import MIB, Target
from tests.fuzz.standing import empty_database
from tests.fuzz.values import TEXTS, changed

ROOMS: Final = ("sessions.portable",)
NAMES: Final = (
    "../../etc/passwd", "/etc/passwd", "workouts/../x.json", "keypoints/", "\\x.json", "x" * 60_000,
    "plans.json", "profile.json", "manifest.json", "sets.csv", "groups.json", "\u202e.json", "\0",
    "workouts/00000000-0000-0000-0000-000000000000.json",
)  # fmt: skip
CELLS: Final = (*TEXTS, '"', "1e9", "=1+1", "\r", "\n", ";", ",", "1h 99999999m", "٣", "1:30")
TABLE: Final = (
    b"Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Seconds,Notes,RPE\n"
    b"2024-01-15 18:20:44,Legs,1h 5m,Squat (Barbell),1,100,5,0,good,8\n"
    b"2024-01-15 18:20:44,Legs,1h 5m,Plank,1,0,0,45,,\n"
    b"2024-01-16 18:20:44,Legs,1h 5m,Push Up,W,,12,0,,\n"
)
HEVY: Final = (
    b'"title","start_time","end_time","exercise_title","set_index","weight_lbs","reps","rpe"\n'
    b'"Pull","29 Jan 2024, 18:02","29 Jan 2024, 19:00","Bicep Curl (Dumbbell)",0,25,10,7\n'
)


@lru_cache(maxsize=8)
def members_of(body: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(io.BytesIO(body)) as archive:
            return {name: archive.read(name) for name in archive.namelist()[:40]}
    except Exception:  # a zip that is broken is changed as bytes
        return {}


def changed_zip(rng: Random, body: bytes) -> bytes:
    files = members_of(body) if rng.random() < 0.8 else {}
    if not files or "manifest.json" not in files:
        return bent(rng, body)
    files = dict(files)
    name = rng.choice(sorted(files))
    for _ in range(rng.choice((1, 1, 2))):
        files[name] = _changed_file(rng, name, files[name])
    if rng.random() < 0.15:
        files[rng.choice(NAMES)] = rng.choice((b"{}", b"[]", body, b"0" * 300_000, files[name]))
    if rng.random() < 0.1:
        del files[name]
    packed = _packed(rng, files)
    return _lied(rng, packed) if rng.random() < 0.2 else packed


def _changed_file(rng: Random, name: str, content: bytes) -> bytes:
    if name.endswith(".pccl"):
        return changed_clip(rng, content)
    try:
        return json.dumps(changed(rng, json.loads(content))).encode(errors="replace")
    except (ValueError, RecursionError):
        return bent(rng, content)


def _packed(rng: Random, files: dict[str, bytes]) -> bytes:
    """Mostly with a manifest that fits."""
    from tests.workouts.carried import packed

    how = rng.choice((ZIP_DEFLATED, ZIP_DEFLATED, ZIP_STORED, ZIP_BZIP2))
    files = {name.partition("\0")[0] or "x": content for name, content in files.items()}
    try:
        sealed = packed(files, seal=rng.random() < 0.85)
    except (ValueError, KeyError, TypeError, AttributeError):
        sealed = packed(files, seal=False)
    if how == ZIP_DEFLATED:
        return sealed
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), ZipFile(out, "w", how) as archive:
        for name, content in members_of.__wrapped__(sealed).items():
            archive.writestr(name, content)
            if rng.random() < 0.05:
                archive.writestr(name, content)
    return out.getvalue()


def _lied(rng: Random, body: bytes) -> bytes:
    """Another flag, method, checksum, size or place in a record of the directory."""
    whole, at = bytearray(body), -1
    for _ in range(rng.randrange(1, 8)):
        at = whole.find(rng.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")), at + 1)
    if at >= 0:
        at += 4 + 2 * rng.randrange(20)
        whole[at : at + 4] = rng.choice(ODD).to_bytes(4, "little")
    return bytes(whole)


def changed_table(rng: Random, body: bytes) -> bytes:
    if rng.random() < 0.3:
        return bent(rng, body)
    lines = body.split(b"\n")
    at = rng.randrange(len(lines))
    cells = lines[at].split(b",")
    match rng.randrange(4):
        case 0:
            lines[at:at] = [lines[at]] * rng.choice((1, 3, 300))
        case 1:
            cells *= rng.choice((2, 20))
        case _:
            odd = rng.choice(CELLS).encode(errors="replace")
            cells[rng.randrange(len(cells))] = odd
    lines[at : at + 1] = [b",".join(cells)]
    return b"\n".join(lines)


def _giant_tables() -> Iterator[bytes]:
    """As long as a table may be: a million rows, columns, quotes, workouts, and one line."""
    head, row = TABLE.split(b"\n")[:2]
    most = 8 * MIB
    yield head + b"\n" + b"1\n" * 1_000_000
    yield b"a," * 30_000 + head + b"\n" + b"1\n" * 1_000_000
    yield (head + b"\n" + (row + b"\n") * 200_000)[:most]
    yield (head + b"\n" + b"\n".join(row.replace(b"Legs", b"%d" % i) for i in range(99_000)))[:most]
    yield head + b"\n" + b"," * (most - 1_000)
    yield head + b"\n" + b'"' * (most - 1_000)
    yield head + b"\n" + b'"' + b"x" * (most - 1_000)
    yield b"\r" * most


def _giant_zips() -> Iterator[bytes]:
    """Bombs: in one file, in many, in numbers, in the list of contents."""
    from tests.workouts.carried import packed

    files = dict(members_of(exported()))
    most = 8 * MIB
    for content in (b" " * most, b"[" * most, b"[" + b"[]," * (most // 3 - 9) + b"[]]",
                    b"[" + b'{"":0},' * (most // 7 - 9) + b"{}]", b"[" + b"1.5," * (most // 4 - 9)
                    + b"1]"):  # fmt: skip
        for method in (ZIP_DEFLATED, ZIP_STORED):
            out = io.BytesIO()
            sealed = packed({**files, "plans.json": content})
            with ZipFile(out, "w", method) as archive:
                for name, one in members_of.__wrapped__(sealed).items():
                    archive.writestr(name, one)
            yield out.getvalue()
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for index in range(60_000):
            archive.writestr(f"workouts/{index:08x}-0000-0000-0000-000000000000.json", b"")
    yield out.getvalue()


@cache
def exported() -> bytes:
    """An export of ours with a plan, clips and all; needs the database."""
    from django.utils import timezone

    from accounts.models import User
    from coach.services.programmes import programmes_load
    from sessions.portable.bundle import bundle_chunks
    from sessions.services.catalogue import catalogue_load
    from tests.config.access.world import ATHLETE, make_world

    catalogue_load()
    programmes_load()
    ada: User = make_world().users[ATHLETE]
    body = b"".join(bundle_chunks(ada, timezone.now()))
    User.objects.all().delete()
    return body


def archive() -> Target:
    """All that is in a zip is read, with no database behind it."""
    with_database()
    from sessions.portable.archive import Archive
    from sessions.portable.refusal import RefusedError

    def attempt(data: bytes) -> str:
        try:
            found = Archive(io.BytesIO(data), len(data))  # type: ignore[arg-type]
            found.profile  # noqa: B018
            for workout_id in found.workout_ids():
                found.workout(workout_id)
            for kind in ("plans", "programmes"):
                found.records(kind)
        except RefusedError as error:
            return f"refused: {' '.join(error.message.split()[1:4])}"
        return "taken"

    return Target(
        "archive", attempt, changed_zip, (exported(),), giants=_giant_zips, rooms=ROOMS,
        most_bytes=MIB // 8, more_mb=256,
    )  # fmt: skip


def table() -> Target:
    with_database()
    from accounts.models import User
    from sessions.portable.refusal import RefusedError
    from sessions.portable.tables import MAX_BYTES, table_read

    user = User(email="a@example.org", time_zone="Europe/Berlin")

    def attempt(data: bytes) -> str:
        assert len(data) <= MAX_BYTES
        try:
            found = table_read(data, user=user, unit="kg")
        except RefusedError as error:
            return f"refused: {' '.join(error.message.split()[:3])}"
        assert all(sum(found.skipped.values()) >= count for count in found.skipped.values())
        return f"{found.app}, {min(3, len(found.workouts))}"

    return Target(
        "table", attempt, changed_table, (TABLE, HEVY, TABLE.replace(b",", b";")),
        giants=_giant_tables, rooms=ROOMS, more_mb=256, most_s=20,
    )  # fmt: skip


def whole() -> Target:
    """From the first part to the undoing, on a database, and forgotten afterwards."""
    with_database()
    from django.db import transaction

    from accounts.models import User

    export = exported()
    user = User.objects.create_user("fuzz@example.org")

    def attempt(data: bytes) -> str:
        with transaction.atomic():
            told = _carried_through(user, data)
            transaction.set_rollback(True)
        return told

    def mutate(rng: Random, data: bytes) -> bytes:
        return (changed_zip if data.startswith(b"PK") else changed_table)(rng, data)

    return Target(
        "import", attempt, mutate, (export, TABLE, HEVY), rooms=ROOMS, most_bytes=MIB // 8,
        more_mb=384, most_s=20,
    )  # fmt: skip


def _carried_through(user: Any, data: bytes) -> str:
    from sessions.models import Import, ImportPart, WorkoutSession
    from sessions.models.imports import PART_BYTES
    from sessions.portable.run import advance

    row = Import.objects.create(
        athlete=user, name="x", bytes=max(1, len(data)), state=Import.State.CHECKING
    )
    for index in range(row.part_count):
        part = data[index * PART_BYTES : (index + 1) * PART_BYTES]
        ImportPart.objects.create(source=row, index=index, payload=part)
    seen = []
    for state, ends in (("checking", "checked"), ("reading", "done"), ("undoing", "undone")):
        Import.objects.filter(pk=row.pk).update(state=state, with_profile=False)
        while advance(row.pk):
            pass
        row.refresh_from_db()
        if row.state == Import.State.REFUSED:
            assert row.message
            return f"refused: {' '.join(row.message.split()[1:4])}"
        assert row.state == ends, row.state
        seen.append(row.items.count())
        assert all(row.items.filter(outcome="refused").values_list("message", flat=True))
    assert not WorkoutSession.objects.filter(athlete=user).exists(), "something stayed"
    return f"done, {min(4, seen[0])} things, {min(4, seen[0] - seen[2])} brought"


@cache
def with_database() -> Any:
    made = empty_database()
    made.__enter__()  # until the process ends
    return made


TARGETS: Final[dict[str, Callable[[], Target]]] = {
    "archive": archive, "table": table, "import": whole,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main("tests.fuzz.importers", TARGETS, ROOMS))
