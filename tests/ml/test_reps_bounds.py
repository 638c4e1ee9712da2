"""Where a cycle begins to count and where it stops: each limit from both sides."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from models.counting import Cycle, Phases
from models.described import Counted
from models.features import Track
from models.reps import judge, middle, since_first, spans
from models.results import Attempt, Rep, Tempo
from models.tempo import Count, Reading

RATE, FPS = 10.0, 40


def moving(*sizes: float, each_s: float = 2.0, unseen: Any = ()) -> Track:
    """Every joint goes up and back by its size in boxes, once in each stretch."""
    t_s = np.arange(0, each_s * len(sizes), 1 / FPS)
    size = np.array(sizes)[np.minimum((t_s / each_s).astype(int), len(sizes) - 1)]
    unit = np.zeros((len(t_s), 17, 2), np.float32)
    unit[:, :, 1] = (size * (1 - np.cos(2 * np.pi * t_s / each_s)) / 2)[:, None]
    seen = np.ones(len(t_s), np.float32)
    for start_s, end_s in unseen:
        seen[(t_s >= start_s) & (t_s < end_s)] = 0
    return Track(t_s, unit, unit.reshape(len(t_s), -1), seen)


def reading(source: Track, certainty: Any = 1.0) -> Reading:
    """Sample i is at (i + 0.5) / RATE; certainty: of all, or of each."""
    count = int((source.t_s[-1] + 1 / FPS) * RATE + 0.5)
    sure = np.broadcast_to(np.asarray(certainty, np.float64), count)
    phases = Phases(np.stack([sure, np.zeros(count)], 1), np.full(count, 50.0), np.zeros(count))
    times = (np.arange(count) + 0.5) / RATE
    return Reading(RATE, times, np.zeros((count, 2), np.float32), phases, np.zeros(2))


def found(
    source: Track, cycles: list[Cycle], certainty: Any = 1.0, alike: float = 0.0, strict: float = 1
) -> tuple[list[tuple[float, float]], list[tuple[int, int, str]]]:
    count = Count(reading(source, certainty), cycles, alike, 0.5)
    counted, attempts = judge(count, source, strict)
    return (
        [(round(one.start_s, 6), round(one.end_s, 6)) for one in counted],
        [(one.start_ms, one.end_ms, one.reason) for one in attempts],
    )


def turns(*ends: float) -> list[Cycle]:
    """Whole ones, from end to end, in samples."""
    return [Cycle(a, b, 1.0) for a, b in pairwise(ends)]


def test_samples_become_seconds_half_a_sample_around_their_times() -> None:
    counted, _ = found(moving(1, 1), turns(0, 20, 40))
    assert counted == [(0.0, 2.0), (2.0, 4.0)]


def test_a_small_movement_is_one_of_less_than_a_quarter_of_the_usual() -> None:
    three = turns(0, 20, 40, 60)
    assert found(moving(1, 0.26, 1), three)[1] == []
    assert found(moving(1, 0.24, 1), three)[1] == [(2000, 4000, "too_small")]


def test_a_set_of_small_movements_needs_four_hundredths_of_the_body() -> None:
    assert found(moving(0.042, 0.042), turns(0, 20, 40))[1] == []
    assert [why for *_, why in found(moving(0.038, 0.038), turns(0, 20, 40))[1]] == [
        "too_small"
    ] * 2


def test_what_is_usual_is_told_by_whole_ones_alone() -> None:
    cycles = [Cycle(0, 20, 0.5), Cycle(20, 40, 0.5), Cycle(40, 60, 1.0)]
    counted, attempts = found(moving(1, 1, 0.1), cycles)
    assert counted == [(4.0, 6.0)]
    assert [why for *_, why in attempts] == ["incomplete", "incomplete"]


@pytest.mark.parametrize(("samples", "counts"), [(2.4, False), (2.6, True)])
def test_a_quarter_of_a_second_is_the_shortest(samples: float, counts: bool) -> None:
    source = moving(1, each_s=samples / RATE)
    longer = moving(*[1] * 12, each_s=samples / RATE)
    assert len(source.t_s) > 2
    counted, attempts = found(longer, turns(0, samples, 2 * samples))
    assert (len(counted) == 2) == counts
    assert [why for *_, why in attempts] == ([] if counts else ["too_fast"] * 2)


def test_late_in_a_set_it_is_still_the_length_that_counts() -> None:
    longer = moving(*[1] * 40, each_s=0.24)
    assert found(longer, turns(60, 62.4))[1] == [(6000, 6240, "too_fast")]


def test_fewer_than_two_frames_have_no_size() -> None:
    source = moving(1, 1)
    two, one = turns(0, 0.5), turns(0, 0.25)
    assert found(source, one)[1][0][2] == "too_small"
    assert found(source, two)[1][0][2] == "too_small"


def test_seven_tenths_out_of_sight_are_too_much() -> None:
    """In small gaps: each alone would do no harm."""
    gaps = [(2 + 0.2 * i, 2 + 0.2 * i + 0.12) for i in range(10)]
    wide = [(2 + 0.2 * i, 2 + 0.2 * i + 0.16) for i in range(10)]
    three = turns(0, 20, 40, 60)
    assert found(moving(1, 1, 1, unseen=gaps), three)[1] == []
    assert found(moving(1, 1, 1, unseen=wide), three)[1] == [(2000, 4000, "not_visible")]


@pytest.mark.parametrize(("gap_s", "reasons"), [(1.4, []), (1.6, ["not_visible"])])
def test_a_second_and_a_half_without_anybody_is_too_long(gap_s: float, reasons: list[str]) -> None:
    source = moving(1, 1, each_s=4, unseen=[(5, 5 + gap_s)])
    assert [why for *_, why in found(source, turns(0, 40, 80))[1]] == reasons


@pytest.mark.parametrize(("gap", "reasons"), [((4, 5.6), 1), ((6.4, 8.1), 1), ((4, 5.3), 0)])
def test_it_is_too_long_at_the_beginning_and_at_the_end_too(gap: Any, reasons: int) -> None:
    source = moving(1, 1, each_s=4, unseen=[gap])
    assert len(found(source, turns(0, 40, 80))[1]) == reasons


def test_a_cycle_beyond_the_frames_is_of_nobody() -> None:
    source = moving(1)
    assert found(source, turns(30, 50))[1] == [(3000, 5000, "not_visible")]


@pytest.mark.parametrize(
    ("alike", "least"), [(0.21, 0.2), (0.2, 0.4), (-0.59, 0.4), (-0.6, 0.7), (-1.0, 0.7)]
)
def test_how_sure_a_run_must_be_follows_from_how_alike_it_is(alike: float, least: float) -> None:
    source, two = moving(1, 1), turns(0, 20, 40)
    for strict in (1.0, 0.5):
        asked = least * strict
        assert len(found(source, two, asked + 0.01, alike, strict)[0]) == 2
        assert found(source, two, asked - 0.01, alike, strict)[0] == []


def test_one_sure_repetition_carries_its_run_and_no_other() -> None:
    """Two runs, .2 s apart: the first has one sure sample's worth, the second none."""
    source = moving(*[1] * 5)
    sure = np.full(100, 0.3)
    sure[20:40] = 0.5
    cycles = [*turns(0, 20, 40), *turns(42, 62, 82)]
    assert found(source, cycles, sure)[0] == [(0.0, 2.0), (2.0, 4.0)]
    touching = [*turns(0, 20, 40), *turns(40.5, 60, 80)]
    assert len(found(source, touching, sure)[0]) == 4


