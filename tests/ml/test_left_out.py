"""Trained networks are reused; what is missing is trained, or answered by others and marked."""

import json
from itertools import compress
from pathlib import Path

import pytest

from models import left_out, transfer
from models.left_out import networks
from models.registry import WEIGHTS


@pytest.fixture
def trained(monkeypatch):
    """Names of the clips that each folder's network was trained on, instead of training."""
    found = {}

    def train(poses, chosen, steps):
        for folder, wanted in chosen.items():
            found[folder.name] = list(compress("ab", wanted))

    class Clip:
        def __init__(self, source):
            self.source, self.fold = source, ""

    monkeypatch.setattr(left_out, "_train_all", train)
    monkeypatch.setattr(left_out, "load", lambda poses, sources: [Clip(one) for one in "ab"])
    return found


def seen(name, clip):
    return clip.source != name


def test_a_network_never_learns_from_what_it_is_tested_on(trained):
    with networks(None, ("a", "b"), Path(), seen):
        assert trained == {"a": ["b"], "b": ["a"]}


def test_trained_networks_are_reused(trained, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "discriminator.json").write_text("{}")
    with networks(tmp_path, ("a", "b"), Path(), seen) as folders:
        assert folders == {"a": tmp_path / "a", "b": tmp_path / "b"}
    assert list(trained) == ["b"]


def test_others_may_stand_in_for_missing_ones(trained, tmp_path):
    with networks(tmp_path, ("a",), Path(), seen, None, WEIGHTS) as folders:
        assert folders == {"a": WEIGHTS}
    assert not trained


def test_the_shipped_weights_are_marked_on_what_they_were_trained_on():
    sources = json.loads((WEIGHTS / "discriminator.json").read_text())["trained_on"]
    assert set(transfer.SOURCES) <= set(sources)
    assert "openpose_form" not in sources
