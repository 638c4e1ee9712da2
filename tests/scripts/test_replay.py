"""What replay keeps between runs and how it sums up."""

import json
from pathlib import Path

import pytest

from scripts.replay import done_before, videos_in
from scripts.replay_table import summary, table, verdict
from scripts.steps import StepError

LABELS = "file,exercise,reps,tolerance,note\na.mp4,squat,4,1,\nb.mp4,none,0,0,\nc.avi,other,,,\n"


def result(file: str, exercise: str | None, reps: int) -> dict:
    return {"file": file, "exercise": exercise, "reps": reps, "attempts": 0, "fps": 12.0,
            "frames": 60, "browser_reps": reps}  # fmt: skip


def test_a_line_cut_off_by_an_interruption_is_done_again(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(json.dumps(result("a.mp4", "squat", 4)) + '\n{"file": "b.mp4", "ex')
    assert set(done_before(out)) == {"a.mp4"}


def test_finds_videos_at_any_depth_and_whatever_the_case(tmp_path: Path) -> None:
    for name in ("b.MP4", "deep/er/a.avi", "labels.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in videos_in(tmp_path)]
    assert found == ["b.MP4", "deep/er/a.avi"]


def test_a_folder_without_videos_is_named(tmp_path: Path) -> None:
    with pytest.raises(StepError, match="holds no video"):
        videos_in(tmp_path)


@pytest.mark.parametrize(("reps", "word"), [(3, "ok"), (5, "ok"), (6, "off")])
def test_the_verdict_keeps_to_the_label_s_tolerance(reps: int, word: str) -> None:
    assert verdict({"reps": reps}, {"reps": "4", "tolerance": "1"}) == word


def test_the_summary_counts_as_the_literature_does() -> None:
    pairs = [
        (result("a.mp4", "squat", 6), {"exercise": "squat", "reps": "4", "tolerance": "1"}),
        (result("b.mp4", None, 0), {"exercise": "none", "reps": "0", "tolerance": "0"}),
    ]
    told = summary(pairs)
    assert "1 within their tolerance" in told
    assert "OBO 0.500" in told
    assert "MAE 0.500" in told
    assert "exercise right in 1 of 1" in told


def test_the_table_has_every_file_even_one_that_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(LABELS)
    told = table(
        [result("a.mp4", "squat", 4), {"file": "c.avi", "error": "I cannot read it."}], tmp_path
    )
    assert "c.avi" in told
    assert "I cannot read it." in told
