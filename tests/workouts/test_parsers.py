"""Bodies and clips that no browser sends, and a client of one's own may."""

import io
import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rest_framework.exceptions import ParseError, ValidationError

from models.clip import Clip, ClipError, encode
from sessions.errors import TooLarge
from sessions.models.imports import PART_BYTES
from sessions.parsers import (
    MAX_BINARY_BYTES,
    MAX_JSON_BYTES,
    ClipJSONParser,
    ClipParser,
    JSONParser,
    PartParser,
)
from tests.workouts.builders import as_json, clips, standing


def context(length: int) -> dict[str, Any]:
    """Of a request that says how long its body is."""
    return {"request": SimpleNamespace(META={"CONTENT_LENGTH": str(length)})}


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


@pytest.mark.parametrize(
    ("parser", "most"), [(PartParser(), PART_BYTES), (JSONParser(), MAX_JSON_BYTES)]
)
def test_a_body_of_just_the_right_size_is_read_whole(parser: JSONParser, most: int) -> None:
    body = b"1" + b" " * (most - 1)
    assert parser.parse(io.BytesIO(body), None, context(most)) in (body, 1)


def test_a_body_that_says_it_is_too_long_is_not_read() -> None:
    body = io.BytesIO(b"1")
    with pytest.raises(TooLarge, match="At most 64 KiB, got 70 KiB"):
        ClipParser().parse(body, None, context(70 * 1024))
    assert body.tell() == 0
    with pytest.raises(TooLarge):
        ClipParser().parse(body, None, context(MAX_BINARY_BYTES + 1))


@pytest.mark.parametrize(
    ("body", "parsed"),
    [
        (b'{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        (b"[Infinity, -Infinity]", [float("inf"), float("-inf")]),
        (b'{"b": "NaN"}', {"b": "NaN"}),
    ],
)
def test_json_is_read_with_what_a_later_check_names(body: bytes, parsed: Any) -> None:
    assert JSONParser().parse(io.BytesIO(body)) == parsed
    [nothing] = JSONParser().parse(io.BytesIO(b"[NaN]"))
    assert nothing != nothing


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"a": }', "This is not JSON: .+line 1"),
        (b"", "This is not JSON: "),
        (b"[NaN", "This is not JSON.$"),
        (b"[Infinity," * 100_000, "This is not JSON.$"),
        (b"[NaN," + b"[" * 100_000, "This is not JSON.$"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        JSONParser().parse(io.BytesIO(body[:MAX_JSON_BYTES]))


@pytest.mark.parametrize(
    ("parser", "body", "field"),
    [(ClipJSONParser(), b'{"estimator": 1}', "frames"), (ClipParser(), b"PCL?", "size")],
)
def test_a_clip_that_is_wrong_names_its_field(
    parser: ClipJSONParser, body: bytes, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        parser.parse(io.BytesIO(body))
    assert isinstance(refused.value.detail, dict)
    assert list(refused.value.detail) == [field]
    assert str(refused.value.detail[field])


def test_clips_in_json_and_in_bytes_are_the_same() -> None:
    [clip] = clips(standing(30))
    told = ClipJSONParser().parse(io.BytesIO(json.dumps(as_json(clip)).encode()))
    read = ClipParser().parse(io.BytesIO(encode(clip)))
    assert encode(read) == encode(clip)
    np.testing.assert_array_equal(told.t_ms, read.t_ms)
