"""Clips at rest: what is kept of a clip, in half of its bytes on the wire.

Coordinates are whole quarters of a pixel of the source picture (at most 1/8 px off), scores whole
63rds. Each of the 52 columns of a clip (time, 17 × x, y, score) is told by its first value and by
how much each next one differs from what came before, in the code of Golomb and Rice: a column's
shift `k` splits a difference into a unary quotient and k plain bits (S. W. Golomb, IEEE Trans. Inf.
Theory 12, 1966; R. F. Rice, JPL 79-22, 1979). T is the frames of a clip, 1 to MAX_FRAMES.
`docs/clip-format.md` has the bytes.
"""

import struct
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.clip import MAGIC, MAX_FRAMES, MAX_START_MS, Clip, ClipError, Wire, decode
from models.skeleton import ESTIMATORS, K

AT_REST: Final = b"PCCR"
STEPS_PER_PX: Final = 4
SCORE_STEPS: Final = 63
COLUMNS: Final = 1 + 3 * K
KNOWN_STEPS: Final = 33  # tables of 256 KB: 16 sizes of picture, and the scores
MAX_SHIFT: Final = 17  # the largest difference of differences, folded, has 19 bits

_HEADER: Final = struct.Struct("<4sBHHHII")
_CRC: Final = struct.Struct("<I")
_WIRE: Final = np.array([65_535, 65_535, 255], np.float64)
_VALUE_BITS: Final = 32  # of a difference before it is coded
_ESTIMATOR_NAMES: Final = {code: name for name, code in ESTIMATORS.items()}

Ints = NDArray[np.int32]
Bits = NDArray[np.uint8]


def at_rest(clip: Clip) -> Clip:
    """The clip as it is kept: against the wire x and y at most 1/8 px off, scores 1/126, and times
    as they were. A side beyond 16,383 px has 65,535 steps. Rounding it again changes nothing.
    """
    return _from_columns(clip.estimator, clip.width_px, clip.height_px, _columns(clip))


def pack(clip: Clip | Wire) -> bytes:
    """The clip at rest, in bytes: the same ones, whether it came in floats or in whole numbers.

    Raises nothing: a clip checks itself when it is made.
    """
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
    """The clip in bytes that `pack` made, or in those of the wire: t_ms (T,) in ms, and poses
    (T, 17, 3) of x, y and score in [0, 1].

    Raises ClipError for anything else; its field is `magic`, `crc32`, `estimator`, `start_ms`,
    `coding` or `size`, or one of `models.clip.decode`.
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
    if start_ms > MAX_START_MS or 0 in (width, height):
        raise ClipError("start_ms", f"expected up to {MAX_START_MS}, and sides of 1 px or more")
    start = np.empty(COLUMNS, np.int32)
    start[0] = start_ms
    start[1:] = np.frombuffer(data, "<u2", COLUMNS - 1, _HEADER.size)
    coding = np.frombuffer(data, np.uint8, COLUMNS, head - COLUMNS).astype(np.int32)
    if (coding & 0x7F).max() > MAX_SHIFT:
        raise ClipError("coding", f"expected shifts up to {MAX_SHIFT}")
    bits = np.unpackbits(np.frombuffer(data[head : -_CRC.size], np.uint8))
    folded = _from_bits(bits, unary_bits, coding & 0x7F, frames - 1)
    columns = _undo_order(start, folded, coding >> 7)
    return _from_columns(_ESTIMATOR_NAMES[code], width, height, columns)


def _columns(clip: Clip | Wire) -> Ints:
    """(T, 52) whole numbers: t_ms, then x, y, score of each keypoint.

    Rounded as on the wire first, so that a clip in JSON and its binary twin are kept alike.
    """
    if isinstance(clip, Wire):
        x, y, score = (clip.keypoints[name] for name in ("x", "y", "score"))
    else:
        wire = np.rint(clip.poses.astype(np.float64) * _WIRE).astype(np.int32)
        x, y, score = (wire[:, :, i] for i in range(3))
    columns = np.empty((len(clip.t_ms), COLUMNS), np.int32)
    columns[:, 0] = clip.t_ms
    columns[:, 1::3] = _steps(65_535, _most(clip.width_px))[x]
    columns[:, 2::3] = _steps(65_535, _most(clip.height_px))[y]
    columns[:, 3::3] = _steps(255, SCORE_STEPS)[score]
    return columns


@lru_cache(KNOWN_STEPS)
def _steps(wire: int, at_rest: int) -> Ints:
    """(wire + 1,) of each whole number on the wire the one at rest."""
    steps: Ints = np.rint(np.arange(wire + 1) / wire * at_rest).astype(np.int32)
    return steps


def _from_columns(estimator: str, width_px: int, height_px: int, columns: Ints) -> Clip:
    poses = (columns[:, 1:] / _scale(width_px, height_px)).astype(np.float32).reshape(-1, K, 3)
    return Clip(estimator, width_px, height_px, columns[:, 0].astype(np.int64), poses)


def _scale(width_px: int, height_px: int) -> NDArray[np.float64]:
    """(51,) steps from 0 to 1 of each keypoint's x, y and score."""
    return np.tile(np.array([_most(width_px), _most(height_px), SCORE_STEPS], np.float64), K)


