"""Clips at rest: what is kept of a clip, in half of its bytes on the wire.

Coordinates are whole quarters of a pixel of the source picture (at most 1/8 px off), scores whole
63rds. Each of the 52 columns of a clip (time, 17 × x, y, score) is told by its first value and by
how much each next one differs from what came before, in the code of Golomb and Rice: a column's
shift `k` splits a difference into a unary quotient and k plain bits (R. F. Rice, JPL 79-22, 1979).
`docs/clip-format.md` has the bytes.
"""

import struct
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.clip import MAGIC, MAX_FRAMES, Clip, ClipError, decode
from models.skeleton import ESTIMATORS, K

AT_REST: Final = b"PCCR"
STEPS_PER_PX: Final = 4
SCORE_STEPS: Final = 63
COLUMNS: Final = 1 + 3 * K
MAX_SHIFT: Final = 17  # the largest difference of differences, folded, has 19 bits

_HEADER: Final = struct.Struct("<4sBHHHII")
_CRC: Final = struct.Struct("<I")
_WIRE: Final = np.array([65_535, 65_535, 255], np.float64)
_ESTIMATOR_NAMES: Final = {code: name for name, code in ESTIMATORS.items()}

Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]


def at_rest(clip: Clip) -> Clip:
    """The clip as it is kept: rounded; rounding it again changes nothing."""
    return _from_columns(clip.estimator, clip.width_px, clip.height_px, _columns(clip))


def pack(clip: Clip) -> bytes:
    """The clip at rest, in bytes."""
    columns = _columns(clip)
    folded, orders = _best_order(columns)
    shifts = _shifts(folded)
    unary, plain = _bits_of(folded, shifts)
    body = _HEADER.pack(
        AT_REST, ESTIMATORS[clip.estimator], len(columns), clip.width_px, clip.height_px,
        int(columns[0, 0]), len(unary),
    )  # fmt: skip
    body += columns[0, 1:].astype("<u2").tobytes()
    body += (shifts | orders << 7).astype(np.uint8).tobytes()
    body += np.packbits(unary).tobytes() + np.packbits(plain).tobytes()
    return body + _CRC.pack(crc32(body))


def unpack(data: bytes) -> Clip:
    """The clip in bytes that `pack` made, or in those of the wire.

    Raises ClipError for anything else.
    """
    if data[:4] == MAGIC:
        return decode(data)
    head = _HEADER.size + (COLUMNS - 1) * 2 + COLUMNS
    if data[:4] != AT_REST or len(data) < head + _CRC.size:
        raise ClipError("magic", f"expected {MAGIC!r} or {AT_REST!r} and a whole header")
    if _CRC.unpack_from(data, len(data) - _CRC.size)[0] != crc32(data[: -_CRC.size]):
        raise ClipError("crc32", "expected that of the bytes before it")
    _, code, frames, width, height, start_ms, unary_bits = _HEADER.unpack_from(data)
    if code not in _ESTIMATOR_NAMES or not 1 <= frames <= MAX_FRAMES:
        raise ClipError("estimator", f"expected a known one and 1 to {MAX_FRAMES} frames")
    first = np.frombuffer(data, "<u2", COLUMNS - 1, _HEADER.size).astype(np.int64)
    coding = np.frombuffer(data, np.uint8, COLUMNS, head - COLUMNS).astype(np.int64)
    bits = np.unpackbits(np.frombuffer(data[head : -_CRC.size], np.uint8))
    folded = _from_bits(bits, unary_bits, coding & 0x7F, frames - 1)
    columns = _undo_order(np.concatenate(([start_ms], first)), folded, coding >> 7)
    return _from_columns(_ESTIMATOR_NAMES[code], width, height, columns)


def _columns(clip: Clip) -> Ints:
    """(T, 52) whole numbers: t_ms, then x, y, score of each keypoint.

    Rounded as on the wire first, so that a clip in JSON and its binary twin are kept alike.
    """
    sent = np.round(clip.poses.astype(np.float64) * _WIRE) / _WIRE
    poses = np.round(sent * _scale(clip.width_px, clip.height_px)).astype(np.int64)
    return np.concatenate((clip.t_ms[:, None], poses.reshape(len(poses), -1)), axis=1)


def _from_columns(estimator: str, width_px: int, height_px: int, columns: Ints) -> Clip:
    poses = columns[:, 1:].reshape(-1, K, 3) / _scale(width_px, height_px)
    return Clip(estimator, width_px, height_px, columns[:, 0].copy(), poses.astype(np.float32))


def _scale(width_px: int, height_px: int) -> NDArray[np.float64]:
    """Steps from 0 to 1 of x, y and score; a first value has 16 bits."""
    sides = np.minimum((STEPS_PER_PX * width_px, STEPS_PER_PX * height_px), 65_535)
    return np.array([*sides, SCORE_STEPS], np.float64)


def _best_order(columns: Ints) -> tuple[Ints, Ints]:
    """What each next value adds (T−1, 52), folded to be positive; of the change (order 0) or of the
    change's change (1), whichever is smaller over the column."""
    first = np.diff(columns, axis=0)
    second = first.copy()
    second[1:] -= first[:-1]
    orders = (np.abs(second).sum(0) < np.abs(first).sum(0)).astype(np.int64)
    change = np.where(orders, second, first)
    return np.where(change >= 0, 2 * change, -2 * change - 1), orders


def _undo_order(start: Ints, folded: Ints, orders: Ints) -> Ints:
    change = np.where(folded & 1, -(folded + 1) // 2, folded // 2)
    change = np.where(orders, np.cumsum(change, axis=0), change)
    return np.concatenate((start[None], start + np.cumsum(change, axis=0)))


def _shifts(folded: Ints) -> Ints:
    """(52,) the shift of each column that takes the fewest bits."""
    tried = range(MAX_SHIFT + 1)
    cost = np.stack([(folded >> k).sum(0) + len(folded) * k for k in tried])
    fewest: Ints = cost.argmin(0)
    return fewest


def _bits_of(folded: Ints, shifts: Ints) -> tuple[Bits, Bits]:
    """Quotients as ones with a zero after each, and the lower bits, in order of time."""
    ends = np.cumsum((folded >> shifts).ravel() + 1)
    unary = np.ones(int(ends[-1]) if len(ends) else 0, np.uint8)
    unary[ends - 1] = 0
    value, place = _places(shifts, len(folded))
    return unary, (folded.ravel()[value] >> place & 1).astype(np.uint8)


def _from_bits(bits: Bits, unary_bits: int, shifts: Ints, rows: int) -> Ints:
    """(rows, 52) as `_bits_of` was given it. Raises ClipError where bits are missing."""
    ends = np.flatnonzero(bits[:unary_bits] == 0)
    value, place = _places(shifts, rows)
    plain = bits[-(-unary_bits // 8) * 8 :][: len(value)].astype(np.int64)
    if len(ends) != rows * COLUMNS or len(plain) != len(value):
        raise ClipError("size", f"expected {rows * COLUMNS} differences, got {len(ends)}")
    quotients = np.diff(ends, prepend=-1) - 1
    lower = np.bincount(value, plain << place, minlength=len(ends)).astype(np.int64)
    folded: Ints = (quotients << np.tile(shifts, rows)) + lower
    return folded.reshape(rows, COLUMNS)


def _places(shifts: Ints, rows: int) -> tuple[Ints, Ints]:
    """Of each plain bit: of which value it is, and which bit of it."""
    lengths = np.tile(shifts, rows)
    value = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    return value, np.arange(len(value)) - starts[value]
