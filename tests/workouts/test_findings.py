"""Findings of the form go with the analysis that made them."""

from collections.abc import Sequence as Listed
from uuid import UUID

import pytest

from models import form
from models.follower import LONGEST_S
from models.results import Rep
from models.sequence import Sequence
from sessions import analysis
from sessions.models import Finding, WorkoutSet
from sessions.tasks import analyze_set
from tests.workouts.builders import Athlete, clips, squats
from tests.workouts.conftest import Queue

pytestmark = pytest.mark.django_db
FOLLOWED_MS = round(1000 * LONGEST_S)


class Judge:
    """In the place of `models.form.assess`: one finding a repetition, and one of the whole set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.exercises: list[str | None] = []
        monkeypatch.setattr(form, "assess", self)

    def __call__(
        self, sequence: Sequence, exercise: str | None, reps: Listed[Rep] = ()
    ) -> tuple[form.Finding, ...]:
        self.exercises.append(exercise)
        end_ms = int(sequence.t_ms[-1])
        found = [finding(i, rep.start_ms, rep.end_ms) for i, rep in enumerate(reps)]
        return (*found, finding(None, int(sequence.t_ms[0]), end_ms))


def finding(rep: int | None, start_ms: int, end_ms: int) -> form.Finding:
    return form.Finding(
        rep=rep, fault="depth", joint="knee", phase="bottom", measured=71.5, limit=90.0,
        unit="deg", severity=0.4, start_ms=start_ms, end_ms=end_ms,
    )  # fmt: skip


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    return Judge(monkeypatch)


def trained(athlete: Athlete, queue: Queue, reps: int = 3) -> UUID:
    set_id = athlete.start_set(athlete.start_workout())
    athlete.finish(set_id, athlete.send_all(set_id, squats(reps)))
    queue.run()
    return set_id


def test_findings_are_told_with_the_set(athlete: Athlete, queue: Queue, judge: Judge) -> None:
    set_id = trained(athlete, queue)
    told = athlete.get(f"sets/{set_id}")
    by_rep = {one["rep"]: one for one in told["findings"]}
    assert set(by_rep) == {None, 0, 1, 2}
    first = told["reps"][0]
    assert by_rep[0] == {
        "rep": 0, "fault": "depth", "joint": "knee", "phase": "bottom", "measured": 71.5,
        "limit": 90.0, "unit": "deg", "severity": 0.4,
        "start_ms": first["start_ms"], "end_ms": first["end_ms"],
    }  # fmt: skip
    workout = athlete.get(f"workouts/{told['workout']}")
    assert workout["sets"][0]["findings"] == told["findings"]


def test_an_analysis_puts_its_own_in_their_place(
    athlete: Athlete, queue: Queue, judge: Judge
) -> None:
    set_id = trained(athlete, queue)
    before = Finding.objects.count()
    WorkoutSet.objects.update(revision=99)
    analyze_set(str(set_id))
    assert Finding.objects.count() == before == 4


def test_a_tail_leaves_the_findings_before_it(
    athlete: Athlete, queue: Queue, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FOLLOWED_MS <= analysis.TAIL_MS - analysis.GUARD_MS  # what it makes anew is judged anew
    monkeypatch.setattr(analysis, "GUARD_MS", 2000)
    monkeypatch.setattr(analysis, "TAIL_MS", FOLLOWED_MS + 2000)
    set_id = athlete.start_set(athlete.start_workout())
    for index, clip in enumerate(clips(squats(16))):
        athlete.send(set_id, index, clip)
        queue.run()
    row = WorkoutSet.objects.get(id=set_id)
    of_reps = row.findings.exclude(rep=None)
    assert row.rep_count >= 14
    assert sorted(of_reps.values_list("rep__index", flat=True)) == list(range(row.rep_count))
    for one in of_reps.select_related("rep"):
        assert one.rep is not None
        assert (one.start_ms, one.end_ms) == (one.rep.start_ms, one.rep.end_ms)


def test_form_is_judged_by_the_exercise_that_it_was(
    athlete: Athlete, queue: Queue, judge: Judge
) -> None:
    set_id = trained(athlete, queue)
    path = f"sets/{set_id}/corrections/00000000-0000-4000-8000-000000000001"
    athlete.call("PUT", path, {"kind": "exercise", "exercise": "deadlift"})
    queue.run()
    athlete.call("DELETE", path)
    queue.run()
    assert judge.exercises[-2:] == ["deadlift", "squat"]
    assert athlete.get(f"sets/{set_id}")["state"] == "done"
