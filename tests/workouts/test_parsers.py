"""Bodies and clips that no browser sends, and a client of one's own may."""

import io

import numpy as np
import pytest

from models.clip import Clip, ClipError
from sessions.errors import TooLarge
from sessions.parsers import MAX_BINARY_BYTES, MAX_JSON_BYTES, ClipParser, JSONParser


@pytest.mark.parametrize(
    ("parser", "most"), [(ClipParser(), MAX_BINARY_BYTES), (JSONParser(), MAX_JSON_BYTES)]
)
def test_a_body_that_does_not_say_how_long_it_is_is_read_no_further(
    parser: JSONParser, most: int
) -> None:
    body = io.BytesIO(b" " * (most + 100))
    with pytest.raises(TooLarge):
        parser.parse(body)
    assert body.tell() == most + 1


def test_poses_of_another_shape_are_no_clip() -> None:
    with pytest.raises(ClipError, match="shape") as refused:
        Clip("posenet_mobilenet_075", 640, 480, np.arange(2), np.zeros((3, 17, 3), np.float32))
    assert refused.value.field == "keypoints"
