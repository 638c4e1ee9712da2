import pytest

from sessions.arithmetic.fatigue import Movement, rom_loss, speed_loss


def test_a_set_that_slows_down_and_gets_shallow() -> None:
    """Nine repetitions: 90° in 1.8 s is 100 °/s, then 72° in 1.8 s is 80 °/s: a fifth is lost."""
    reps = [Movement(90, 1.8)] * 3 + [Movement(81, 1.8)] * 3 + [Movement(72, 1.8)] * 3
    assert speed_loss(reps) == pytest.approx(0.2)
    assert rom_loss(reps) == pytest.approx(0.2)


def test_slower_at_full_range_loses_speed_only() -> None:
    reps = [Movement(90, 1.5)] * 4 + [Movement(90, 2.0)] * 4
    assert speed_loss(reps) == pytest.approx(0.25)
    assert rom_loss(reps) == 0


def test_one_wrong_repetition_in_a_third_does_not_matter() -> None:
    reps = [Movement(90, 2.0)] * 9
    reps[1] = Movement(20, 0.1)
    assert rom_loss(reps) == 0


def test_who_warms_up_gains() -> None:
    reps = [Movement(80, 2.0)] * 3 + [Movement(100, 2.0)] * 3
    assert rom_loss(reps) == pytest.approx(-0.25)


@pytest.mark.parametrize("reps", [[], [Movement(90, 2.0)] * 5, [Movement(0, 2.0)] * 6])
def test_too_little_to_tell(reps: list[Movement]) -> None:
    assert rom_loss(reps) is None
    assert speed_loss(reps) is None


def test_a_repetition_without_time_has_no_speed() -> None:
    reps = [Movement(90, 2.0)] * 5 + [Movement(90, 0.0)]
    assert speed_loss(reps) is None
