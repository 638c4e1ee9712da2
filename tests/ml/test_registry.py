"""Weights that do not fit the code are refused, and ONNX answers as Keras did."""

import json
import shutil

import numpy as np
import pytest

from models.dataset import CLASSES
from models.registry import WEIGHTS, RegistryError, load, read_card


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped weights to spoil."""
    for name in ("discriminator.onnx", "discriminator.json"):
        shutil.copy(WEIGHTS / name, tmp_path)
    return tmp_path


def spoil(folder, **changes):
    path = folder / "discriminator.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_the_shipped_weights_load_and_name_every_exercise():
    network = load()
    assert network.card.classes == CLASSES
    assert network.card.weights_sha256.startswith(network.card.version.rsplit("-")[-1])


@pytest.mark.parametrize("field", ["skeleton_hash", "features_version", "weights_sha256"])
def test_a_mismatch_is_refused_and_named(folder, field):
    spoil(folder, **{field: "other"})
    with pytest.raises(RegistryError, match=f"{field} is other, .* run make train"):
        load(folder)


def test_missing_weights_are_named(folder):
    (folder / "discriminator.onnx").unlink()
    with pytest.raises(RegistryError, match="weights are missing; run make train"):
        load(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", "\x00"])
def test_an_unreadable_card_is_named(folder, content):
    (folder / "discriminator.json").write_text(content)
    with pytest.raises(RegistryError, match=r"discriminator\.json: no readable model card"):
        read_card(folder)


def test_onnx_answers_as_keras_did():
    kept = np.load(WEIGHTS / "parity.npz")
    track, classes = load().read(kept["samples"])
    np.testing.assert_allclose(track, kept["track"], atol=1e-4)
    np.testing.assert_allclose(classes, kept["classes"], atol=1e-4)


def test_two_loads_share_nothing():
    """A worker that reloads gets new weights, not a stale session."""
    assert load() is not load()