def test_the_certainty_of_a_repetition_is_of_its_own_samples() -> None:
    source = moving(1, 1, 1)
    sure = np.full(60, 0.9)
    sure[20:40] = 0.5
    count = Count(reading(source, sure), turns(0, 20, 40, 60), 0.0, 0.5)
    counted, _ = judge(count, source)
    assert [one.confidence for one in counted] == pytest.approx([0.9, 0.5, 0.9])


def test_the_middle_count_is_taken_and_of_two_the_lower() -> None:
    source = moving(1, 1, 1)
    counts = [
        Count(reading(source), turns(*ends), 0.0, 0.5)
        for ends in ((0, 20, 40, 60), (0, 20), (0, 20, 40), (0, 60))
    ]
    assert [len(middle(some, source)[0]) for some in (counts[:1], counts[:2], counts[:3], counts)
            ] == [3, 1, 2, 1]  # fmt: skip
    assert middle([], source) == ([], [])


def test_spans_are_moved_on_by_15_hundredths_of_the_usual_and_end_with_the_set() -> None:
    source = moving(1, 1)
    counted = [Counted(0.0, 2.0, 1.0), Counted(2.0, 3.9, 1.0)]
    late = 0.15 * 1.95
    last_ms = round(1000 * float(source.t_s[-1]))
    assert spans(counted, source) == [
        (round(1000 * late), round(1000 * (2 + late))), (round(1000 * (2 + late)), last_ms)
    ]  # fmt: skip
    assert spans([], source) == []


def test_getting_into_position_is_no_attempt() -> None:
    rep = Rep(3_000, 4_000, 5_000, 0.9, None, Tempo(1, 0, 1))
    told = [Attempt(0, 1_000, "incomplete"), Attempt(1_000, 2_000, "too_small"),
            Attempt(3_000, 3_500, "incomplete"), Attempt(6_000, 7_000, "incomplete")]  # fmt: skip
    assert since_first([rep], told) == [told[1], told[3]]
    assert since_first([], told) == [told[1]]
