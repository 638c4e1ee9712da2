"""A workout over HTTP with the real discriminator, from the first clip to the trend."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from models import discriminator
from sessions.models import WorkoutSet
from tests.workouts.builders import START, Athlete, clips, set_body, squats
from tests.workouts.conftest import Queue

VIDEO = Path(__file__).parents[3] / "shared/data/videos/pose_squats.full.json"


def test_squats_are_counted_while_the_set_is_open_and_when_it_is_done(
    athlete: Athlete, queue: Queue
) -> None:
    workout_id = athlete.start_workout()
    set_id = athlete.start_set(workout_id)
    sent = list(clips(squats(5)))
    for index, clip in enumerate(sent[:4]):  # 8 s: rest, and three and a half squats
        athlete.send(set_id, index, clip)
    queue.run()
    live = athlete.get(f"sets/{set_id}")
    assert live["state"] == "open"
    assert 2 <= live["rep_count"] <= 4

    for index, clip in enumerate(sent[4:], start=4):
        athlete.send(set_id, index, clip)
    assert athlete.finish(set_id, len(sent)).json()["state"] == "analyzing"
    queue.run()

    done = athlete.get(f"sets/{set_id}")
    assert (done["state"], done["rep_count"], done["exercise"]) == ("done", 5, "squat")
    assert done["model_version"] == discriminator.MODEL_VERSION
    assert [rep["index"] for rep in done["reps"]] == [0, 1, 2, 3, 4]
    assert all(rep["start_ms"] < rep["turn_ms"] < rep["end_ms"] for rep in done["reps"])
    assert all(rep["tempo_s"]["down"] > 0 for rep in done["reps"])
    assert (done["missing_clips"], done["message"]) == ([], None)

    athlete.call(
        "POST",
        f"workouts/{workout_id}/finish",
        {"ended_at": (START + timedelta(minutes=5)).isoformat()},
    )
    workout = athlete.get(f"workouts/{workout_id}")
    assert (workout["set_count"], workout["rep_count"], workout["exercises"]) == (1, 5, ["squat"])
    assert [one["id"] for one in workout["sets"]] == [str(set_id)]

    [series] = athlete.get("trends?period=all")["series"]
    assert (series["exercise"], series["unit"]) == ("squat", "reps")
    [point] = series["points"]
    assert (point["day"], point["sets"], point["reps"]) == ("2026-03-02", 1, 5)
    assert point["tempo_s"] == pytest.approx(2, abs=0.5)
    assert point["reps_per_min"] == pytest.approx(30, abs=6)
    assert point["model_version"] == discriminator.MODEL_VERSION


@pytest.mark.skipif(not VIDEO.exists(), reason="the recorded keypoints are not at hand")
def test_a_recorded_video_of_two_squats(athlete: Athlete, queue: Queue) -> None:
    set_id = athlete.start_set(athlete.start_workout(), None)
    count = 0
    for count, clip in enumerate(clips(recorded(), fps=5, size_px=(720, 1280)), start=1):
        assert athlete.send(set_id, count - 1, clip).status_code == 202
    athlete.finish(set_id, count)
    queue.run()
    told = athlete.get(f"sets/{set_id}")
    assert abs(told["rep_count"] - 2) <= 1
    assert told["duration_s"] == 12.8  # of the footage: 65 frames, not the minute of reading it


def recorded() -> np.ndarray:
    """(T, 17, 3) of pose_squats.mp4, 5 frames/s: BlazePose's 33 keypoints, taken down to the 17."""
    seventeen = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]
    poses = np.array(json.loads(VIDEO.read_text()), np.float32)[:, seventeen]
    poses /= (720, 1280, 1)
    poses[:, :, 2] = 1
    return poses


def test_every_write_may_be_repeated(athlete: Athlete, queue: Queue) -> None:
    workout_id, set_id = uuid4(), uuid4()
    workout = {"started_at": START.isoformat(), "time_zone": "Asia/Tokyo"}
    first = athlete.call("PUT", f"workouts/{workout_id}", workout)
    assert first.json() == athlete.call("PUT", f"workouts/{workout_id}", workout).json()

    body = set_body(workout_id, "squat")
    first = athlete.call("PUT", f"sets/{set_id}", body)
    assert first.json() == athlete.call("PUT", f"sets/{set_id}", body).json()

    [clip] = clips(squats(1)[:20])
    assert athlete.send(set_id, 0, clip).json() == {"index": 0, "frames": 20, "duplicate": False}
    assert athlete.send(set_id, 0, clip).json() == {"index": 0, "frames": 20, "duplicate": True}

    first = athlete.finish(set_id, 1)
    queue.run()
    stamped = WorkoutSet.objects.get(id=set_id)
    again = athlete.finish(set_id, 1)
    assert again.status_code == first.status_code == 200
    assert queue.run() == []
    assert WorkoutSet.objects.get(id=set_id).revision == stamped.revision


def test_deleting_hides_from_history_and_trends_until_restored(
    athlete: Athlete, queue: Queue
) -> None:
    workout_id = athlete.start_workout()
    set_id = athlete.start_set(workout_id)
    athlete.finish(set_id, athlete.send_all(set_id, squats(4)))
    queue.run()

    for path in (f"sets/{set_id}", f"workouts/{workout_id}"):
        assert athlete.call("DELETE", path).status_code == 204
        assert athlete.call("GET", path).status_code == 404
        queue.run()
        assert athlete.get("trends?period=all")["series"] == []
        assert athlete.call("POST", f"{path}/restore").status_code == 200
        queue.run()
        [series] = athlete.get("trends?period=all")["series"]
        assert series["points"][0]["reps"] == 4


def test_history_comes_in_pages_newest_first(athlete: Athlete) -> None:
    ids = [str(athlete.start_workout(START + timedelta(days=day // 2))) for day in range(5)]
    seen, before = [], ""
    while True:
        page = athlete.get(f"workouts?limit=2{before}")
        seen += [one["id"] for one in page["results"]]
        if page["next_before"] is None:
            break
        before = f"&before={page['next_before']}"
    assert sorted(seen) == sorted(ids)
    assert seen[0] == ids[4]
    assert set(seen[1:3]) == {ids[2], ids[3]}


def test_a_note_is_kept(athlete: Athlete) -> None:
    workout_id = athlete.start_workout()
    answer = athlete.call("PATCH", f"workouts/{workout_id}", {"note": "Left knee felt fine."})
    assert answer.json()["note"] == "Left knee felt fine."


def test_the_catalogue_is_offered(athlete: Athlete) -> None:
    plank = next(one for one in athlete.get("exercises") if one["slug"] == "plank")
    assert (plank["kind"], plank["view"], plank["joints"]) == ("hold", "side", ["hip", "shoulder"])
