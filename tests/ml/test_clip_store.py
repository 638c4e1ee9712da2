"""Clips at rest: small, at most an eighth of a pixel off, and never silently wrong."""

from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clip import MAX_FRAMES, Clip, ClipError, decode, encode, read
from models.clip_store import at_rest, pack, pack_all, unpack
from models.skeleton import ESTIMATORS, K


def a_clip(
    seed: int, frames: int = 60, sides: tuple[int, int] = (1280, 720), wild: bool = False
) -> Clip:
    """Keypoints that wander, or that are wherever they like."""
    rng = np.random.default_rng(seed)
    dt_ms = rng.integers(1, min(40, 5_000 // frames) + 1, frames)
    t_ms = rng.integers(0, 4 * 3_600_000) + np.cumsum(dt_ms) - dt_ms[0]
    poses = rng.random((frames, K, 3))
    if not wild:
        poses = np.clip(poses[:1] + rng.normal(0, 0.004, poses.shape).cumsum(0), 0, 1)
    return Clip(next(iter(ESTIMATORS)), *sides, t_ms, poses.astype(np.float32))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    frames=st.integers(1, MAX_FRAMES),
    sides=st.tuples(st.integers(1, 16_384), st.integers(1, 16_384)),
    wild=st.booleans(),
)
def test_what_is_kept_is_within_an_eighth_of_a_pixel(
    seed: int, frames: int, sides: tuple[int, int], wild: bool
) -> None:
    clip = a_clip(seed, frames, sides, wild)
    kept = unpack(pack(clip))
    assert (kept.estimator, kept.width_px, kept.height_px) == (clip.estimator, *sides)
    assert kept.t_ms.tolist() == clip.t_ms.tolist()
    off = np.abs(kept.poses.astype(float) - clip.poses) * (*sides, 1)
    sent_px = max(sides) * 0.5 / 65_535  # what the wire itself is off
    assert off[..., :2].max() <= 1 / 8 + sent_px + 1e-3
    assert off[..., 2].max() <= 0.5 / 63 + 0.5 / 255 + 1e-6


def test_what_was_kept_is_kept_as_it_is() -> None:
    clip = at_rest(a_clip(1))
    assert pack(clip) == pack(at_rest(clip)) == pack(unpack(pack(clip)))
    assert np.array_equal(unpack(pack(clip)).poses, clip.poses)


def test_a_kept_clip_survives_the_wire() -> None:
    """So that an export, read again, is the same clip."""
    clip = at_rest(a_clip(2))
    assert pack(decode(encode(clip))) == pack(clip)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    frames=st.integers(1, MAX_FRAMES),
    sides=st.tuples(st.integers(1, 16_384), st.integers(1, 16_384)),
    wild=st.booleans(),
)
def test_whole_numbers_of_the_wire_and_their_floats_are_kept_in_the_same_bytes(
    seed: int, frames: int, sides: tuple[int, int], wild: bool
) -> None:
    data = encode(a_clip(seed, frames, sides, wild))
    assert pack(read(data)) == pack(decode(data))


def test_clips_of_the_wire_are_still_read() -> None:
    clip = a_clip(3)
    assert np.array_equal(unpack(encode(clip)).poses, decode(encode(clip)).poses)


def test_it_is_much_smaller_than_on_the_wire() -> None:
    clip = a_clip(4)
    assert len(pack(clip)) < 0.6 * len(encode(clip))


@pytest.mark.parametrize("at", [0, 4, 12, 40, 200, -5, -1])
def test_a_damaged_byte_is_noticed(at: int) -> None:
    data = bytearray(pack(a_clip(5)))
    data[at] ^= 0x10
    with pytest.raises(ClipError):
        unpack(bytes(data))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(ClipError):
        unpack(b"PCCR" + data)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.sampled_from((1, 2, 60)),
            st.sampled_from(((1280, 720), (720, 1280), (2_047, 2_047), (2_048, 9), (9_000, 7))),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_packed_together_each_is_what_it_is_alone(
    given: list[tuple[int, int, tuple[int, int], bool]],
) -> None:
    some = [a_clip(*one) for one in given]
    some = [clip if i % 2 else read(encode(clip)) for i, clip in enumerate(some)]
    assert pack_all(some) == [pack(clip) for clip in some]


@pytest.mark.parametrize(
    ("sides", "wild", "found"),
    [
        ((1280, 720), False, "cdd96bb171bc83f8"),
        ((1280, 720), True, "48f21c9a9a9491d6"),
        ((2048, 9), False, "381c1226ff444085"),
        ((2048, 9), True, "d106aa0728798781"),
        ((16384, 16383), False, "ae2a6ab4ee3739ac"),
        ((16384, 16383), True, "aba724470d806f74"),
    ],
)
def test_the_bytes_at_rest_stay_what_they_are(
    sides: tuple[int, int], wild: bool, found: str
) -> None:
    """What is stored is compared with what comes again by its digest."""
    some = [a_clip(seed, frames, sides, wild) for seed in range(4) for frames in (1, 2, 60, 150)]
    assert sha256(b"".join(map(pack, some))).hexdigest()[:16] == found
