"""docs/security.md: every line has a status, and every test that is named exists."""

import re
from collections import Counter

import pytest

from tests.live import ROOT

TEXT = (ROOT / "docs/security.md").read_text()
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+(?:–\d+\.\d+\.\d+)?) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M
)
ROWS = ROW.findall(TEXT)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
# How many requirements of levels 1 and 2 each chapter has (10 and 17 are one line each).
LEAST = {1: 27, 2: 11, 3: 19, 4: 10, 5: 8, 6: 32, 7: 18, 8: 7, 9: 7, 11: 13, 12: 9, 13: 12,
         14: 12, 15: 13, 16: 15}  # fmt: skip


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_named_test_exists(path: str, name: str) -> None:
    file = ROOT / path
    assert file.is_file(), path
    assert re.search(rf"^(?:async )?def {name}\(", file.read_text(), re.M), f"{path}::{name}"


def test_every_line_has_a_number_once_a_status_and_a_test_or_a_reason() -> None:
    lines = [line for line in TEXT.splitlines() if re.match(r"\| \d+\.\d+", line)]
    assert len(lines) == len(ROWS), "a row of another shape"
    numbers = Counter(number for number, *_ in ROWS)
    assert [number for number, times in numbers.items() if times > 1] == []
    assert {status for _, _, status, _ in ROWS} <= {"met", "part", "no", "n/a"}
    assert all(len(why.strip()) > 3 for *_, why in ROWS)


def test_the_lines_are_in_order() -> None:
    keys = [tuple(int(part) for part in number.split("–")[0].split(".")) for number, *_ in ROWS]
    assert keys == sorted(keys)


def test_no_chapter_is_missing() -> None:
    found = Counter(int(number.split(".")[0]) for number, *_ in ROWS)
    assert {chapter: found[chapter] for chapter in LEAST if found[chapter] < LEAST[chapter]} == {}
    assert found[10] == found[17] == 1


def test_what_is_partly_met_says_why() -> None:
    """A test alone does not say what is missing."""
    bare = [
        n
        for n, _, status, why in ROWS
        if status == "part" and not re.sub(r"`[^`]+`", "", why).strip(" ,;:")
    ]
    assert bare == []
