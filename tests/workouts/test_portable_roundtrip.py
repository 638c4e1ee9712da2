"""Out of one installation and into an empty one: the same figures, to the digit."""

from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from coach.services.programmes import programmes_load
from config.demo.history import history_load
from config.demo.plan import plan_load
from sessions import trends
from sessions.models import Clip, WorkoutSet
from sessions.services.catalogue import catalogue_load
from tests.workouts.builders import Athlete, squats
from tests.workouts.carried import brought, exported, unpacked
from tests.workouts.conftest import Queue

ADA = "ada@example.org"
QUESTIONS = (
    "trends?period=all",
    "trends?period=all&by=week",
    "records",
    "home",
    "plans",
    "planned?from=2026-06-01&to=2027-06-01",
    "compliance?weeks=12",
    "export/sets.csv",
)


@pytest.fixture
def filled(queue: Queue) -> Athlete:
    """Six weeks with weights, efforts, corrections and a plan, and a set with its keypoints."""
    programmes_load()
    athlete = Athlete(User.objects.create_user(ADA, time_zone="Europe/Berlin", weekly_goal=4))
    history_load(athlete=athlete.user)
    plan_load(athlete=athlete.user)
    workout = athlete.start_workout(time_zone="Asia/Tokyo")
    set_id = athlete.start_set(workout)
    athlete.finish(set_id, athlete.send_all(set_id, squats(6)))
    queue.run()
    assert athlete.get(f"sets/{set_id}")["rep_count"] == 6
    first = athlete.get(f"sets/{set_id}")["reps"][0]["start_ms"]
    path = f"sets/{set_id}/corrections/4b8f1a3e-6f0e-4d5c-9f5e-0d6c1f2a7b11"
    answer = athlete.call("PUT", path, {"kind": "not_a_rep", "start_ms": first})
    assert answer.status_code == 200, answer.content
    athlete.call("PATCH", f"sets/{set_id}", {"weight_kg": 42.37, "rpe": 7.5, "note": "=good"})
    queue.run()
    trends.refresh(athlete.user.id)
    return athlete


@pytest.mark.engines
@pytest.mark.usefixtures("on_postgres")
class TestOnPostgres:
    def test_the_same_figures_to_the_digit(self, filled: Athlete, queue: Queue) -> None:
        body, before = exported(filled), answers(filled)
        clips = stored_clips()
        again = brought(filled, queue, body)
        assert again["counts"]["same"] == len(unpacked_workouts(body)) > 10
        assert (again["counts"]["brought"], again["others"]) == (0, 0)
        assert same_files(exported(filled), body)
        call_command("flush", interactive=False, verbosity=0)
        catalogue_load()
        programmes_load()
        other = Athlete(User.objects.create_user("grace@example.org"))
        report = brought(other, queue, body)
        assert (report["state"], report["problems"]) == ("done", [])
        assert report["counts"]["brought"] == len(unpacked_workouts(body))
        assert not WorkoutSet.objects.unanalyzed().exists()
        assert stored_clips() == clips
        trends.refresh(other.user.id)
        assert answers(other) == before
        assert same_files(exported(other), body)


def answers(athlete: Athlete) -> dict[str, Any]:
    """What the pages show, down to each repetition."""
    told: dict[str, Any] = {}
    for path in QUESTIONS:
        answer = athlete.client.get(f"/api/{path}")
        assert answer.status_code == 200, answer.content
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told[path] = body.decode().replace(str(athlete.user.email), "")
    for workout in athlete.get("workouts?limit=100")["results"]:
        told[workout["id"]] = detail = athlete.get(f"workouts/{workout['id']}")
        for one in detail["sets"]:
            told[one["id"]] = athlete.get(f"sets/{one['id']}")
    return nameless(told)


def nameless(told: Any) -> Any:
    """Without who made a correction, which goes by the account's name, and built-in programmes'
    ids, which each installation makes for itself."""
    if isinstance(told, dict):
        return {k: nameless(v) for k, v in told.items() if k != "author"}
    return [nameless(one) for one in told] if isinstance(told, list) else told


def stored_clips() -> list[tuple[Any, ...]]:
    rows = Clip.objects.order_by("set_id", "index")
    return [(row.set_id, row.index, row.sha256, bytes(row.payload)) for row in rows]


def unpacked_workouts(body: bytes) -> list[str]:
    return [name for name in unpacked(body) if name.startswith("workouts/")]


def same_files(one: bytes, other: bytes) -> bool:
    """But for what is not of the training: the manifest says when the file was made, and the
    account's events name each export."""
    apart = {"manifest.json": b"", "account.json": b""}
    return unpacked(one) | apart == unpacked(other) | apart