def _most(side_px: int) -> int:
    """Steps over a side of the picture; a first value has 16 bits."""
    return min(STEPS_PER_PX * side_px, 65_535)


def _best_order(columns: Ints) -> tuple[Ints, Ints]:
    """What each next value adds (T−1, 52), folded to be positive; of the change (order 0) or of the
    change's change (1), whichever is smaller over the column."""
    change = columns[1:] - columns[:-1]
    second = change.copy()
    second[1:] -= change[:-1]
    orders = _sums(np.abs(second)) < _sums(np.abs(change))
    np.copyto(change, second, where=orders)
    # 2·c of what is 0 or more, −2·c − 1 of the rest: the sign, moved to the lowest bit.
    folded: Ints = change << 1 ^ change >> 31
    return folded, orders.astype(np.int32)


def _undo_order(start: Ints, folded: Ints, orders: Ints) -> Ints:
    """(T, 52) columns of the first values (52,) and what was added (T−1, 52), by order (52,)."""
    change = folded >> 1 ^ -(folded & 1)
    np.copyto(change, np.cumsum(change, axis=0, dtype=np.int32), where=orders.astype(bool))
    columns: Ints = np.concatenate((start[None], change))
    return np.cumsum(columns, axis=0, dtype=np.int32)


def _shifts(folded: Ints) -> Ints:
    """(52,) the shift of each column that takes the fewest bits; of several the smallest.

    A shift `k` takes the bits f(k) = Σ (v >> k) + n·k, and f(k) − f(k+1) = Σ ⌈(v >> k) / 2⌉ − n
    only falls: the best is the first k where it is 0 or less. That lies between log2 of a third of
    the mean and log2 of the mean, rounded up: three to try.
    """
    n = max(len(folded), 1)
    third = np.maximum(_sums(folded) / (3 * n), 1)
    least = np.ceil(np.log2(third)).astype(np.int32)
    at_least = folded >> least
    cost = [_sums(at_least >> more) + n * (least + more) for more in range(3)]
    shifts: Ints = least + np.argmin(cost, axis=0).astype(np.int32)
    return shifts


def _sums(values: Ints) -> Ints:
    """(52,) over time. 300 values of 19 bits stay within 32."""
    sums: Ints = np.add.reduce(values, 0, np.int32)
    return sums


def _bits_of(folded: Ints, shifts: Ints) -> tuple[Bits, Bits]:
    """Quotients as ones with a zero after each, and the lower bits, in order of time; two arrays of
    single bits from folded (T−1, 52) and shifts (52,)."""
    ends = np.cumsum((folded >> shifts).ravel() + 1)
    unary = np.ones(int(ends[-1]) if len(ends) else 0, np.uint8)
    unary[ends - 1] = 0
    # No wider than the largest shift needs: most clips have 8 plain bits a value or fewer.
    width = next(bits for bits in (8, 16, 32) if shifts.max() <= bits)
    octets = folded.astype(f"<u{width // 8}").view(np.uint8)
    plain = np.unpackbits(octets, axis=1, bitorder="little")
    return unary, plain[:, _is_plain(shifts, width)].ravel()


def _from_bits(bits: Bits, unary_bits: int, shifts: Ints, rows: int) -> Ints:
    """(rows, 52) as `_bits_of` was given it. Raises ClipError where bits are missing."""
    ends = np.flatnonzero(bits[:unary_bits] == 0)
    of_row = np.flatnonzero(_is_plain(shifts, _VALUE_BITS))
    plain = bits[-(-unary_bits // 8) * 8 :][: rows * len(of_row)]
    if len(ends) != rows * COLUMNS or len(plain) != rows * len(of_row):
        raise ClipError("size", f"expected {rows * COLUMNS} differences, got {len(ends)}")
    lower = np.zeros((rows, COLUMNS * _VALUE_BITS), np.uint8)
    lower[:, of_row] = plain.reshape(rows, len(of_row))
    values = np.packbits(lower, axis=1, bitorder="little").view("<u4").astype(np.int32)
    quotients = (np.diff(ends, prepend=-1) - 1).astype(np.int32).reshape(rows, COLUMNS)
    folded: Ints = values | quotients << shifts
    return folded


def _is_plain(shifts: Ints, width: int) -> NDArray[np.bool_]:
    """Of a row's values in `width` bits each, the lowest first: which ones are the plain ones."""
    return (np.arange(width) < shifts[:, None]).ravel()
