"""The server of the lab page, and what is said of pictures that are not there."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scripts.lab import images_in, rounded, serving
from scripts.steps import StepError


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read()


def test_pictures_are_found_in_folders_below_and_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/two.JPG", "one.webp", "notes.txt"):
        (tmp_path / name).touch()
    assert [p.name for p in images_in(tmp_path)] == ["two.JPG", "one.webp"]


def test_a_folder_without_pictures_is_named(tmp_path: Path) -> None:
    with pytest.raises(StepError, match=r"holds no picture \(\.bmp, "):
        images_in(tmp_path)
    with pytest.raises(StepError, match="is no folder"):
        images_in(tmp_path / "missing")


def test_serves_pictures_by_any_name_and_nothing_beside_them(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    (images / "a b.png").write_bytes(b"picture")
    (tmp_path / "secret").write_bytes(b"secret")
    with serving(images) as address:
        assert fetch(f"{address}/images/a%20b.png") == b"picture"
        for path in ("/images/../secret", "/images/%2e%2e/secret"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                fetch(address + path)


def test_numbers_are_rounded_however_deep() -> None:
    assert rounded([[1.23456, 2], []]) == [[1.2346, 2], []]
    assert rounded(0.99999) == 1.0
