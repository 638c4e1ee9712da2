"""Clips on their way to rest: many are packed at once, since most of what one costs is calls.

`models.clip_store` has what the bytes mean. T is the frames of a clip, C the clips packed together:
those that have as many frames, side by side as (T, C, 52) columns, so that each step over time is a
step over long rows. Numbers have 16 bits where the pictures allow it, else 32.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.clip import Clip, Wire
from models.skeleton import ESTIMATORS, K

AT_REST: Final = b"PCCR"
STEPS_PER_PX: Final = 4
SCORE_STEPS: Final = 63
COLUMNS: Final = 1 + 3 * K
HEADER: Final = struct.Struct("<4sBHHHII")
CRC: Final = struct.Struct("<I")

_WIRE_STEPS: Final = 65_535
_WIRE: Final = np.array([_WIRE_STEPS, _WIRE_STEPS, 255], np.float64)
_NARROW_STEPS: Final = 2**13 - 1  # four times as much, a change of a change, has 16 bits
_TOGETHER: Final = 8  # clips; beyond that their columns leave the processor's cache

Ints = NDArray[np.signedinteger[Any]]
Naturals = NDArray[np.unsignedinteger[Any]]
Bits = NDArray[np.uint8]


def pack(clip: Clip | Wire) -> bytes:
    """The clip at rest, in bytes: the same ones, whether it came in floats or in whole numbers.

    Raises nothing: a clip checks itself when it is made.
    """
    [packed] = pack_all([clip])
    return packed


def pack_all(clips: Sequence[Clip | Wire]) -> list[bytes]:
    """What `pack` makes of each, in their order."""
    packed = [b""] * len(clips)
    for places in _alike(clips):
        for place, data in zip(places, _pack([clips[i] for i in places]), strict=True):
            packed[place] = data
    return packed


def columns_of(clips: Sequence[Clip | Wire]) -> Ints:
    """(T, C, 52) whole numbers: ms since the first frame, then x, y, score of each keypoint.

    Rounded as on the wire first, so that a clip in JSON and its binary twin are kept alike.
    """
    wire = np.empty((len(clips[0].t_ms), len(clips), COLUMNS), np.uint32)
    steps = np.empty((len(clips), COLUMNS), np.uint32)
    for i, clip in enumerate(clips):
        wire[:, i, 0] = clip.t_ms - clip.t_ms[0]
        _put_keypoints(clip, wire[:, i])
        steps[i] = _steps(clip)
    # v / 65,535 · steps, rounded: 65,535 is odd, so that nothing lies half-way. Both fit 32 bits.
    wire *= steps
    wire += _WIRE_STEPS // 2
    wire //= _WIRE_STEPS
    narrow = all(steps_over(max(one.width_px, one.height_px)) <= _NARROW_STEPS for one in clips)
    return wire.astype(np.int16 if narrow else np.int32)


def steps_over(side_px: int) -> int:
    """Steps over a side of the picture; a first value has 16 bits."""
    return min(STEPS_PER_PX * side_px, _WIRE_STEPS)


def is_plain(shifts: NDArray[Any], width: int) -> NDArray[np.bool_]:
    """Of a row's values in `width` bits each, the lowest first: which ones are the plain ones."""
    return (np.arange(width) < shifts[:, None]).ravel()


def _alike(clips: Sequence[Clip | Wire]) -> Iterator[list[int]]:
    """Where clips of as many frames are, a few at a time."""
    frames = [len(clip.t_ms) for clip in clips]
    for _, found in groupby(sorted(range(len(clips)), key=frames.__getitem__), frames.__getitem__):
        places = list(found)
        for i in range(0, len(places), _TOGETHER):
            yield places[i : i + _TOGETHER]


def _put_keypoints(clip: Clip | Wire, columns: NDArray[np.uint32]) -> None:
    """Into (T, 52), as 65,535ths: a score of s/255 is 257·s/65,535."""
    if isinstance(clip, Wire):
        for i, name in enumerate(("x", "y", "score"), 1):
            columns[:, i::3] = clip.keypoints[name]
    else:
        wire = np.rint(clip.poses.astype(np.float64) * _WIRE)
        columns[:, 1:] = wire.reshape(-1, COLUMNS - 1)


def _steps(clip: Clip | Wire) -> list[int]:
    """(52,) how many steps each column has over its whole range."""
    point = [steps_over(clip.width_px), steps_over(clip.height_px), SCORE_STEPS * 257]
    return [_WIRE_STEPS, *point * K]


