"""The faults that are made, and that they are in the function while it runs."""

import ast
import sys
import types
from pathlib import Path

import pytest

from tests.mutation import forked
from tests.mutation.forked import Verdict, Verdicts, put_in
from tests.mutation.mutants import mutants_of

SOURCE = '''
"""Text."""
from functools import cache

LIMIT = 3


class Box:
    """More text."""

    def __init__(self, size: int = 4) -> None:
        self.size = size

    @property
    def is_large(self) -> bool:
        """What it says."""
        return self.size > LIMIT and not self.size == 7


@cache
def doubled(value: int) -> int:
    if value:
        return value * 2
    raise ValueError("nothing to double")
'''


def changes() -> set[tuple[str, str, str]]:
    return {(one.of, one.before, one.after) for one in mutants_of(SOURCE)}


def test_what_is_changed() -> None:
    assert changes() == {
        ("Box.is_large", "self.size > LIMIT and (not self.size == 7)",
         "self.size > LIMIT or not self.size == 7"),
        ("Box.is_large", "return self.size > LIMIT and (not self.size == 7)", "return None"),
        ("Box.is_large", "self.size > LIMIT", "self.size >= LIMIT"),
        ("Box.is_large", "not self.size == 7", "self.size == 7"),
        ("Box.is_large", "self.size == 7", "self.size != 7"),
        ("Box.is_large", "7", "8"),
        ("doubled", "if value: return value * 2", "if not value: return value * 2"),
        ("doubled", "return value * 2", "return None"),
        ("doubled", "value * 2", "value / 2"),
        ("doubled", "2", "3"),
        ("doubled", "raise ValueError('nothing to double')", "pass"),
    }  # fmt: skip


def test_one_thing_is_changed_in_each_and_the_source_stays() -> None:
    tree = ast.unparse(ast.parse(SOURCE))
    others = [ast.unparse(one.tree) for one in mutants_of(SOURCE)]
    assert len(set(others)) == len(others)
    assert tree not in others


def test_a_mutant_takes_the_place_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("boxes_of_a_test")
    monkeypatch.setattr(forked, "ROOT", tmp_path)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(SOURCE, "boxes_of_a_test.py", "exec"), module.__dict__)
    assert module.doubled(4) == 8
    for mutant in mutants_of(SOURCE):
        if mutant.after in ("3", "self.size >= LIMIT"):
            put_in("boxes_of_a_test.py", mutant)
    assert module.doubled(4) == 12
    assert module.Box(3).is_large


def test_what_was_tried_is_known_to_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "verdicts"
    found = [Verdict("a.py", "x → y", forked.KILLED), Verdict("b.py", "y → z", forked.SURVIVED)]
    for one in found:
        kept = Verdicts(path)
        kept.append(one)
    assert list(Verdicts(path)) == found
    assert list(Verdicts(None)) == []
