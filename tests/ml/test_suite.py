"""The synthetic suite: films are whole sequences, the same for every process, and scored right."""

import json

import numpy as np
import pytest

from models import suite
from models.exercises import CATALOGUE
from models.film import Film, film
from models.suite import Answer, figures, report


@pytest.mark.parametrize("index", range(len(CATALOGUE)))
def test_a_film_is_what_a_browser_sends(index):
    shown = film(index, seed=3)
    sequence = shown.sequence
    assert sequence.aspect is not None
    assert (np.diff(sequence.t_ms) > 0).all()
    fps = 1000 * (len(sequence) - 1) / sequence.duration_ms
    assert 7.5 < fps < 31
    assert sequence.poses.min() >= 0
    assert sequence.poses.max() <= 1
    assert 0 <= shown.count <= 15
    assert shown.count == len(shown.ends_s)
    if shown.ends_s:
        assert shown.ends_s[-1] <= sequence.duration_ms / 1000 + 0.5


def test_a_film_depends_on_its_number_and_seed_alone():
    def same(one: Film, other: Film) -> bool:
        return np.array_equal(one.sequence.poses, other.sequence.poses)

    assert same(film(5, 1), film(5, 1))
    assert not same(film(5, 1), film(5, 2))
    assert not same(film(5, 1), film(20, 1))


def test_films_show_every_exercise_and_rest():
    shown = {film(index, 0).exercise for index in range(60)}
    assert shown >= {spec.slug for spec in CATALOGUE} | {"rest"}


def said(exercise: str, count: int, counted: int, named: str | None = None) -> Answer:
    return Answer(exercise, count, 0.5, named or exercise, counted, 0.0)


def test_figures_are_those_of_the_literature():
    found = figures([said("squat", 4, 4), said("squat", 10, 11), said("lunge", 5, 7, "squat")])
    assert found["obo"] == pytest.approx(2 / 3, abs=1e-3)
    assert found["mae"] == pytest.approx((0 + 0.1 + 0.4) / 3, abs=1e-3)
    assert found["exact"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["short_sets_exact"] == 0.5
    assert found["recognised"] == pytest.approx(2 / 3, abs=1e-3)


def test_false_repetitions_are_counted_by_the_minute():
    answers = [Answer("rest", 0, 2.0, None, 0, 0.0), Answer("rest", 0, 2.0, "squat", 1, 0.0)]
    found = report([*answers, said("squat", 3, 3), said("plank", 0, 0)])
    assert found["false_reps_per_min"] == 0.25
    assert found["resting_left_unnamed"] == 0.5
    assert found["obo"] == 1
    assert set(found["exercises"]) == {"squat", "plank"}
    assert found["exercises"]["plank"]["obo"] is None


def test_the_time_is_bounded():
    answers = (said("squat", 1, 1) for _ in range(10))
    assert len(list(suite._in_time(answers, 10, 0))) == 1


def test_no_clips_are_refused(capsys):
    assert suite.main(["--clips", "0"]) == 2
    assert "--clips" in capsys.readouterr().err


def test_the_report_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(suite, "run", lambda *_: [said("squat", 3, 3)])
    out = tmp_path / "suite.json"
    assert suite.main(["--clips", "1", "--json", str(out)]) == 0
    written = json.loads(out.read_text())
    assert written["obo"] == 1
    assert written["model_version"]
    assert "squat" in capsys.readouterr().out
