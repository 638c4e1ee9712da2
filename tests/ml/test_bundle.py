"""Which files are weights that may count, and what is said of those that are not."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models import bundle, measured
from models.bundle import BundleError
from models.registry import WEIGHTS, read_card
from tests.workouts.versions import amended, shipped

Files = dict[str, bytes]


@pytest.fixture
def files() -> Files:
    return dict(shipped().files)


def other_shards(files: Files) -> bytes:
    model = json.loads(files["tfjs/model.json"])
    model["weightsManifest"][0]["paths"].append("other.bin")
    return json.dumps(model).encode()


def zipped(files: Files, top: str = "") -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    packed.seek(0)
    return packed


def test_the_shipped_folder_is_a_bundle_with_a_copy_for_the_browser() -> None:
    found = bundle.of_folder(WEIGHTS)
    assert found.version == read_card().version
    assert found.has_browser_copy
    assert found.version in found.model_card
    assert "presence/head.json" not in found.files


def test_a_zip_says_the_same_wherever_in_it_the_folder_lies(files: Files) -> None:
    assert bundle.of_zip(zipped(files)).digest == bundle.of_zip(zipped(files, "a/weights/")).digest


def test_the_digest_is_of_every_byte(files: Files) -> None:
    other = bundle.checked({**files, "MODEL_CARD.md": b"another card"})
    assert other.digest != bundle.checked(files).digest


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda files: {}, "is missing"),
        (lambda files: {k: v for k, v in files.items() if k != "recognition.npz"}, "recognition"),
        (lambda files: {**files, "discriminator.json": b"{"}, "is not JSON"),
        (lambda files: {**files, "discriminator.json": b"[]"}, "no version"),
        (lambda files: amended(files, version="v" * 65), "1 to 64"),
        (lambda files: amended(files, features_version="2"), "features_version is 2"),
        (lambda files: amended(files, skeleton_hash="beef"), "skeleton_hash is beef"),
        (lambda files: {**files, "discriminator.onnx": b"0"}, "weights_sha256"),
        (lambda files: {**files, "recognition.npz": b"0"}, "recognition.npz"),
        (lambda files: amended(files, classes=["squat"]), "Expected answers"),
        (lambda files: {k: v for k, v in files.items() if k != "tfjs/model.json"}, "not whole"),
        (lambda files: {k: v for k, v in files.items() if ".bin" not in k}, "not whole"),
        (lambda files: {**files, "tfjs/card.json": b'{"version": "1"}'}, "tfjs/card.json is of 1"),
        (lambda files: {**files, "tfjs/card.json": b"{}"}, "cannot be read"),
        (lambda files: {**files, "tfjs/model.json": other_shards(files)}, "tfjs/other.bin is miss"),
    ],
)
def test_what_is_wrong_is_said(files: Files, spoil: Callable[[Files], Files], says: str) -> None:
    with pytest.raises(BundleError, match=says):
        bundle.checked(spoil(files))


@pytest.mark.parametrize("name", ["../discriminator.json", "/etc/passwd", "a/../../b", "C:/x"])
def test_a_zip_that_points_out_of_its_folder_is_refused(files: Files, name: str) -> None:
    with pytest.raises(BundleError, match="points out"):
        bundle.of_zip(zipped({**files, name: b""}))


def test_a_zip_is_read_no_further_than_its_bound(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(BundleError, match="larger than 1 MB"):
        bundle.of_zip(zipped(files | {"MODEL_CARD.md": bytes(2 * 1024 * 1024)}))


def test_too_many_entries_and_no_zip_at_all(files: Files) -> None:
    many = {f"x/{i}": b"" for i in range(bundle.MOST_ENTRIES)}
    with pytest.raises(BundleError, match="at most"):
        bundle.of_zip(zipped(files | many))
    with pytest.raises(BundleError, match="no readable zip"):
        bundle.of_zip(io.BytesIO(b"PK but no"))


def test_the_headline_holds_what_was_measured_and_forgives_nonsense(files: Files) -> None:
    found = measured.headline(files)
    assert 0 < found["folds"]["obo"] < 1
    assert found["exercises"]["squat"]["obo"] > 0
    assert len(found["videos"]["within_tolerance"]) == 2
    assert measured.headline({"folds.json": b'{"all": {"obo": "x"}}', "suite.json": b"no"}) == {}


def test_a_folder_is_read_where_there_is_one_and_no_further_than_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BundleError, match="is no folder"):
        bundle.of_folder(tmp_path / "gone")
    monkeypatch.setattr(bundle, "MOST_BYTES", 1024)
    with pytest.raises(BundleError, match="larger than"):
        bundle.of_folder(WEIGHTS)


def test_a_server_without_measured_corrections_and_one_with() -> None:
    labels = b'{"all": {"obo": 0.9, "mae": "x"}, "exercises": []}'
    assert "labels" in measured.headline({"labels.json": labels})
    assert measured.headline({"labels.json": b'{"all": 3}', "folds.json": b"[]"}) == {}
