"""Cycles become repetitions, or attempts with the reason why not."""

import numpy as np
import pytest

from models import described
from models.counting import Cycle, Phases
from models.described import Counted
from models.exercises import BY_SLUG
from models.features import track
from models.reps import agree, told
from models.sequence import Sequence
from models.tempo import Count, Reading, choose, rates

RATE = 10.0


def elbow_bends(depths: list[float], rep_s: float = 2.0, fps: float = 20.0) -> Sequence:
    """A still body whose left wrist swings round the elbow, a repetition for each depth."""
    time = np.arange(0, rep_s * len(depths), 1 / fps)
    depth = np.array(depths)[np.minimum((time / rep_s).astype(int), len(depths) - 1)]
    bend = np.radians(120 * depth * (1 - np.cos(2 * np.pi * time / rep_s)) / 2)
    poses = np.zeros((len(time), 17, 3), np.float32)
    poses[:, :, :2] = np.random.default_rng(3).random((17, 2)) * 0.4 + 0.3
    poses[:, 5, :2], poses[:, 7, :2] = (0.3, 0.1), (0.3, 0.5)
    poses[:, 9, 0], poses[:, 9, 1] = 0.3 + 0.4 * np.sin(bend), 0.5 + 0.4 * np.cos(bend)
    poses[:, :, 2] = 0.9
    return Sequence.at_fps(poses, fps, aspect=1.0)


def reading(sequence: Sequence) -> Reading:
    count = int(sequence.duration_ms / 1000 * RATE) + 1
    times = (np.arange(count) + 0.5) / RATE
    sure = Phases(np.tile([1.0, 0.0], (count, 1)), np.full(count, 4.0), np.full(count, -3.0))
    return Reading(RATE, times, np.zeros((count, 2)), sure, np.zeros(3))


def judged(sequence: Sequence, progress: list[float], slug="bicep_curl"):
    cycles = [Cycle(20.0 * i, 20.0 * (i + 1), part) for i, part in enumerate(progress)]
    count = Count(reading(sequence), cycles, 0.5, 0.5)
    return agree([count], sequence, track(sequence), BY_SLUG[slug])


def test_a_repetition_is_described():
    counted, attempts = judged(elbow_bends([1, 1]), [1, 1])
    assert attempts == []
    first = counted[0]
    # The phase begins .15 of a repetition before people say that the movement does.
    assert (first.start_ms, first.end_ms) == (300, 2300)
    assert first.turn_ms == pytest.approx(1000, abs=120)
    assert first.rom_deg == pytest.approx(120, abs=3)
    assert first.tempo_s.down == pytest.approx(first.tempo_s.up, abs=0.15)
    assert first.confidence == pytest.approx(0.98, abs=0.01)


@pytest.mark.parametrize("slug", ["bicep_curl", "shoulder_press"])
def test_the_turn_is_where_the_exercise_has_it_wherever_the_span_begins(slug):
    """The elbow is bent most at 1 s and 3 s: a curl turns there, a press half a repetition on."""
    sequence = elbow_bends([1, 1, 1])
    bent = Counted(1.0, 3.0, 0.9)
    straight = Counted(2.0, 4.0, 0.9)
    for span in (bent, straight):
        found = described.rep(span, sequence, track(sequence), BY_SLUG[slug])
        turn_s = found.turn_ms / 1000 % 2
        right_s = 1.0 if slug == "bicep_curl" else 0.0
        assert min(abs(turn_s - right_s), 2 - abs(turn_s - right_s)) < 0.15
        assert found.tempo_s.down == pytest.approx(found.tempo_s.up, abs=0.2)
        assert found.tempo_s.down + found.tempo_s.pause + found.tempo_s.up == pytest.approx(2.0)


def test_repetitions_that_begin_and_end_at_the_turn_share_neither_time_nor_turn():
    """The elbow is bent most at 1, 3, 5 and 7 s, where these spans begin and end."""
    sequence = elbow_bends([1, 1, 1, 1])
    spans = [Counted(start_s, start_s + 2, 0.9) for start_s in (1.0, 3.0, 5.0)]
    found = told(spans, sequence, track(sequence), BY_SLUG["bicep_curl"])
    assert [rep.start_ms for rep in found] == [1300, 3300, 5300]
    assert [rep.turn_ms for rep in found] == pytest.approx([3000, 5000, 7000], abs=150)
    assert [rep.end_ms for rep in found] == [3300, 5300, 7300]


