"""The golden vectors are what this code answers now; the browser's tests read the same file."""

import json

import numpy as np
import pytest

from models import golden
from models.registry import WEIGHTS, load

FACTS = json.loads((WEIGHTS / golden.FILE).read_text())
CASES = {case["name"]: case for case in FACTS["cases"]}
STALE = "run python -m models.golden, then the tests in frontend/src/discriminator"


@pytest.mark.parametrize("name", CASES)
def test_features_have_not_drifted(name):
    case = CASES[name]
    kept = dict(case["features"])
    found = golden.features_of(golden.sequence_of(case), kept["rate_hz"])
    samples, right = (golden.unpack(facts.pop("samples")) for facts in (found, kept))
    np.testing.assert_allclose(samples, right, atol=1e-6, err_msg=STALE)
    assert found.pop("visible") == kept.pop("visible"), STALE
    assert found == pytest.approx(kept), STALE


@pytest.mark.parametrize("name", CASES)
def test_answers_have_not_drifted(name):
    case = CASES[name]
    sequence = golden.sequence_of(case)
    answers = {
        "answer": golden.answer_of(sequence, load()),
        "open": golden.answer_of(golden.beginning(sequence), load(), is_open=True),
    }
    for which, found in answers.items():
        expect_answer(found, case[which])


def expect_answer(found, kept):
    for field in ("reps", "attempts"):
        spans, right = (np.array([one[:2] for one in facts[field]]) for facts in (found, kept))
        assert spans.shape == right.shape, STALE
        np.testing.assert_allclose(spans, right, atol=5, err_msg=STALE)
    for rep, right in zip(found["reps"], kept["reps"], strict=True):
        told, wanted = (np.array(one[3:], float) for one in (rep, right))  # None becomes nan
        np.testing.assert_allclose(told, wanted, atol=0.2, rtol=1e-3, err_msg=STALE)
    assert (found["exercise"], found["hold_s"]) == (kept["exercise"], kept["hold_s"]), STALE
    assert found["confidence"] == pytest.approx(kept["confidence"], abs=2e-3), STALE


def test_the_network_answers_as_keras_did():
    samples, track, classes = (golden.unpack(text) for text in FACTS["network"].values())
    network = load()
    found_track, found_classes = network.read(samples.reshape(1, len(track) // 4, -1))
    np.testing.assert_allclose(found_track.ravel(), track, atol=1e-4, err_msg=STALE)
    np.testing.assert_allclose(found_classes.ravel(), classes, atol=1e-4, err_msg=STALE)


def test_some_case_counts_and_some_does_not():
    """Vectors that answer nothing would hold nobody to anything."""
    counts = [len(case["answer"]["reps"]) for case in CASES.values()]
    assert sum(counts) >= 12
    assert 0 in counts
