"""From clips to results: what may come in any order, twice, late or not at all."""

from dataclasses import replace
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import discriminator
from models.clip import Clip
from models.registry import Network
from models.results import Analysis
from models.sequence import Sequence
from sessions import analysis, tasks
from sessions.models import WorkoutSet
from tests.workouts.builders import FPS, Athlete, clips, squats, standing
from tests.workouts.conftest import Queue

FIVE = list(clips(squats(5)))


def outcome(set_id: UUID) -> dict[str, object]:
    """Everything that the analysis has written about the set."""
    row = WorkoutSet.objects.get(id=set_id)
    skipped = {"set_id", "id", "model_version"}
    reps = [
        {name: value for name, value in rep.items() if name not in skipped}
        for rep in row.reps.values()
    ]
    columns = ("exercise", "confidence", "rep_count", "attempt_count", "hold_s", "active_s")
    return {name: getattr(row, name) for name in (*columns, "visible", "analyzed_to_ms")} | {
        "reps": reps,
        "attempts": list(row.attempts.values_list("start_ms", "end_ms", "reason")),
    }


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_final_result_depends_on_nothing_but_the_clips(
    athlete: Athlete, queue: Queue, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(FIVE))))
    twice = data.draw(st.lists(st.sampled_from(order), max_size=4))
    finish_after = data.draw(st.integers(0, len(order)))
    work_after = data.draw(st.sets(st.integers(0, len(order)), max_size=3))

    set_id = athlete.start_set(athlete.start_workout())
    for step, index in enumerate([*order, *twice]):
        if step == finish_after:
            athlete.finish(set_id, len(FIVE))
        if step in work_after:
            queue.run()
        assert athlete.send(set_id, index, FIVE[index]).status_code == 202
    athlete.finish(set_id, len(FIVE))
    queue.run()
    assert outcome(set_id) == expected(athlete, queue)


def expected(athlete: Athlete, queue: Queue) -> dict[str, object]:
    set_id = athlete.start_set(athlete.start_workout())
    for index, clip in enumerate(FIVE):
        athlete.send(set_id, index, clip)
    athlete.finish(set_id, len(FIVE))
    queue.run()
    return outcome(set_id)


