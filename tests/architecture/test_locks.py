"""The lock files: complete, by hash, without any address, and in step with what they lock."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
KINDS = ("run", "test", "train", "fuzz")


def pins(kind: str) -> dict[str, set[str]]:
    """Versions by package; a package can have one for each Python version."""
    found: dict[str, set[str]] = {}
    text = (REQUIREMENTS / f"{kind}.txt").read_text()
    for name, version in re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def wanted(kind: str) -> set[str]:
    lines = (REQUIREMENTS / f"{kind}.in").read_text().splitlines()
    names = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line[:1] not in ("", "#", "-")]
    return {re.sub(r"[._-]+", "-", name[0]).lower() for name in names if name}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_asked_for_is_locked(kind: str) -> None:
    assert wanted(kind) <= pins(kind).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_version_has_hashes(kind: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (REQUIREMENTS / f"{kind}.txt").read_text())
    without = [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not without


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_and_no_folder(kind: str) -> None:
    text = (REQUIREMENTS / f"{kind}.txt").read_text()
    assert not re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links| @ ", text)


def test_tests_run_what_is_served() -> None:
    tested = pins("test")
    assert {name: tested.get(name) for name in pins("run")} == pins("run")


def test_tensorflow_is_locked_for_training_only() -> None:
    assert "tensorflow" in pins("train")
    assert not {"tensorflow", "keras", "tensorflowjs"} & (pins("run").keys() | pins("test").keys())


def test_the_javascript_lock_names_no_address_and_misses_nothing() -> None:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    installed = {path.rpartition("node_modules/")[2] for path in packages}
    for path, package in packages.items():
        assert "resolved" not in package, path
        assert "integrity" in package or path == "", path
        assert package.get("optionalDependencies", {}).keys() <= installed, path


def test_the_javascript_lock_is_in_step_with_its_package_file() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text())
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert package[group] == locked[group]
