"""Repetitions are matched by overlap, each with one of its own."""

import pytest

from models.boundaries import matched, report
from models.scoring import Prediction

TRUE = ((0.0, 1000.0), (1000.0, 2000.0), (2000.0, 3000.0))


def shifted(spans, by):
    return tuple((start + by, end + by) for start, end in spans)


@pytest.mark.parametrize(("by", "right"), [(0, 3), (333, 3), (340, 0), (-333, 3)])
def test_half_an_overlap_is_a_third_of_a_shift(by, right):
    """Spans as long as the true ones overlap by (1 - s) / (1 + s): one half at a third. Beyond,
    each span still overlaps the next true one, but by less."""
    assert matched(shifted(TRUE, by), TRUE).sum() == right


def test_one_true_repetition_is_found_once():
    halves = ((0.0, 900.0), (0.0, 1000.0))
    assert matched(halves, TRUE[:1]).tolist() == [False, True]


def test_no_spans_match_nothing():
    assert matched((), TRUE).tolist() == []
    assert matched(TRUE, ()).tolist() == [False] * 3


def test_f1_is_of_all_repetitions_together():
    found = report(
        [
            Prediction("a", "squat", 3, spans=TRUE, true_spans=TRUE),
            Prediction("b", "squat", 1, spans=TRUE[:1], true_spans=TRUE),
            Prediction("c", "squat", 2, spans=TRUE[:2]),
        ]
    )
    assert found is not None
    assert (found["sequences"], found["repetitions"]) == (2, 6)
    assert found["precision"] == 1
    assert found["recall"] == pytest.approx(4 / 6)
    assert found["f1"] == pytest.approx(8 / 10)


def test_the_oracle_forgives_where_a_repetition_begins():
    late = Prediction("a", "squat", 3, spans=shifted(TRUE, 480), true_spans=TRUE)
    found = report([late])
    assert found is not None
    assert found["f1"] == 0
    assert found["f1_best_shift"] == 1


def test_without_labels_nothing_is_reported():
    assert report([Prediction("a", "squat", 1, spans=TRUE)]) is None
