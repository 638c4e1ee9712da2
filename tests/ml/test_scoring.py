"""The scores are those of the literature; figures in hindsight are kept apart."""

import math

import pytest

from models import report
from models.scoring import (
    Prediction,
    confusion,
    exercise_given,
    figures,
    nearest,
    score,
    short_sets,
    table,
)

EXAMPLE = [
    Prediction("a", "squat", 10, "squat", 10, likeliest="squat"),
    Prediction("b", "squat", 4, "squat", 5, likeliest="squat"),
    Prediction("c", "none", 12, "squat", 10, likeliest="squat"),
    Prediction("d", "lunge", 3),
]


def test_a_worked_example():
    found = score(EXAMPLE)
    assert (found.sequences, found.counted) == (4, 3)
    assert found.obo == pytest.approx(2 / 3)
    assert found.mae == pytest.approx((0 + 0.2 + 0.2) / 3)
    assert found.exact == pytest.approx(1 / 3)
    assert found.recognition == pytest.approx(2 / 3)
    assert found.likeliest == 1


def test_nothing_to_score_is_not_a_number_and_null_in_json():
    assert math.isnan(score([]).obo)
    assert figures([])["obo"] is None


def test_an_exercise_that_could_not_be_answered_is_no_wrong_answer():
    shrug = Prediction("a", "squat", 5, "shrug", 5, known=False)
    assert math.isnan(score([shrug]).recognition)
    assert report.full([shrug])["not_in_catalogue"] == {"sequences": 1, "answered_unknown": 0}


def test_confusion_counts_each_answer():
    assert confusion(EXAMPLE) == {"squat": {"none": 1, "squat": 2}}


def test_short_sets_have_one_to_six():
    sets = [Prediction(str(n), "squat", n, "squat", n) for n in (0, 1, 6, 7)]
    assert [p.name for p in short_sets(sets)] == ["1", "6"]


def test_in_hindsight_the_nearest_count_is_taken():
    one = Prediction("a", "squat", 3, "squat", 10, by_rate=(3, 9, 20))
    assert nearest([one], lambda p: p.by_rate)[0].count == 9
    assert nearest([one], lambda p: p.by_class) == [one]


def test_the_count_with_the_exercise_given_replaces_the_other():
    one = Prediction("a", "squat", 3, "squat", 10, count_if_known=10)
    assert score(exercise_given([one])).exact == 1
    assert report.full([one])["exercise_known"]["exact"] == 1
    assert report.full([one])["all"]["exact"] == 0


def test_doubtful_labels_are_scored_and_told_apart():
    found = report.full(
        [
            Prediction("stu4_5", "squat", 0, "squat", 9),
            Prediction("stu4_27", "squat", 0, "squat", 9),
            Prediction("fine", "squat", 9, "squat", 9),
        ]
    )
    assert found["all"]["exact"] == 0.5
    assert found["without_doubtful"]["exact"] == 1


def test_a_table_shows_a_dash_for_what_is_not_known():
    assert table(("a", "b"), [[1, None], [0.5, float("nan")]]).splitlines()[2:] == [
        "| 1 | – |",
        "| 0.500 | – |",
    ]
