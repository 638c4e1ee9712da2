"""Confidences become probabilities, and each fold is judged by the others."""

import numpy as np
import pytest

from models import calibration, reliability, report
from models.calibration import AS_IS, Calibration, Platt, cross_fitted, ece, fit
from models.scoring import Prediction

RNG = np.random.default_rng(3)


def answers(number=4000):
    """Confidences, and answers that are right as often as the confidence's square says."""
    confidence = RNG.random(number)
    return confidence, RNG.random(number) < confidence**2


def test_a_worked_example_of_the_error():
    """Two bins: said .9, right 1 of 2; said .3, right 0 of 2."""
    confidence = np.array([0.9, 0.9, 0.3, 0.3])
    assert ece(confidence, np.array([True, False, False, False])) == pytest.approx(0.35)


def test_fitting_takes_the_error_away():
    confidence, right = answers()
    assert ece(confidence, right) > 0.12
    assert ece(fit(confidence, right).apply(confidence), right) < 0.05


def test_true_confidences_stay_as_they_are():
    confidence = RNG.random(20_000)
    found = fit(confidence, RNG.random(20_000) < confidence)
    assert found.slope == pytest.approx(1, abs=0.1)
    assert found.offset == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("right", [True, False])
def test_answers_that_are_all_alike_give_finite_numbers(right):
    found = fit(np.full(50, 0.7), np.full(50, right))
    assert np.isfinite([found.slope, found.offset]).all()
    assert (found(0.7) > 0.9) == right


def test_without_answers_confidences_stay_raw():
    assert fit(np.zeros(0), np.zeros(0, bool)) == Platt()
    assert AS_IS.recognition(0.123456) == 0.123456


def test_a_fold_is_not_fitted_on_itself():
    """The second fold is wrong throughout; that must not help it."""
    confidence = np.full(200, 0.8)
    right = np.repeat([True, False], 100)
    found = cross_fitted(confidence, right, ["a"] * 100 + ["b"] * 100)
    assert found[0] < 0.2
    assert found[-1] > 0.8


def test_chance_alone_shows_an_error():
    few, many = RNG.random(50), RNG.random(50_000)
    assert calibration.ece_by_chance(few) > 0.05
    assert calibration.ece_by_chance(many) < 0.01


def test_facts_are_read_back():
    written = Calibration(Platt(1.5, -0.25), Platt(0.5, 2.0))
    assert Calibration.of(written.facts()) == written
    assert Calibration.of({}) == AS_IS
    with pytest.raises(KeyError):
        Calibration.of({"recognition": {"slope": 1}})


def test_repetitions_are_right_where_a_true_one_is():
    spans = ((0.0, 1000.0), (5000.0, 6000.0))
    found = Prediction(
        *("a", "squat", 2, "squat", 1),
        fold="0",
        confidence=0.6,
        spans=spans,
        rep_confidence=(0.9, 0.2),
        true_spans=((400.0, 1400.0),),
    )
    _, facts = report.calibrate([found, found])
    assert facts["recognition"]["answers"] == 2
    assert facts["repetition"]["right"] == 0.5
    assert [number for number, _, _ in facts["repetition"]["raw"]] == [2, 2]


def test_the_plot_holds_a_point_for_each_bin():
    facts = {"raw": [[3, 0.2, 0.1], [5, 0.9, 1.0]], "calibrated": [[8, 0.7, 0.7]]}
    drawn = reliability.svg({"recognition": facts, "repetition": facts})
    points, legend = 2 * 3, 2
    assert drawn.count("<circle") == points + legend
