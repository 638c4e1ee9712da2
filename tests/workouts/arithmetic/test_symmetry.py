import pytest

from sessions.arithmetic.symmetry import Sides, symmetry, usual_ranges


def test_both_sides_at_once() -> None:
    usual = usual_ranges([Sides(90, 100), Sides(92, 98), Sides(88, 102)])
    assert usual == Sides(90, 100)
    assert symmetry(usual) == pytest.approx(0.9)


def test_sides_that_take_turns() -> None:
    """A side that rests says nothing about how far it goes."""
    usual = usual_ranges([Sides(120, 8), Sides(5, 96)] * 3)
    assert usual == Sides(120, 96)
    assert symmetry(usual) == pytest.approx(0.8)


def test_which_side_is_weaker_does_not_matter() -> None:
    assert symmetry(Sides(80, 100)) == symmetry(Sides(100, 80)) == 0.8


def test_one_side_alone_is_no_comparison() -> None:
    assert usual_ranges([Sides(120, 8)] * 6) is None
    assert usual_ranges([Sides(90, 90)] * 2) is None
    assert usual_ranges([]) is None


def test_nothing_moved() -> None:
    assert symmetry(Sides(0, 0)) is None
