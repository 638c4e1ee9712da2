"""What may be asked of an import and when, asked twice, and what goes on by itself."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sessions.models import Import, ImportItem, ImportPart, WorkoutSession, WorkoutSet
from sessions.portable import run
from sessions.portable.services import import_again
from sessions.portable.tasks import sweep_imports
from tests.workouts.builders import Athlete, errors
from tests.workouts.carried import brought, put_part, sent, step
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db
State = Import.State

TABLE = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps\n" + "".join(
    f"2024-02-{day:02} 10:00:00,A,9m,Squat,1,0,5\n" for day in (1, 2, 3)
)


def checked(athlete: Athlete, queue: Queue, table: str = TABLE) -> Any:
    return sent(athlete, queue, table.encode(), "strong.csv")


def status(athlete: Athlete, method: str, path: str, body: Any = None) -> int:
    return int(athlete.call(method, f"imports/{path}", body).status_code)


def set_state(import_id: str, state: State) -> None:
    Import.objects.filter(pk=import_id).update(state=state)


def test_while_one_is_under_way_there_is_no_other_and_it_is_not_thrown_away(
    athlete: Athlete, queue: Queue
) -> None:
    report = checked(athlete, queue)
    set_state(report["id"], State.READING)
    given = {"name": "b.csv", "bytes": 10}
    assert status(athlete, "PUT", str(uuid4()), given) == 409
    assert status(athlete, "DELETE", report["id"]) == 409
    set_state(report["id"], State.CHECKED)
    assert status(athlete, "PUT", str(uuid4()), given) == 200
    assert [one["name"] for one in athlete.get("imports")] == ["b.csv"]


def test_somebody_elses_is_not_there_under_its_id(
    athlete: Athlete, stranger: Athlete, queue: Queue
) -> None:
    report = checked(athlete, queue)
    given = {"name": "strong.csv", "bytes": len(TABLE)}
    assert status(stranger, "PUT", report["id"], given) == 404
    assert status(stranger, "DELETE", report["id"]) == 404
    assert stranger.get("imports") == []


def test_what_was_checked_takes_no_more_parts_and_is_checked_once(
    athlete: Athlete, queue: Queue
) -> None:
    report = checked(athlete, queue)
    assert put_part(athlete, report["id"], 0, TABLE.encode()).status_code == 409
    assert put_part(athlete, report["id"], 0, b"").status_code == 400
    assert status(athlete, "POST", f"{report['id']}/check") == 200
    assert queue.waiting == []
    assert status(athlete, "POST", f"{report['id']}/undo") == 409


def test_asking_twice_does_it_once(athlete: Athlete, queue: Queue) -> None:
    report = brought(athlete, queue, TABLE.encode(), name="strong.csv")
    assert status(athlete, "POST", f"{report['id']}/start", {}) == 200
    assert queue.waiting == []
    assert step(athlete, queue, report, "undo")["state"] == "undone"
    assert status(athlete, "POST", f"{report['id']}/undo") == 200
    assert queue.waiting == []
    assert status(athlete, "DELETE", report["id"]) == 204
    assert athlete.get("imports") == []


def test_what_a_crash_has_left_goes_on_by_itself_or_when_an_admin_asks(
    athlete: Athlete, queue: Queue
) -> None:
    report = checked(athlete, queue)
    with pytest.raises(ValidationError, match="not under way"):
        import_again(UUID(report["id"]))
    set_state(report["id"], State.READING)
    sweep_imports()
    assert queue.waiting == [], "it was heard of a moment ago"
    Import.objects.update(changed_at=timezone.now() - timedelta(minutes=2))
    sweep_imports()
    queue.run()
    assert athlete.get(f"imports/{report['id']}")["state"] == "done"
    assert WorkoutSession.objects.count() == 3
    set_state(report["id"], State.UNDOING)
    import_again(UUID(report["id"]))
    queue.run()
    assert not WorkoutSession.objects.exists()


def test_a_task_that_comes_too_late_does_nothing(athlete: Athlete, queue: Queue) -> None:
    assert run.advance(uuid4()) is False
    report = brought(athlete, queue, TABLE.encode(), name="strong.csv")
    assert run.advance(UUID(report["id"])) is False
    assert WorkoutSession.objects.count() == 3


@pytest.mark.parametrize("state", [State.CHECKING, State.READING])
def test_one_that_is_let_go_meanwhile_stops_there(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch, state: State
) -> None:
    """As by a second worker that was handed the same task."""
    report = checked(athlete, queue)
    if state == State.CHECKING:
        ImportItem.objects.all().delete()
    set_state(report["id"], state)
    real = run._label if state == State.CHECKING else run._write
    name = real.__name__

    def last(*given: Any) -> Any:
        set_state(report["id"], State.REFUSED)
        return real(*given)

    monkeypatch.setattr(run, name, last)
    assert run.advance(UUID(report["id"])) is False
    assert Import.objects.get().state == State.REFUSED
    assert WorkoutSession.objects.count() == (0 if state == State.CHECKING else 1)


def test_trends_of_years_are_made_in_slices_too(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = checked(athlete, queue)
    athlete.call("POST", f"imports/{report['id']}/start", {})
    monkeypatch.setattr(run, "_DAYS_AT_ONCE", 1)
    clock = iter(range(10_000))
    monkeypatch.setattr(run, "time", SimpleNamespace(monotonic=clock.__next__))
    monkeypatch.setattr(run, "SLICE_S", 1.5)
    assert len(queue.run()) > 3
    assert not WorkoutSet.objects.filter(trend_due=True).exists()
    assert athlete.get(f"imports/{report['id']}")["state"] == "done"


def test_what_came_in_another_way_meanwhile_is_not_brought_twice(
    athlete: Athlete, queue: Queue
) -> None:
    report = checked(athlete, queue)
    brought_by_another = Import.objects.get()
    rows = list(brought_by_another.items.all())
    step(athlete, queue, report, "start")
    for row in rows:  # a check of before says that all of it is new
        row.save()
    set_state(report["id"], State.READING)
    parts = [ImportPart(source=brought_by_another, index=0, payload=TABLE.encode())]
    ImportPart.objects.bulk_create(parts)
    run.advance(UUID(report["id"]))
    assert WorkoutSession.objects.count() == 3


def test_a_part_that_is_lost_is_told(athlete: Athlete, queue: Queue) -> None:
    report = checked(athlete, queue)
    ImportPart.objects.all().delete()
    report = step(athlete, queue, report, "start")
    assert (report["state"], report["message"]) == ("refused", "A part of the file is missing.")


def test_a_table_larger_than_any_is_not_read(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.portable.sources.MAX_BYTES", 100)
    assert checked(athlete, queue)["message"].startswith("A table may have")


def test_a_name_of_a_file_is_needed(athlete: Athlete) -> None:
    answer = athlete.call("PUT", f"imports/{uuid4()}", {"name": "", "bytes": 10})
    assert "name" in errors(answer)


def test_parts_have_their_places(athlete: Athlete, stranger: Athlete) -> None:
    import_id = "4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11"
    given = {"name": "x.zip", "bytes": 600_000}
    assert athlete.call("PUT", f"imports/{import_id}", given).status_code == 200
    assert athlete.call("PUT", f"imports/{import_id}", given).status_code == 200
    assert athlete.call("PUT", f"imports/{import_id}", {**given, "bytes": 1}).status_code == 409
    assert put_part(athlete, import_id, 0, b"short").status_code == 400
    assert put_part(athlete, import_id, 2, b"x").status_code == 400
    assert put_part(athlete, import_id, 0, b"x" * 524_289).status_code == 413
    assert put_part(stranger, import_id, 0, b"x" * 524_288).status_code == 404
    assert athlete.call("POST", f"imports/{import_id}/check").status_code == 400
    assert athlete.call("POST", f"imports/{import_id}/start", {}).status_code == 409
    assert stranger.client.get(f"/api/imports/{import_id}").status_code == 404
    assert athlete.call("PUT", "imports/" + import_id[:-1] + "2", {"name": "x", "bytes": 2**31}
                        ).status_code == 400  # fmt: skip
