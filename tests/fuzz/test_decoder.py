"""A thousand inputs for each decoder, always the same; `tests.fuzz.decoder` is the long run."""

from pathlib import Path
from random import Random

import pytest

from tests.fuzz.bits import bent
from tests.fuzz.decoder import TARGETS, text
from tests.fuzz.guided import Log, Target, at_random

INPUTS = 1_000


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_are_taken_or_refused(name: str, tmp_path: Path) -> None:
    log = Log(tmp_path / "found.jsonl", TARGETS[name]())
    at_random(log.target, log, 5, lambda: log.inputs < INPUTS)
    assert not log.faults
    assert log.outcomes["taken"]
    assert len(log.outcomes) > 5


def test_what_is_as_long_as_it_may_be(tmp_path: Path) -> None:
    log = Log(tmp_path / "found.jsonl", text())
    for giant in log.target.giants():
        log.attempt(giant)
    assert not log.faults


def test_a_fault_is_found_and_its_input_kept(tmp_path: Path) -> None:
    def falls(data: bytes) -> str:
        return data.decode()

    log = Log(tmp_path / "found.jsonl", Target("weak", falls, bent, (b"abc",)))
    at_random(log.target, log, 1, lambda: log.inputs < 500)
    [fault] = [name for name in log.faults if name.startswith("UnicodeDecodeError")]
    [kept] = tmp_path.glob("weak-*")
    with pytest.raises(UnicodeDecodeError):
        kept.read_bytes().decode()
    assert fault in (tmp_path / "found.jsonl").read_text()


def test_the_same_seed_gives_the_same_inputs() -> None:
    given = [bent(Random(3), b"one clip") for _ in range(2)]
    assert given[0] == given[1]