def test_slow_down_and_quick_up_is_told_wherever_the_span_begins():
    """1.5 s down and .5 s up, as a span from the top and as one from the bottom."""
    time = np.arange(0, 6, 0.05)
    way = np.where(time % 2 < 1.5, time % 2 / 1.5, (2 - time % 2) / 0.5)
    sequence = elbow_bends([1, 1, 1])
    bend = np.radians(60 * (1 - np.cos(np.pi * way)))
    sequence.poses[:, 9, 0] = 0.3 + 0.4 * np.sin(bend)
    sequence.poses[:, 9, 1] = 0.5 + 0.4 * np.cos(bend)
    for start_s in (0.0, 1.5):
        span = Counted(start_s, start_s + 2, 0.9)
        tempo = described.rep(span, sequence, track(sequence), BY_SLUG["bicep_curl"]).tempo_s
        assert tempo.down > 2 * tempo.up


def test_reasons():
    sequence = elbow_bends([1, 1, 0.1, 1, 1])
    sequence.poses[sequence.t_ms >= 8000] = 0
    counted, attempts = judged(sequence, [1, 1, 1, 0.5, 1])
    assert len(counted) == 2
    assert [attempt.reason for attempt in attempts] == ["too_small", "incomplete", "not_visible"]
    assert attempts[0].start_ms == 4000


def test_an_attempt_says_how_far_it_went_of_how_far_repetitions_go():
    _, (small,) = judged(elbow_bends([1, 1, 0.1, 1, 1]), [1] * 5)
    assert small.rom_deg == pytest.approx(12, abs=1)
    assert small.needed_deg == pytest.approx(120, abs=3)


def test_an_attempt_as_far_as_a_repetition_has_another_reason_than_its_range():
    _, (half,) = judged(elbow_bends([1, 1, 1.2]), [1, 1, 0.5])
    assert (half.reason, half.rom_deg, half.needed_deg) == ("incomplete", None, None)


def test_an_unseen_joint_has_no_range_of_motion():
    sequence = elbow_bends([1, 1])
    sequence.poses[:, [9, 10], 2] = 0.1
    counted, _ = judged(sequence, [1, 1])
    assert {rep.rom_deg for rep in counted} == {None}


def test_no_cycles_no_repetitions():
    assert judged(elbow_bends([1]), []) == ([], [])


def test_rates_follow_the_frame_rate():
    assert max(rates(60, 10)) == 36
    assert max(rates(10, 10)) <= 14
    assert rates(5, 0.5)
    assert min(rates(30, 60)) == pytest.approx(36 / 1.5 ** (20 / 3))


def test_the_rate_at_which_a_repetition_spans_10_samples_is_chosen():
    """All readings agree on a period of 2 s."""
    readings = []
    for rate in rates(30, 60):
        count = int(60 * rate)
        phases = Phases(
            np.tile([0.9, 0.0], (count, 1)), np.full(count, 3.0), np.full(count, -np.log(2 * rate))
        )
        readings.append(
            Reading(rate, np.arange(count) / rate, np.zeros((count, 2)), phases, np.zeros(2))
        )
    beside = choose(readings)
    assert beside[2].reading.rate_hz == pytest.approx(36 / 1.5**5, rel=0.01)
    assert len(beside) == 5


def test_less_certainty_is_asked_where_the_exercise_is_evident():
    sequence = elbow_bends([1, 1])
    source = track(sequence)
    known = reading(sequence)
    unsure = Phases(known.phases.vector * 0.15, known.phases.activity, known.phases.log_frequency)
    dim = Reading(RATE, known.times, known.samples, unsure, known.logits)
    count = Count(dim, [Cycle(0, 20, 1.0), Cycle(20, 40, 1.0)], 0.5, 0.5)
    assert agree([count], sequence, source, BY_SLUG["bicep_curl"])[0] == []
    assert len(agree([count], sequence, source, BY_SLUG["bicep_curl"], 0.4)[0]) == 2
