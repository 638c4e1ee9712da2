"""What happens in the middle of a set: a reload, a lost network, a second tab, a lost worker."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect


@pytest.fixture
def training(athlete, squat_webcam: Path):
    """An athlete in the middle of a set, two repetitions in."""
    studio = athlete(webcam=squat_webcam, webgl=False).open()
    studio.use_camera()
    set_id = studio.start_set()
    studio.wait_reps(2)
    studio.wait_server_reps(set_id, 1)
    return studio, set_id


def test_a_reload_loses_nothing_that_was_counted(training) -> None:
    studio, set_id = training
    shown = int(studio.fact("reps"))
    studio.page.reload()
    expect(studio.root).to_be_visible()
    studio.expect_sent()
    studio.part("resume-finish").click()
    counted = studio.analysed(set_id)
    assert counted["clips_received"] == counted["clip_count"]
    assert counted["missing_clips"] == []
    assert counted["rep_count"] >= shown - 1  # a look at the whole set may take one back


def test_offline_and_back_nothing_is_lost_or_doubled(training) -> None:
    studio, set_id = training
    context = studio.page.context
    before = studio.api(f"/api/sets/{set_id}")
    context.set_offline(True)
    expect(studio.notice("offline")).to_be_visible()
    studio.page.wait_for_timeout(7_000)  # two squats, unseen by the server
    assert int(studio.fact("clips-pending")) >= 2
    context.set_offline(False)
    studio.expect_sent()
    expect(studio.notice("offline")).to_be_hidden()
    studio.finish_set()
    counted = studio.analysed(set_id)
    assert counted["clips_received"] == counted["clip_count"] > before["clips_received"]
    assert counted["missing_clips"] == []
    assert last_turn(counted) > last_turn(before)  # what was done while offline is counted
    assert_no_rep_twice(counted["reps"])


def test_finished_while_offline_arrives_later(training) -> None:
    studio, set_id = training
    context = studio.page.context
    context.set_offline(True)
    studio.page.wait_for_timeout(3000)
    studio.part("finish-set").click()
    studio.page.wait_for_timeout(500)
    context.set_offline(False)
    counted = studio.analysed(set_id)
    assert counted["clips_received"] == counted["clip_count"]
    assert counted["rep_count"] >= 1


@pytest.mark.engines
@pytest.mark.parametrize("server", ["engines"], indirect=True)
def test_a_lost_worker_delays_a_count_and_loses_none(training, server) -> None:
    studio, set_id = training
    server.stop_worker()
    try:
        before = studio.api(f"/api/sets/{set_id}")
        studio.page.wait_for_timeout(4_000)
        studio.part("finish-set").click()
        studio.expect_sent()
    finally:
        server.start_worker()
    counted = studio.analysed(set_id, limit_s=90)
    assert counted["clips_received"] == counted["clip_count"]
    assert counted["clips_received"] >= before["clips_received"] + 3
    assert last_turn(counted) > last_turn(before)


def last_turn(training_set: dict) -> int:
    return training_set["reps"][-1]["turn_ms"]


def assert_no_rep_twice(reps: list[dict]) -> None:
    for earlier, later in pairwise(reps):
        assert earlier["end_ms"] <= later["start_ms"] + 200
        assert earlier["turn_ms"] < later["turn_ms"]


def test_a_second_tab_shows_the_same_workout_and_changes_nothing(training) -> None:
    studio, set_id = training
    other = studio.page.context.new_page()
    other.goto("/workouts")
    expect(other.get_by_test_id("workout-card")).to_have_count(1)
    other.goto("/train?backend=wasm")
    expect(other.get_by_test_id("studio")).to_be_visible()
    studio.page.bring_to_front()
    studio.finish_set()
    counted = studio.analysed(set_id)
    assert counted["clips_received"] == counted["clip_count"]
    assert len(studio.api("/api/workouts")["results"]) == 1
