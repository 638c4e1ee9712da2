"""An exercise of one's own where little can be seen, or little moves: nothing is made up."""

import numpy as np
import pytest

from models.own import analyze
from models.own_joints import measured, proposed
from models.own_template import Template, facing, make
from tests.ml.test_own import FPS, MARKS, count, raises, sequence


@pytest.fixture(scope="module")
def template() -> Template:
    return make(sequence(raises(3)), MARKS)


def test_who_stands_still_has_done_nothing(template: Template) -> None:
    found = count(raises(3, reach_deg=8.0, noise=0.0), template)
    assert (found.reps, found.attempts, found.confidence) == ((), (), 0.0)
    assert found.visible == 1.0


def test_a_second_is_too_short_to_say_anything(template: Template) -> None:
    found = analyze(sequence(raises(1)[: int(1.2 * FPS)]), template, "own-x")
    assert (found.reps, found.attempts) == ((), ())


def test_a_repetition_that_was_hardly_seen_is_told_as_such(template: Template) -> None:
    poses = raises(5)
    third = slice(int(5.1 * FPS), int(6.9 * FPS))
    poses[third, :, 2][np.arange(third.stop - third.start) % 4 != 0] = 0.0
    found = count(poses, template)
    assert len(found.reps) == 4
    assert [one.reason for one in found.attempts] == ["not_visible"]
    assert 5000 <= found.attempts[0].start_ms + 300 <= 5600


def test_what_may_still_grow_is_not_called_too_small(template: Template) -> None:
    small = raises(1, reach_deg=60.0, rest_s=0.0)
    poses = np.concatenate([raises(4), small[:-3]])
    assert [one.reason for one in count(poses, template).attempts] == ["too_small"]
    assert count(poses, template, is_open=True).attempts == ()


def test_an_angle_that_was_never_seen_is_none() -> None:
    poses = raises(3)
    poses[:, [9, 10], 2] = 0.0
    assert proposed(sequence(poses), MARKS) == ("shoulder",)
    assert [one.name for one in measured(sequence(poses), MARKS, ("elbow", "shoulder"))] == [
        "shoulder"
    ]


def test_who_is_not_seen_faces_nowhere() -> None:
    poses = raises(1)
    assert facing(sequence(poses)) > 0.5
    poses[:, :, 2] = 0.0
    assert facing(sequence(poses)) == 0.0
