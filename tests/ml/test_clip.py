"""Clips: what goes in comes out, and everything else is refused by name."""

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clip import (
    MAX_FRAMES,
    MAX_SIDE_PX,
    MAX_SPAN_MS,
    MAX_START_MS,
    Clip,
    ClipError,
    decode,
    encode,
    from_json,
)
from models.clip_store import at_rest
from models.skeleton import ESTIMATORS

FIXTURES = Path(__file__).parents[1] / "fixtures"


def make_clip(frames: int = 3, start_ms: int = 1_000, seed: int = 0) -> Clip:
    rng = np.random.default_rng(seed)
    poses = rng.random((frames, 17, 3), np.float32)
    return Clip("posenet_mobilenet_075", 640, 480, start_ms + 16 * np.arange(frames), poses)


def as_json(clip: Clip) -> dict:
    frames = [
        {"t_ms": int(t), "keypoints": pose.tolist()}
        for t, pose in zip(clip.t_ms, clip.poses, strict=True)
    ]
    sides = {"width_px": clip.width_px, "height_px": clip.height_px}
    return {"estimator": clip.estimator, **sides, "frames": frames}


def resealed(data: bytes, offset: int, value: bytes) -> bytes:
    """The bytes with one field changed and a fitting checksum."""
    body = data[:offset] + value + data[offset + len(value) : -4]
    return body + crc32(body).to_bytes(4, "little")


@settings(deadline=None)  # a busy machine is no failure
@given(
    frames=st.integers(1, 300),
    start_ms=st.integers(0, MAX_START_MS),
    seed=st.integers(0, 1_000),
    estimator=st.sampled_from(sorted(ESTIMATORS)),
    side=st.integers(1, 16_384),
)
def test_a_clip_survives_the_wire(frames, start_ms, seed, estimator, side):
    clip = make_clip(frames, start_ms, seed)
    clip = Clip(estimator, side, 480, clip.t_ms, clip.poses)
    back = decode(encode(clip))
    assert (back.estimator, back.width_px, back.height_px) == (estimator, side, 480)
    np.testing.assert_array_equal(back.t_ms, clip.t_ms)
    np.testing.assert_allclose(back.poses[:, :, :2], clip.poses[:, :, :2], atol=0.51 / 65_535)
    np.testing.assert_allclose(back.poses[:, :, 2], clip.poses[:, :, 2], atol=0.51 / 255)
    assert encode(back) == encode(clip)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_a_clip(data):
    try:
        clip = decode(data)
    except ClipError:
        return
    assert encode(clip) == data


@settings(deadline=None)
@given(st.integers(0, 17), st.binary(min_size=1, max_size=4))
def test_a_damaged_header_with_a_fitting_checksum_is_refused_or_a_clip(offset, value):
    data = resealed(encode(make_clip()), offset, value)
    try:
        clip = decode(data)
    except ClipError:
        return
    assert encode(clip) == data


@pytest.mark.parametrize(
    ("offset", "value", "field"),
    [
        (0, b"JPEG", "magic"),
        (4, b"\x02", "version"),
        (5, b"\x00", "estimator"),
        (6, b"\x21", "keypoints"),
        (7, b"\x01", "flags"),
        (8, b"\x00\x00", "frames"),
        (8, b"\x04\x00", "size"),
        (10, b"\x00\x00", "width_px"),
        (12, b"\xff\xff", "height_px"),
        (14, b"\xff\xff\xff\xff", "start_ms"),
        (18, b"\x01\x00", "frames[0].dt_ms"),
        (18 + 87, b"\x00\x00", "frames[1].dt_ms"),
        (18 + 2 * 87, b"\x89\x13", "frames[2].dt_ms"),
    ],
)
def test_a_wrong_field_is_named(offset, value, field):
    with pytest.raises(ClipError) as caught:
        decode(resealed(encode(make_clip()), offset, value))
    assert caught.value.field == field


def test_a_flipped_bit_is_noticed():
    data = bytearray(encode(make_clip()))
    data[40] ^= 1
    with pytest.raises(ClipError, match="crc32"):
        decode(bytes(data))


def test_a_truncated_clip_is_refused():
    with pytest.raises(ClipError, match="size: expected 283, got 282"):
        decode(encode(make_clip())[:-1])


def test_json_is_the_same_clip():
    clip = make_clip()
    assert encode(from_json(json.loads(json.dumps(as_json(clip))))) == encode(clip)