def test_missing_clips_are_reported_and_counted_when_they_come(
    athlete: Athlete, queue: Queue
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    for index in (0, 1, 2, 5):
        athlete.send(set_id, index, FIVE[index])
    athlete.finish(set_id, len(FIVE))
    queue.run()
    early = athlete.get(f"sets/{set_id}")
    assert early["missing_clips"] == [3, 4]
    assert early["state"] == "done"
    assert "still on its way" in early["message"]
    assert early["rep_count"] < 5

    for index in (4, 3):
        athlete.send(set_id, index, FIVE[index])
    queue.run()
    late = athlete.get(f"sets/{set_id}")
    assert (late["missing_clips"], late["rep_count"], late["message"]) == ([], 5, None)


class Watched:
    """The discriminator's place: answers a squat every 3 s of what it sees, and remembers."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []

    def __call__(
        self,
        sequence: Sequence,
        exercise: str | None = None,
        network: Network | None = None,
        is_open: bool = False,
    ) -> Analysis:
        from models.results import Rep, Tempo

        start_ms, end_ms = int(sequence.t_ms[0]), int(sequence.t_ms[-1])
        self.seen.append((start_ms, end_ms))
        first = -(-start_ms // 3000) * 3000
        reps = tuple(
            Rep(at, at + 1500, at + 2900, 0.9, 80.0, Tempo(1.5, 0.0, 1.4))
            for at in range(first, end_ms - 2900, 3000)
        )
        return Analysis("watched", exercise or "squat", 0.9, reps, visible=1.0)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched()
    monkeypatch.setattr(discriminator, "analyze", watched)
    return watched


def long_set(minutes: float) -> list[Clip]:
    return list(clips(standing(int(minutes * 60 * FPS)), seconds=5))


def test_a_late_minute_costs_what_an_early_one_costs_and_forgets_nothing(
    athlete: Athlete, queue: Queue, watched: Watched
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    sent = long_set(4)
    for index, clip in enumerate(sent):
        athlete.send(set_id, index, clip)
        queue.run()
        spans = [end - start for start, end in watched.seen]
        row = WorkoutSet.objects.get(id=set_id)
        assert row.rep_count == row.reps.count()
        end_ms = watched.seen[-1][1]
        assert abs(row.rep_count - (end_ms - 2900) / 3000) <= 1
    assert max(spans) <= analysis.TAIL_MS + 5000
    indices = list(WorkoutSet.objects.get(id=set_id).reps.values_list("index", flat=True))
    assert indices == list(range(len(indices)))

    athlete.finish(set_id, len(sent))
    queue.run()
    assert watched.seen[-1][0] == 0  # once, the whole
    assert WorkoutSet.objects.get(id=set_id).rep_count == 80


def test_a_clip_that_comes_late_is_read_with_what_surrounds_it(
    athlete: Athlete, queue: Queue, watched: Watched
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    sent = long_set(3)
    for index in [*range(20), *range(21, 36)]:
        athlete.send(set_id, index, sent[index])
    queue.run()
    athlete.send(set_id, 20, sent[20])
    queue.run()
    start_ms, end_ms = watched.seen[-1]
    assert abs(start_ms - (100_000 - analysis.TAIL_MS)) < 100
    assert end_ms > 179_000


def test_a_hold_goes_on_past_the_tail(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(
        sequence: Sequence,
        exercise: str | None = None,
        network: Network | None = None,
        is_open: bool = False,
    ) -> Analysis:
        return Analysis("v", "plank", 0.9, hold_s=sequence.duration_ms / 1000, visible=1.0)

    monkeypatch.setattr(discriminator, "analyze", held)
    set_id = athlete.start_set(athlete.start_workout(), "plank")
    for index, clip in enumerate(long_set(3)):
        athlete.send(set_id, index, clip)
        queue.run()
    row = WorkoutSet.objects.get(id=set_id)
    assert row.hold_s == pytest.approx(180, abs=1)
    assert row.active_s == row.hold_s


def test_nothing_new_is_nothing_done(athlete: Athlete, queue: Queue, watched: Watched) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    for index, clip in enumerate(FIVE):
        athlete.send(set_id, index, clip)
    queue.run()
    assert len(watched.seen) == 1  # five more tasks waited, and found nothing left
    tasks.analyze_set.run(str(set_id))
    tasks.analyze_set.run(str(uuid4()))
    assert len(watched.seen) == 1


def test_an_older_result_never_replaces_a_newer_one(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.send(set_id, 0, FIVE[0])
    real = discriminator.analyze

    def overtaken(
        sequence: Sequence, exercise: str | None, network: Network, is_open: bool
    ) -> Analysis:
        monkeypatch.setattr(discriminator, "analyze", real)
        athlete.send(set_id, 1, FIVE[1])
        analysis.analyze_set(set_id)
        return replace(real(sequence, exercise, network, is_open=is_open), model_version="older")

    monkeypatch.setattr(discriminator, "analyze", overtaken)
    assert analysis.analyze_set(set_id) is None
    row = WorkoutSet.objects.get(id=set_id)
    assert row.model_version == discriminator.MODEL_VERSION
    assert row.analyzed_revision == row.revision


def test_rest_does_not_unlearn_the_exercise(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["squat", None])
    monkeypatch.setattr(
        discriminator,
        "analyze",
        lambda *_, **__: Analysis("v", next(answers), 0.8, visible=1.0),
    )
    set_id = athlete.start_set(athlete.start_workout(), None)
    for index in (0, 1):
        athlete.send(set_id, index, FIVE[index])
        queue.run()
    assert athlete.get(f"sets/{set_id}")["exercise"] == "squat"


def test_frames_reach_the_discriminator_as_they_were_sent(
    athlete: Athlete, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Sequence] = []

    def kept(sequence: Sequence, **_: object) -> Analysis:
        seen.append(sequence)
        return Analysis("v", None, 0.0)

    monkeypatch.setattr(discriminator, "analyze", kept)
    set_id = athlete.start_set(athlete.start_workout())
    for index in (1, 0, 2):
        athlete.send(set_id, index, FIVE[index])
    queue.run()
    [sequence] = seen
    assert sequence.aspect == 640 / 480
    assert list(sequence.t_ms) == [int(t) for clip in FIVE[:3] for t in clip.t_ms]
    sent = np.concatenate([clip.poses for clip in FIVE[:3]])
    assert np.abs(sequence.poses - sent).max() <= 0.501 / 63 + 0.5 / 255
