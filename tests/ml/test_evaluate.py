"""The scores are those of the literature, and odd files get one clear line."""

import csv
import json
import re

import numpy as np
import pytest

from models import evaluate
from models.evaluate import EvaluationError, Prediction, labels_of, score


def test_a_worked_example():
    found = score(
        [
            Prediction("a", "squat", 10, "squat", 10),
            Prediction("b", "squat", 4, "squat", 5),
            Prediction("c", "lunge", 12, "squat", 10),
            Prediction("d", "lunge", 3),
        ]
    )
    assert found.obo == pytest.approx(2 / 3)
    assert found.mae == pytest.approx((0 + 0.2 + 0.2) / 3)
    assert found.exact == pytest.approx(1 / 3)
    assert found.recognition == pytest.approx(2 / 3)


def write(folder, rows, sequences):
    labels, poses = folder / "labels.csv", folder / "held_out.npz"
    with labels.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["source", "name", "exercise", "count"])
        writer.writeheader()
        writer.writerows(rows)
    np.savez(poses, **sequences)
    return poses, labels


def row(name, source="held_out", exercise="squat", count="2"):
    return {"source": source, "name": name, "exercise": exercise, "count": count}


def still(frames=40):
    pose = np.random.default_rng(0).random((17, 3))
    return np.repeat(pose[None], frames, axis=0).astype(np.float16)


def run(poses, labels, *more):
    return evaluate.main(["--poses", str(poses), "--labels", str(labels), *map(str, more)])


def test_predictions_and_figures_are_written(tmp_path, capsys):
    rows = [row("a"), row("b", count=""), row("c", exercise="yodel", count="0")]
    files = write(tmp_path, rows, {"a": still(), "b": still(), "c": still(2), "d": still(1)})
    out, figures = tmp_path / "out.csv", tmp_path / "out.json"
    assert run(*files, "--predictions", out, "--json", figures) == 0
    with out.open() as file:
        written = list(csv.DictReader(file))
    assert [line["name"] for line in written] == ["a", "b", "c", "d"]
    assert {line["count"] for line in written} == {"0"}
    written_figures = json.loads(figures.read_text())["all"]
    assert written_figures["obo"] == 0
    assert "| squat | 2 |" in capsys.readouterr().out


def test_what_cannot_be_measured_is_null(tmp_path):
    poses, labels = write(tmp_path, [row("a", count="")], {"a": still()})
    figures = tmp_path / "out.json"
    assert run(poses, labels, "--json", figures) == 0
    assert json.loads(figures.read_text())["all"]["obo"] is None


def test_trained_sources_are_called_dishonest(tmp_path, capsys):
    poses, labels = write(tmp_path, [row("a", source="repcount")], {"a": still()})
    assert run(poses, labels) == 0
    assert "not an honest figure" in capsys.readouterr().out


def test_other_sources_in_the_labels_do_not_matter(tmp_path):
    rows = [row("a"), row("z", source="elsewhere")]
    assert list(labels_of(*write(tmp_path, rows, {"a": still()}))) == ["a"]


def test_missing_sequences_are_named(tmp_path, capsys):
    poses, labels = write(tmp_path, [row("a"), row("b")], {"a": still()})
    assert run(poses, labels) == 2
    assert "1 labelled sequences are missing: b" in capsys.readouterr().err


def test_labels_of_another_file_are_refused(tmp_path):
    poses, labels = write(tmp_path, [row("z", source="elsewhere")], {"a": still()})
    with pytest.raises(EvaluationError, match=r"no row names a sequence of held_out\.npz"):
        labels_of(poses, labels)


@pytest.mark.parametrize(
    ("sequence", "message"),
    [
        (np.zeros((5, 16, 3)), r"a: expected \(T, 17, 3\), got \(5, 16, 3\)"),
        (np.full((5, 17, 3), np.nan), "a: holds NaN"),
    ],
)
def test_a_wrong_sequence_is_named(tmp_path, capsys, sequence, message):
    poses, labels = write(tmp_path, [row("a")], {"a": sequence})
    assert run(poses, labels) == 2
    captured = capsys.readouterr().err
    assert re.search(message, captured)


def test_a_missing_file_is_one_line(tmp_path, capsys):
    assert run(tmp_path / "no.npz", tmp_path / "no.csv") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
