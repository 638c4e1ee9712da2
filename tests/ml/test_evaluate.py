"""Files of any origin are scored, and odd ones get one clear line."""

import csv
import json
import re

import numpy as np
import pytest

from models import evaluate
from models.recordings import EvaluationError, exercise_of, labels_of, read, square


def write(folder, rows, sequences):
    labels, poses = folder / "labels.csv", folder / "held_out.npz"
    with labels.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    np.savez(poses, **sequences)
    return poses, labels


def row(name, source="held_out", exercise="squat", count="2", **more):
    return {"source": source, "name": name, "exercise": exercise, "count": count, **more}


def still(frames=40, scale=1.0):
    pose = np.random.default_rng(0).random((17, 3)) * [scale, scale, 1]
    return np.repeat(pose[None], frames, axis=0).astype(np.float32)


def only(folder, sequence, **label):
    """The one recording that is read of this sequence, and the warnings."""
    recordings, warnings = read(*write(folder, [row("a", **label)], {"a": sequence}))
    return recordings[0], warnings


def run(poses, labels, *more):
    return evaluate.main(["--poses", str(poses), "--labels", str(labels), *map(str, more)])


def test_predictions_and_figures_are_written(tmp_path, capsys):
    rows = [row("a"), row("b", count=""), row("c", exercise="yodel", count="0")]
    files = write(tmp_path, rows, {"a": still(), "b": still(), "c": still(2), "d": still(1)})
    out, figures = tmp_path / "out.csv", tmp_path / "out.json"
    assert run(*files, "--predictions", out, "--json", figures) == 0
    with out.open() as file:
        written = list(csv.DictReader(file))
    assert list(written[0]) == ["name", "exercise", "count"]
    assert [line["name"] for line in written] == ["a", "b", "c", "d"]
    assert {line["count"] for line in written} == {"0"}
    found = json.loads(figures.read_text())
    assert found["all"]["obo"] == 0
    assert found["not_in_catalogue"] == {"sequences": 1, "answered_unknown": 0}
    assert "| squat | 2 |" in capsys.readouterr().out


def test_what_cannot_be_measured_is_null(tmp_path):
    poses, labels = write(tmp_path, [row("a", count="")], {"a": still()})
    figures = tmp_path / "out.json"
    assert run(poses, labels, "--json", figures) == 0
    assert json.loads(figures.read_text())["all"]["obo"] is None


def test_a_name_is_all_that_a_label_needs(tmp_path):
    poses, labels = write(tmp_path, [{"name": "a"}], {"a": still(), "b": np.zeros((30, 17, 3))})
    assert run(poses, labels) == 0


def test_labels_of_a_spreadsheet_are_read(tmp_path):
    poses, labels = write(tmp_path, [{"name": "a"}], {"a": still()})
    labels.write_bytes(b"\xef\xbb\xbf" + labels.read_bytes())
    assert list(labels_of(poses, labels)[0]) == ["a"]


@pytest.mark.parametrize("frames", [0, 1, 2, 40])
def test_nobody_in_view_counts_nothing(tmp_path, frames):
    files = write(tmp_path, [row("a")], {"a": np.zeros((frames, 17, 3), np.float16)})
    out = tmp_path / "out.csv"
    assert run(*files, "--predictions", out) == 0
    assert out.read_text().split() == ["name,exercise,count", "a,none,0"]


def test_trained_sources_are_called_dishonest(tmp_path, capsys):
    poses, labels = write(tmp_path, [row("a", source="repcount")], {"a": still()})
    assert run(poses, labels) == 0
    assert "not an honest figure" in capsys.readouterr().out


def test_the_frame_rate_of_the_label_is_used(tmp_path):
    recording, _ = only(tmp_path, still(11), fps="10", rep_frames="0 5 5 10")
    assert recording.sequence.duration_ms == 1000
    assert recording.spans == ((0, 500), (500, 1000))


