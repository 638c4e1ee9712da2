"""The card tells the facts beside the weights, and what is missing."""

import json
import shutil

import numpy as np
import pytest

from models import card, crossval, peers, videos
from models.recordings import Recording
from models.registry import WEIGHTS, RegistryError, amend_card, read_card
from models.sequence import Sequence

SCORES = {
    "sequences": 3, "counted": 2, "obo": 0.5, "mae": 0.25,
    "exact": None, "recognition": 0.75, "likeliest": 1.0,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    shutil.copy(WEIGHTS / "discriminator.json", tmp_path)
    return tmp_path


def tell(folder, name, facts):
    (folder / name).write_text(json.dumps(facts))
    card.write(folder)
    return (folder / card.CARD).read_text()


def section(text, title):
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


def test_what_nobody_measured_says_so(folder):
    text = card.text(folder)
    assert text.startswith(f"# Discriminator {read_card(folder).version}")
    assert text.count("Not measured.") == text.count("\n## ")


def test_folds_are_told(folder):
    folds = {
        "all": SCORES, "without_doubtful": SCORES, "exercise_known": SCORES,
        "exercises": {"squat": SCORES},
        "confusion": {"squat": {"none": 1, "squat": 2}},
        "boundaries": {"repetitions": 9, "precision": 0.5, "recall": 0.5, "f1": 0.5,
                       "f1_best_shift": 0.875},
        "oracle": {"nearest_rate": {**SCORES, "obo": 0.9}, "nearest_class": SCORES},
        "peers": {"baseline_fsm": {**SCORES, "boundaries": 0.125}},
    }  # fmt: skip
    text = tell(folder, "folds.json", folds)
    counting = section(text, "Counting and recognising, on people not seen")
    assert "| all labels | 3 | 0.500 | 0.250 | – | 0.750 |" in counting
    assert "| **squat** | 1 | 2 |" in section(text, "What was taken for what")
    assert "Oracle" in section(text, "Where repetitions begin and end").split("0.875")[0]
    assert "| oracle: of all rates the count nearest the truth | 2 | 0.900" in text
    others = section(text, "Others on the same videos")
    assert "| two thresholds on one angle | 2 | 0.500 | 0.250 | – | 0.125 |" in others
    assert section(text, "How sure it is").strip() == "Not measured."


def test_a_source_that_was_trained_on_is_marked(folder):
    facts = {"network": "1", "trained_on_it": True, "true_angles": None, "min_max": SCORES}
    text = section(tell(folder, "transfer.json", {"gym": facts}), "Across sources")
    assert "| gym | 3 | **yes** | – | – | 0.750 | 1.000 | 0.500 |" in text
    assert "no honest one" in text


def test_videos_are_told(folder):
    rows = {"a.mp4": {"exercise": "squat", "reps": "3", "tolerance": "0"}}
    found = videos.figures({"a.mp4": ("squat", 2), "b.mp4": ("none", 0)}, rows, "push_up")
    found |= {"model_version": "1", "keypoints": "of the full picture"}
    text = section(tell(folder, "videos.json", found), "On video")
    assert "| a.mp4 | squat | 3 ± 0 | **2** | squat |" in text
    assert "Of 1 more short clips of push_up" in text


def test_any_other_facts_become_tables(folder):
    facts = {"note": "Two clips.", "obo": 0.5, "exercises": {"squat": {"clips": 2, "obo": 1.0}}}
    text = section(tell(folder, "suite.json", facts), "Generated people")
    assert "Two clips." in text
    assert "| obo | 0.500 |" in text
    assert "| exercises | clips | obo |" in text
    assert "| squat | 2 | 1.000 |" in text


def test_the_shipped_card_is_what_its_facts_say():
    assert (WEIGHTS / card.CARD).read_text() == card.text(WEIGHTS)


def test_calibration_is_kept_with_the_weights(folder):
    amend_card(folder, calibration={"recognition": {"slope": 2.0, "offset": 0.0}})
    found = read_card(folder).calibration
    assert found.recognition(0.8) == pytest.approx(16 / 17)
    assert found.repetition(0.8) == 0.8
    amend_card(folder, calibration={"recognition": {"slope": "steep"}})
    with pytest.raises(RegistryError, match="no readable model card"):
        read_card(folder)


def test_replayed_videos_are_read(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text('{"file": "a.mp4", "exercise": null, "reps": 0}\n{"file": "b", "error": "x"}\n')
    assert videos._replayed(path) == {"a.mp4": ("none", 0)}


def test_peers_are_scored_by_our_truth(tmp_path):
    path = tmp_path / "baseline_fsm_partA_test_all.csv"
    path.write_text(
        'video_id,true_count,pred_count,pred_periods_json\na,9,2,"[[0,30],[30,60]]"\nz,1,1,[]\n'
    )
    sequence = Sequence.at_fps(np.zeros((60, 17, 3), np.float32), 30)
    one = Recording("a", sequence, count=2, spans=((0.0, 1000.0), (1000.0, 2000.0)))
    found = peers.compare(tmp_path, [one])
    assert found["baseline_fsm"]["exact"] == 1
    assert found["baseline_fsm"]["boundaries"] == 1
    assert peers.compare(tmp_path / "none", [one]) == {}


def test_performers_of_a_fold_are_not_seen():
    class Clip:
        source, fold = crossval.SOURCE, "1"

    assert not crossval._outside("1", Clip)
    assert crossval._outside("2", Clip)
