"""What must not stand in any tracked file, and how long a file may become."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org")
HAND_WRITTEN = {".py", ".ts", ".vue", ".mjs", ".js", ".sh"}
GENERATED = ("migrations/", "src/api/schema.d.ts")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096]:
            found.append((str(path.relative_to(ROOT)), data.decode("utf-8", "replace")))
    return found


def test_no_file_names_a_package_registry() -> None:
    assert not [n for n, text in texts() if any(registry in text for registry in REGISTRIES)]


def test_no_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:home/\w+|root|Users/\w+|work)/")
    assert not [name for name, text in texts() if pattern.search(text)]


def test_no_key_lies_about() -> None:
    pattern = re.compile(r"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}")
    assert not [
        name for name, text in texts() if pattern.search(text) and "test_tracked" not in name
    ]


def test_files_stay_short() -> None:
    long = {
        name: len(text.splitlines())
        for name, text in texts()
        if Path(name).suffix in HAND_WRITTEN
        and not any(part in name for part in GENERATED)
        and len(text.splitlines()) > LONGEST
    }
    assert not long
