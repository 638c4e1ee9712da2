"""Tables of Strong and Hevy: looked at first, taken with what we know, the rest told by name."""

from typing import Any

import pytest

from sessions.models import TrendDay, WorkoutSession, WorkoutSet
from sessions.portable.cells import UnreadableError, lasts, slug_of
from tests.workouts.builders import Athlete
from tests.workouts.carried import brought, exported, sent, step
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db

STRONG = """Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2024-01-15 18:20:44,"Legs, hard",1h 5m,Squat (Barbell),1,100,5,0,0,felt good,slept badly,8
2024-01-15 18:20:44,"Legs, hard",1h 5m,Squat (Barbell),2,100.5,4,0,0,,,8.5
2024-01-15 18:20:44,"Legs, hard",1h 5m,Squat (Barbell),Rest Timer,0,0,0,90,,,
2024-01-15 18:20:44,"Legs, hard",1h 5m,Plank,1,0,0,0,45,,,
2024-01-15 18:20:44,"Legs, hard",1h 5m,Leg Press,1,200,8,0,0,,,
2024-01-15 18:20:44,"Legs, hard",1h 5m,Leg Press,2,200,8,0,0,,,
2024-01-16 07:00:00,Morning,12m,Push Up,1,0,0,0,0,,,
2024-01-17 07:00:00,Morning,12m,Push Up,1,0,twelve,0,0,,,
2024-01-17 07:00:00,Morning,12m,Push Up,1,0,-12,0,0,,,
2024-01-17 07:00:00,Morning,12m,Push Up,1,1000.5,12,0,0,,,
yesterday,Morning,12m,Push Up,1,0,12,0,0,,,
"""  # noqa: E501
HEVY = """"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index","set_type","weight_lbs","reps","distance_miles","duration_seconds","rpe"
"Pull","29 Jan 2024, 18:02","29 Jan 2024, 19:00","","Bicep Curl (Dumbbell)","","",0,"normal",25,10,,,7
"Pull","29 Jan 2024, 18:02","29 Jan 2024, 19:00","","Bicep Curl (Dumbbell)","","",1,"failure",25,8,,,
"""  # noqa: E501


@pytest.fixture
def berlin(athlete: Athlete) -> Athlete:
    athlete.user.time_zone = "Europe/Berlin"
    athlete.user.save()
    return athlete


def skipped(report: Any) -> dict[tuple[str, str], int]:
    return {(one["name"], one["why"]): one["sets"] for one in report["skipped"]}


def test_nothing_is_written_before_it_is_wanted(berlin: Athlete, queue: Queue) -> None:
    report = sent(berlin, queue, STRONG.encode(), "strong.csv")
    assert (report["state"], report["kind"]) == ("checked", "strong")
    assert (report["counts"]["new"], report["sets"], report["reps"]) == (1, 3, 9)
    assert report["first_day"] == report["last_day"] == "2024-01-15"
    assert skipped(report) == {
        ("Leg Press", "unknown_exercise"): 2,
        ("Push Up", "nothing_counted"): 1,
        ("Push Up", "unreadable"): 4,
    }
    assert not WorkoutSession.objects.exists()


def test_strong(berlin: Athlete, queue: Queue) -> None:
    brought(berlin, queue, STRONG.encode(), name="strong.csv")
    [workout] = berlin.get("workouts")["results"]
    assert (workout["started_at"], workout["ended_at"]) == (
        "2024-01-15T17:20:44Z",
        "2024-01-15T18:25:44Z",
    )
    assert workout["note"] == "Legs, hard\nslept badly"
    first, second, held = berlin.get(f"workouts/{workout['id']}")["sets"]
    told = ("exercise", "final_rep_count", "weight_kg", "rpe", "note", "source", "model_version")
    assert [first[name] for name in told] == [
        "squat", 5, 100.0, 8.0, "felt good", "import", "import",
    ]  # fmt: skip
    assert (second["weight_kg"], second["rpe"]) == (100.5, 8.5)
    assert (held["exercise"], held["hold_s"], held["rep_count"]) == ("plank", 45, 0)
    assert (held["weight_kg"], held["message"], held["state"]) == (None, None, "done")


def test_hevy_in_pounds(berlin: Athlete, queue: Queue) -> None:
    report = brought(berlin, queue, HEVY.encode(), name="hevy.csv")
    assert (report["kind"], report["counts"]["brought"]) == ("hevy", 1)
    weights = list(WorkoutSet.objects.values_list("weight_kg", "rep_count"))
    assert weights == [(11.34, 10), (11.34, 8)]


