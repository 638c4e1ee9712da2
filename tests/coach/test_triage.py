"""Every rule, with the figure that is just enough and the one that is not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from coach.compliance import bucket
from coach.facts import ChangeFact, DisputeFact, Facts, PainFact, PlannedFact, RecordFact
from coach.reasons import Bucket, Code, Target, bucket_of
from coach.states import PlannedState
from coach.triage import new_reason, reasons
from coach.week import week_of

TODAY = date(2026, 3, 18)  # a Wednesday
FINE = Facts(today=TODAY, joined=TODAY - timedelta(days=90), last_day=TODAY)
SET = Target("set", uuid4(), uuid4(), 3, 2000)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def codes(**facts: Any) -> list[str]:
    return [str(one.code) for one in reasons(replace(FINE, **facts))]


def planned(*days: tuple[int, str], percent: int | None = None) -> list[PlannedFact]:
    """(days ago, state), in order of the days."""
    return [
        PlannedFact(uuid4(), ago(n), "A", "", PlannedState(state), percent) for n, state in days
    ]


def change(before: float, now: float) -> list[ChangeFact]:
    return [ChangeFact("squat", before, now, 20, SET)]


def dispute(machine: int, athlete: int, days: int = 1) -> DisputeFact:
    return DisputeFact("squat", ago(days), machine, athlete, SET)


def test_nothing_is_said_of_who_is_fine() -> None:
    assert codes() == []
    assert bucket_of([], ["results"]) is Bucket.ON_TRACK


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"pain": PainFact(uuid4(), ago(14), 3, "knee")}, ["pain"]),
        ({"pain": PainFact(uuid4(), ago(14), 2, "knee")}, []),
        ({"pain": PainFact(uuid4(), ago(15), 9, "knee")}, []),
        ({"planned": planned((5, "missed"), (2, "missed"))}, ["missed"]),
        ({"planned": planned((5, "missed"), (3, "skipped"), (2, "missed"))}, ["missed"]),
        ({"planned": planned((5, "missed"), (3, "done"), (2, "missed"))}, ["missed_one"]),
        ({"planned": planned((19, "missed"), (15, "missed"))}, []),
        ({"planned": planned((9, "done"), (4, "missed"))}, []),
        ({"planned": planned((0, "planned"))}, ["due_today"]),
        ({"planned": planned((0, "started"))}, []),
        ({"last_day": ago(10)}, ["no_data"]),
        ({"last_day": ago(9)}, ["resting"]),
        ({"last_day": ago(3)}, ["resting"]),
        ({"last_day": ago(2)}, []),
        ({"last_day": None}, ["no_data"]),
        ({"last_day": None, "joined": ago(9)}, []),
        ({"disputes": [dispute(12, 10)]}, ["disputed"]),
        ({"disputes": [dispute(12, 11)]}, []),
        ({"disputes": [dispute(12, 11, 1), dispute(9, 10, 2), dispute(8, 9, 3)]}, ["disputed"]),
        ({"disputes": [dispute(12, 8, 15)]}, []),
        ({"range_falls": change(100, 95)}, ["range_falling"]),
        ({"range_falls": change(100, 95.1)}, []),
        ({"symmetry_falls": change(0.99, 0.89)}, ["asymmetry"]),
        ({"symmetry_falls": change(0.99, 0.9)}, []),
        ({"finding_rises": change(0, 0.2)}, ["findings"]),
        ({"finding_rises": change(0, 0.19)}, []),
        ({"load_ratio": 1.5}, ["load_high"]),
        ({"load_ratio": 1.49}, []),
        ({"record": RecordFact("squat", "most_reps", 12, 10, ago(6), SET)}, ["record"]),
        ({"record": RecordFact("squat", "most_reps", 12, 10, ago(7), SET)}, []),
        ({"record": RecordFact("squat", "best_rom_deg", 103, 100, ago(1), SET)}, ["record"]),
        ({"record": RecordFact("squat", "best_rom_deg", 102, 100, ago(1), SET)}, []),
    ],
)
def test_each_rule_at_its_limit(facts: dict[str, Any], expected: list[str]) -> None:
    assert codes(**facts) == expected


def test_figures_and_the_way_to_the_repetition() -> None:
    [found] = reasons(replace(FINE, range_falls=[*change(100, 94), *change(100, 88)]))
    assert found.told() == {
        "code": "range_falling", "tone": "attention", "scope": "results",
        "figures": {"exercise": "squat", "percent": 12, "days": 20, "detail": ""},
        "target": {
            "kind": "set", "workout": str(SET.workout), "set": str(SET.set), "rep": 3,
            "t_ms": 2000, "planned": None,
        },
    }  # fmt: skip


def test_the_worst_comes_first() -> None:
    found = codes(
        load_ratio=2.0,
        last_day=ago(12),
        pain=PainFact(uuid4(), ago(1), 8, ""),
        record=RecordFact("squat", "most_reps", 12, 10, ago(1), SET),
    )
    assert found == ["pain", "no_data", "load_high", "record"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([Code.RESTING], Bucket.RESTING),
        ([Code.RESTING, Code.DUE_TODAY], Bucket.ON_TRACK),
        ([Code.RESTING, Code.MISSED_ONE], Bucket.ON_TRACK),
        ([Code.RESTING, Code.NEW], Bucket.NEW),
        ([Code.RECORD], Bucket.ON_TRACK),
        ([Code.NEW, Code.PAIN], Bucket.ATTENTION),
    ],
)
def test_buckets(said: list[Code], expected: Bucket) -> None:
    assert bucket_of(said, ["results", "plan"]) is expected


def test_nobody_is_judged_by_what_is_not_granted() -> None:
    assert bucket_of([], ["comments", "live"]) is None


def test_new_is_new_for_two_weeks() -> None:
    assert new_reason(13) is not None
    assert new_reason(14) is None


@pytest.mark.parametrize(
    ("percent", "colour"),
    [(80, "green"), (120, "green"), (79, "yellow"), (50, "yellow"), (121, "yellow"),
     (150, "yellow"), (49, "red"), (151, "red"), (0, "red")],
)  # fmt: skip
def test_colours_of_compliance(percent: int, colour: str) -> None:
    assert bucket(percent) == colour


def test_the_week_at_a_glance() -> None:
    rows = [
        PlannedFact(uuid4(), date(2026, 3, 16), "A", "", PlannedState.DONE, 90),
        PlannedFact(uuid4(), date(2026, 3, 16), "B", "", PlannedState.MISSED, 0),
        PlannedFact(uuid4(), date(2026, 3, 17), "C", "", PlannedState.SKIPPED, None),
        PlannedFact(uuid4(), date(2026, 3, 20), "D", "", PlannedState.PLANNED, None),
    ]
    week = week_of(TODAY, rows, {date(2026, 3, 16): 1, date(2026, 3, 18): 2})
    assert [(one.planned, one.done, one.trained, one.percent) for one in week] == [
        (2, 1, 1, 45), (0, 0, 0, None), (0, 0, 2, None), (0, 0, 0, None), (1, 0, 0, None),
        (0, 0, 0, None), (0, 0, 0, None),
    ]  # fmt: skip
    assert week[0].day == date(2026, 3, 16)