def test_the_source_says_its_frame_rate_where_the_label_does_not(tmp_path):
    assert only(tmp_path, still(16), source="gym_sapiens")[0].sequence.duration_ms == 1000
    assert only(tmp_path, still(31))[0].sequence.duration_ms == 1000


@pytest.mark.parametrize(
    ("field", "text"),
    [("count", "many"), ("fps", "0"), ("fps", "-5"), ("aspect", "nan"), ("rep_frames", "1 2 3")],
)
def test_a_label_that_cannot_be_read_is_named_and_left_out(tmp_path, field, text):
    recording, warnings = only(tmp_path, still(31), **{field: text})
    assert len(warnings) == 1
    assert warnings[0].startswith(f"a: {field}: expected")
    assert recording.sequence.duration_ms == 1000
    assert recording.sequence.aspect is None
    assert recording.spans is None


def test_pixels_keep_their_proportions(tmp_path):
    given = still(5, scale=1.0) * np.array([1920, 1080, 1], np.float32)
    recording, _ = only(tmp_path, given)
    found = recording.sequence
    assert found.aspect == 1
    assert found.poses[:, :, :2].max() == 1
    ratio = np.ptp(given[0, :, 0]) / np.ptp(given[0, :, 1])
    assert np.ptp(found.poses[0, :, 0]) / np.ptp(found.poses[0, :, 1]) == pytest.approx(ratio)


def test_shares_of_a_picture_have_the_aspect_that_the_label_tells(tmp_path):
    assert only(tmp_path, still())[0].sequence.aspect is None
    assert only(tmp_path, still(), aspect="1.78")[0].sequence.aspect == 1.78


def test_keypoints_that_were_not_found_stretch_no_box(tmp_path):
    given = still(5) + np.array([0.5, 0.5, 0], np.float32)
    given[:, 3] = 0
    given[:, 4] = np.nan
    found = only(tmp_path, given)[0].sequence.poses
    others = np.delete(given, (3, 4), axis=1)
    for lost in (3, 4):
        assert found[:, lost, :2] == pytest.approx(others[:, :, :2].mean(axis=1))
        assert not found[:, lost, 2].any()


def test_squares_are_min_maxed_and_have_no_aspect(tmp_path):
    found = square(only(tmp_path, still(5, scale=500))[0].sequence)
    assert found.aspect is None
    assert found.poses[:, :, :2].min(axis=1) == pytest.approx(0)
    assert found.poses[:, :, :2].max(axis=1) == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("push_up", "push_up"),
        ("Push-ups", "push_up"),
        ("frontraise", "front_raise"),
        ("bench_pressing", "bench_press"),
        ("jump jack", "jumping_jack"),
        ("bicep", "bicep_curl"),
        ("shouldershrug", "shouldershrug"),
    ],
)
def test_words_of_data_sets_become_slugs(word, slug):
    assert exercise_of(word) == slug


def test_other_sources_in_the_labels_do_not_matter(tmp_path):
    rows = [row("a"), row("z", source="elsewhere")]
    found, warnings = labels_of(*write(tmp_path, rows, {"a": still()}))
    assert list(found) == ["a"]
    assert not warnings


def test_sequences_that_are_missing_are_named_and_the_others_scored(tmp_path, capsys):
    poses, labels = write(tmp_path, [row("a"), row("b")], {"a": still()})
    assert run(poses, labels) == 0
    captured = capsys.readouterr()
    assert "1 labelled sequences are not in held_out.npz: b" in captured.err
    assert "| squat | 1 |" in captured.out


def test_labels_of_another_file_are_refused(tmp_path):
    poses, labels = write(tmp_path, [row("z", source="elsewhere")], {"a": still()})
    with pytest.raises(EvaluationError, match=r"no row names a sequence of held_out\.npz"):
        labels_of(poses, labels)


@pytest.mark.parametrize(
    ("sequence", "message"),
    [
        (np.zeros((5, 16, 3)), r"a: expected \(T, 17, 3\), got \(5, 16, 3\)"),
        (np.full((5, 17, 3), "x"), "a: expected numbers, got <U1"),
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