def test_other_spellings_of_strong(berlin: Athlete, queue: Queue) -> None:
    text = (
        "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;"
        "Distance (meters);Seconds;Notes;Workout Notes\n"
        '1;2025-03-04 06:30:00;Early;1800;Deadlift (Barbell);W;60,5;5;;;;"";""\n'
    )
    brought(berlin, queue, text.encode(), name="strong.csv", unit="lb")
    assert WorkoutSet.objects.get().weight_kg == 60.5
    text = "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    text += "2019-01-11 12:31:54,Leg,Deadlift (Barbell),1,100,lbs,5\n"
    brought(berlin, queue, text.encode(), name="strong.csv")
    assert WorkoutSet.objects.order_by("workout__day")[0].weight_kg == 45.359


def test_twice_is_once_and_undo_is_none(berlin: Athlete, queue: Queue) -> None:
    first = brought(berlin, queue, STRONG.encode(), name="strong.csv")
    again = brought(berlin, queue, STRONG.encode(), name="strong.csv")
    assert (again["counts"]["same"], again["counts"]["brought"]) == (1, 0)
    assert WorkoutSet.objects.count() == 3
    assert step(berlin, queue, again, "undo")["state"] == "undone"
    assert WorkoutSet.objects.count() == 3  # it brought nothing
    step(berlin, queue, first, "undo")
    assert not WorkoutSession.objects.exists()
    assert not TrendDay.objects.exists()


def test_what_was_changed_here_stays(berlin: Athlete, queue: Queue) -> None:
    brought(berlin, queue, STRONG.encode(), name="strong.csv")
    one = WorkoutSet.objects.get(index=0)
    berlin.call("PATCH", f"sets/{one.id}", {"weight_kg": 120})
    report = brought(berlin, queue, STRONG.encode(), name="strong.csv")
    assert (report["counts"]["conflict"], report["problems"][0]["label"]) == (1, "2024-01-15")
    one.refresh_from_db()
    assert one.weight_kg == 120


def test_records_and_trends_know_them_and_keep_them_apart(berlin: Athlete, queue: Queue) -> None:
    brought(berlin, queue, STRONG.encode(), name="strong.csv")
    [plank, squat] = berlin.get("records")["exercises"]
    assert (squat["heaviest_kg"]["value"], squat["most_reps"]["value"]) == (100.5, 5)
    assert squat["heaviest_kg"]["model_version"] == "import"
    assert plank["longest_hold_s"]["value"] == 45
    series = berlin.get("trends?period=all&exercise=squat")["series"][0]
    assert series["model_versions"] == ["import"]
    assert (series["points"][0]["reps"], series["points"][0]["rom_deg"]) == (9, None)


def test_two_people_bring_the_same_table(berlin: Athlete, stranger: Athlete, queue: Queue) -> None:
    brought(berlin, queue, STRONG.encode(), name="strong.csv")
    assert brought(stranger, queue, STRONG.encode(), name="s.csv")["counts"]["brought"] == 1


def test_a_zip_of_somebody_who_is_here(athlete: Athlete, stranger: Athlete, queue: Queue) -> None:
    brought(athlete, queue, STRONG.encode(), name="strong.csv")
    report = brought(stranger, queue, exported(athlete))
    assert report["counts"]["conflict"] == 1
    assert "another account" in report["problems"][0]["message"]


def test_a_deleted_workout_comes_back(berlin: Athlete, queue: Queue) -> None:
    brought(berlin, queue, STRONG.encode(), name="strong.csv")
    body = exported(berlin)
    workout = WorkoutSession.objects.get()
    berlin.call("DELETE", f"workouts/{workout.id}")
    assert brought(berlin, queue, body)["counts"]["brought"] == 1
    assert len(berlin.get("workouts")["results"]) == 1


def test_a_crash_in_the_middle_costs_nothing(
    berlin: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every slice takes a single thing, as if each ended by a crash, and the next goes on."""
    lines = [STRONG.splitlines()[0]]
    lines += [f"2024-02-{day:02} 10:00:00,A,9m,Squat,1,0,5,0,0,,," for day in range(1, 8)]
    monkeypatch.setattr("sessions.portable.run.time.monotonic", iter(range(10_000)).__next__)
    monkeypatch.setattr("sessions.portable.run.SLICE_S", 1.5)
    report = brought(berlin, queue, "\n".join(lines).encode(), name="strong.csv")
    assert report["counts"]["brought"] == WorkoutSession.objects.count() == 7


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Squat (Barbell)", "squat"),
        ("push ups", "push_up"),
        ("OVERHEAD PRESS (Barbell)", "shoulder_press"),
        ("Leg Press", None),
        ("", None),
    ],
)
def test_names(name: str, slug: str | None) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1h 5m", 3900), ("45min", 2700), ("90", 90), ("2h", 7200), ("50s", 50), ("1h 2m 3s", 3723)],
)
def test_how_long(text: str, seconds: int) -> None:
    assert lasts(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["an hour or so", "1" * 19 + "h" + " " * 9, "5 m 1 h"])
def test_how_long_nobody_can_tell(text: str) -> None:
    with pytest.raises(UnreadableError):
        lasts(text)