def test_json_clamps_to_the_picture():
    body = as_json(make_clip())
    body["frames"][0]["keypoints"][0] = [-0.2, 1.3, 1]
    assert from_json(body).poses[0, 0].tolist() == [0, 1, 1]


def set_at(body: dict, path: list, value: object) -> dict:
    target = body
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (["estimator"], "openpose", "estimator"),
        (["width_px"], "640", "width_px"),
        (["width_px"], True, "width_px"),
        (["height_px"], 0, "height_px"),
        (["frames"], None, "frames"),
        (["frames"], [], "frames"),
        (["frames", 1], 7, "frames[1]"),
        (["frames", 1, "t_ms"], 1.5, "frames[1].t_ms"),
        (["frames", 1, "t_ms"], 10**30, "frames[1].t_ms"),
        (["frames", 1, "t_ms"], 900, "frames[1].dt_ms"),
        (["frames", 2, "keypoints"], [[0, 0, 0]] * 16, "frames[2].keypoints"),
        (["frames", 2, "keypoints", 4], [0.5, 0.5], "frames[2].keypoints[4]"),
        (["frames", 2, "keypoints", 4, 0], "0.5", "frames[2].keypoints[4][0]"),
        (["frames", 2, "keypoints", 4, 0], None, "frames[2].keypoints[4][0]"),
        (["frames", 2, "keypoints", 4, 0], 320.5, "frames[2].keypoints[4][0]"),
        (["frames", 2, "keypoints", 4, 1], float("nan"), "frames[2].keypoints[4][1]"),
        (["frames", 2, "keypoints", 4, 2], float("inf"), "frames[2].keypoints[4][2]"),
        (["frames", 2, "keypoints", 4, 2], 1.01, "frames[2].keypoints[4][2]"),
    ],
)
def test_a_wrong_json_field_is_named(path, value, field):
    with pytest.raises(ClipError) as caught:
        from_json(set_at(as_json(make_clip()), path, value))
    assert caught.value.field == field


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=20,
)


@settings(deadline=None)
@given(JSON, st.sampled_from([[], ["frames"], ["frames", 0], ["frames", 0, "keypoints", 3]]))
def test_any_json_is_refused_or_a_clip(value, path):
    body = set_at(as_json(make_clip()), path, value) if path else value
    with contextlib.suppress(ClipError):
        assert isinstance(from_json(body), Clip)


def test_the_golden_clip_reads_as_its_json_rounded():
    """The browser's encoder, which rounds, is held to the same two files."""
    expected = json.loads((FIXTURES / "clip_v1.json").read_text())
    data = (FIXTURES / "clip_v1.bin").read_bytes()
    assert encode(at_rest(from_json(expected))) == data
    clip = decode(data)
    assert clip.t_ms.tolist() == [frame["t_ms"] for frame in expected["frames"]]
    assert (clip.poses[2, :, 2] == 0).all()


def test_keypoints_of_another_shape_are_none() -> None:
    clip = make_clip()
    with pytest.raises(ClipError, match=r"keypoints: .*shape \(3, 17, 3\), got \(3, 16, 3\)"):
        Clip(clip.estimator, 640, 480, clip.t_ms, clip.poses[:, :16])


@pytest.mark.parametrize("most", [True, False])
def test_what_is_just_within_the_limits_is_a_clip(most):
    frames, side = (MAX_FRAMES, MAX_SIDE_PX) if most else (1, 1)
    t_ms = MAX_START_MS + np.linspace(0, MAX_SPAN_MS, frames).astype(np.int64)
    clip = Clip("posenet_mobilenet_075", side, side, t_ms, np.ones((frames, 17, 3), np.float32))
    assert encode(decode(encode(clip))) == encode(clip)
    for wrong in ({"width_px": side + 1}, {"height_px": side + 1}) if most else ({"width_px": 0},):
        with pytest.raises(ClipError):
            replace(clip, **wrong)


def test_what_is_just_beyond_the_limits_is_none():
    many = MAX_FRAMES + 1
    poses = np.ones((many, 17, 3), np.float32)
    with pytest.raises(ClipError, match=f"frames: expected 1 to {MAX_FRAMES}, got {many}"):
        Clip("posenet_mobilenet_075", 640, 480, np.arange(many), poses)
    with pytest.raises(ClipError, match=r"frames\[1\].dt_ms"):
        Clip("posenet_mobilenet_075", 640, 480, np.array([0, MAX_SPAN_MS + 1]), poses[:2])
