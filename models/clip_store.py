"""Clips at rest: what is kept of a clip, in half of its bytes on the wire.

Coordinates are whole quarters of a pixel of the source picture (at most 1/8 px off), scores whole
63rds. Each of the 52 columns of a clip (time, 17 × x, y, score) is told by its first value and by
how much each next one differs from what came before, in the code of Golomb and Rice: a column's
shift `k` splits a difference into a unary quotient and k plain bits (S. W. Golomb, IEEE Trans. Inf.
Theory 12, 1966; R. F. Rice, JPL 79-22, 1979). T is the frames of a clip, 1 to MAX_FRAMES.
`docs/clip-format.md` has the bytes, `models.clip_pack` makes them.
"""

from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.clip import MAGIC, MAX_FRAMES, MAX_START_MS, Clip, ClipError, decode
from models.clip_pack import (
    AT_REST,
    COLUMNS,
    CRC,
    HEADER,
    SCORE_STEPS,
    columns_of,
    is_plain,
    pack,
    pack_all,
    steps_over,
)
from models.skeleton import ESTIMATORS, K

__all__ = ("AT_REST", "at_rest", "pack", "pack_all", "unpack")

MAX_SHIFT: Final = 17  # the largest difference of differences, folded, has 19 bits
_VALUE_BITS: Final = 32  # of a difference before it is coded
_ESTIMATOR_NAMES: Final = {code: name for name, code in ESTIMATORS.items()}

Ints = NDArray[np.int32]
Bits = NDArray[np.uint8]


def at_rest(clip: Clip) -> Clip:
    """The clip as it is kept: against the wire x and y at most 1/8 px off, scores 1/126, and times
    as they were. A side beyond 16,383 px has 65,535 steps. Rounding it again changes nothing.
    """
    columns = columns_of([clip])[:, 0].astype(np.int32)
    columns[:, 0] = clip.t_ms
    return _from_columns(clip.estimator, clip.width_px, clip.height_px, columns)


def unpack(data: bytes) -> Clip:
    """The clip in bytes that `pack` made, or in those of the wire: t_ms (T,) in ms, and poses
    (T, 17, 3) of x, y and score in [0, 1].

    Raises ClipError for anything else; its field is `magic`, `crc32`, `estimator`, `start_ms`,
    `coding` or `size`, or one of `models.clip.decode`.
    """
    if data[:4] == MAGIC:
        return decode(data)
    head = HEADER.size + (COLUMNS - 1) * 2 + COLUMNS
    if data[:4] != AT_REST or len(data) < head + CRC.size:
        raise ClipError("magic", f"expected {MAGIC!r} or {AT_REST!r} and a whole header")
    if CRC.unpack_from(data, len(data) - CRC.size)[0] != crc32(data[: -CRC.size]):
        raise ClipError("crc32", "expected that of the bytes before it")
    _, code, frames, width, height, start_ms, unary_bits = HEADER.unpack_from(data)
    if code not in _ESTIMATOR_NAMES or not 1 <= frames <= MAX_FRAMES:
        raise ClipError("estimator", f"expected a known one and 1 to {MAX_FRAMES} frames")
    if start_ms > MAX_START_MS or 0 in (width, height):
        raise ClipError("start_ms", f"expected up to {MAX_START_MS}, and sides of 1 px or more")
    start = np.empty(COLUMNS, np.int32)
    start[0] = start_ms
    start[1:] = np.frombuffer(data, "<u2", COLUMNS - 1, HEADER.size)
    coding = np.frombuffer(data, np.uint8, COLUMNS, head - COLUMNS).astype(np.int32)
    if (coding & 0x7F).max() > MAX_SHIFT:
        raise ClipError("coding", f"expected shifts up to {MAX_SHIFT}")
    bits = np.unpackbits(np.frombuffer(data[head : -CRC.size], np.uint8))
    folded = _from_bits(bits, unary_bits, coding & 0x7F, frames - 1)
    columns = _undo_order(start, folded, coding >> 7)
    return _from_columns(_ESTIMATOR_NAMES[code], width, height, columns)


def _from_columns(estimator: str, width_px: int, height_px: int, columns: Ints) -> Clip:
    poses = (columns[:, 1:] / _scale(width_px, height_px)).astype(np.float32).reshape(-1, K, 3)
    return Clip(estimator, width_px, height_px, columns[:, 0].astype(np.int64), poses)


def _scale(width_px: int, height_px: int) -> NDArray[np.float64]:
    """(51,) steps from 0 to 1 of each keypoint's x, y and score."""
    return np.tile(
        np.array([steps_over(width_px), steps_over(height_px), SCORE_STEPS], np.float64), K
    )


def _undo_order(start: Ints, folded: Ints, orders: Ints) -> Ints:
    """(T, 52) columns of the first values (52,) and what was added (T−1, 52), by order (52,)."""
    change = folded >> 1 ^ -(folded & 1)
    np.copyto(change, np.cumsum(change, axis=0, dtype=np.int32), where=orders.astype(bool))
    columns: Ints = np.concatenate((start[None], change))
    return np.cumsum(columns, axis=0, dtype=np.int32)


def _from_bits(bits: Bits, unary_bits: int, shifts: Ints, rows: int) -> Ints:
    """(rows, 52) as `_bits_of` was given it. Raises ClipError where bits are missing."""
    ends = np.flatnonzero(bits[:unary_bits] == 0)
    of_row = np.flatnonzero(is_plain(shifts, _VALUE_BITS))
    plain = bits[-(-unary_bits // 8) * 8 :][: rows * len(of_row)]
    if len(ends) != rows * COLUMNS or len(plain) != rows * len(of_row):
        raise ClipError("size", f"expected {rows * COLUMNS} differences, got {len(ends)}")
    lower = np.zeros((rows, COLUMNS * _VALUE_BITS), np.uint8)
    lower[:, of_row] = plain.reshape(rows, len(of_row))
    values = np.packbits(lower, axis=1, bitorder="little").view("<u4").astype(np.int32)
    quotients = (np.diff(ends, prepend=-1) - 1).astype(np.int32).reshape(rows, COLUMNS)
    folded: Ints = values | quotients << shifts
    return folded