def _pack(clips: Sequence[Clip | Wire]) -> Iterator[bytes]:
    """Of clips that have as many frames."""
    columns = columns_of(clips)
    folded, orders = _best_order(columns)
    shifts, quotient_bits = _shifts(folded)
    firsts = columns[0, :, 1:].astype("<u2")
    codings = (shifts | orders << 7).astype(np.uint8)
    unary = _unary(folded >> shifts.astype(folded.dtype), quotient_bits)
    plain = _plain(folded, shifts)
    for i, clip in enumerate(clips):
        body = b"".join((
            HEADER.pack(
                AT_REST, ESTIMATORS[clip.estimator], len(columns), clip.width_px, clip.height_px,
                int(clip.t_ms[0]), int(quotient_bits[i]),
            ),
            firsts[i].tobytes(), codings[i].tobytes(), unary[i], plain[i],
        ))  # fmt: skip
        yield body + CRC.pack(crc32(body))


def _best_order(columns: Ints) -> tuple[Naturals, Ints]:
    """What each next value adds (T−1, C, 52), folded to be positive; of the change (order 0) or of
    the change's change (1), whichever is smaller over the column; and the orders (C, 52)."""
    change = columns[1:] - columns[:-1]
    second = change.copy()
    second[1:] -= change[:-1]
    orders = _sums(np.abs(second)) < _sums(np.abs(change))
    change[1:] -= change[:-1] & -orders.astype(change.dtype)
    # 2·c of what is 0 or more, −2·c − 1 of the rest: the sign, moved to the lowest bit.
    folded = change << 1 ^ change >> (8 * change.itemsize - 1)
    return folded.view(f"u{folded.itemsize}"), orders.astype(np.int32)


def _shifts(folded: Naturals) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(C, 52) the shift of each column that takes the fewest bits, of several the smallest; (C,)
    the bits that the quotients take with them.

    A shift `k` takes the bits f(k) = Σ (v >> k) + n·k, and f(k) − f(k+1) = Σ ⌈(v >> k) / 2⌉ − n
    only falls: the best is the first k where it is 0 or less. That lies between log2 of a third of
    the mean and log2 of the mean, rounded up: three to try.
    """
    n = len(folded)
    third = np.maximum(_sums(folded) / (3 * max(n, 1)), 1)
    least = np.ceil(np.log2(third)).astype(np.int32)
    at_least = folded >> least.astype(folded.dtype)
    quotients = np.stack([_sums(at_least >> more) for more in range(3)])
    best = np.argmin(quotients + n * np.arange(3)[:, None, None], axis=0)
    bits = np.take_along_axis(quotients, best[None], 0)[0] + n
    return least + best.astype(np.int32), bits.sum(1)


def _sums(values: NDArray[Any]) -> NDArray[np.int32]:
    """(C, 52) over time. 300 values of 19 bits stay within 32."""
    sums: NDArray[np.int32] = np.add.reduce(values, 0, np.int32)
    return sums


def _unary(quotients: Naturals, bits: NDArray[np.int32]) -> list[bytes]:
    """Of each clip its quotients (T−1, C, 52) as ones with a zero after each, in order of time;
    bits (C,): how many. All lie in one array, each from a byte on."""
    ends_at = np.cumsum(-(-bits // 8))
    lengths = np.ascontiguousarray(quotients.transpose(1, 0, 2))
    lengths += 1
    # What fills up the last byte of a clip comes before the next one's first quotient.
    lengths[1:, :1, :1] += (-bits[:-1] % 8).astype(lengths.dtype)[:, None, None]
    ends = np.add.accumulate(lengths.ravel(), dtype=np.intp)
    ones = np.ones(1 + 8 * int(ends_at[-1]), np.uint8)
    ones[ends] = 0
    for end, count in zip(ends_at.tolist(), bits.tolist(), strict=True):
        ones[1 + 8 * end - -count % 8 : 1 + 8 * end] = 0
    packed = np.packbits(ones[1:]).tobytes()
    return [packed[begin:end] for begin, end in pairwise([0, *ends_at.tolist()])]


def _plain(folded: Naturals, shifts: NDArray[np.int32]) -> list[bytes]:
    """Of each clip the lower bits of folded (T−1, C, 52), in order of time."""
    # No wider than the largest shift needs: most clips have 8 plain bits a value or fewer.
    width = next(bits for bits in (8, 16, 32) if shifts.max() <= bits)
    values = folded.reshape(len(folded), shifts.size).astype(f"<u{width // 8}")
    bits = np.unpackbits(values.view(np.uint8), axis=1, bitorder="little")
    # `take` keeps the rows in order of memory, which an index would not.
    wanted = bits.take(np.flatnonzero(is_plain(shifts.ravel(), width)), axis=1)
    ends = np.cumsum(shifts.sum(1)).tolist()
    return [np.packbits(wanted[:, a:b]).tobytes() for a, b in pairwise([0, *ends])]
