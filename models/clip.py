"""Clips on the wire: binary version 1 and its JSON twin, as `docs/clip-format.md` has them.

Knows nothing of requests, users or sets. Every refusal is a `ClipError` that names the field.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, NoReturn
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.sequence import Sequence
from models.skeleton import ESTIMATORS, K

MAGIC: Final = b"PCCL"
VERSION: Final = 1
CONTENT_TYPE: Final = "application/vnd.posecoach.clip"
MAX_FRAMES: Final = 300
MAX_SIDE_PX: Final = 16_384
MAX_START_MS: Final = 4 * 3600 * 1000
MAX_SPAN_MS: Final = 5_000

_HEADER: Final = struct.Struct("<4sBBBBHHHI")
_CRC: Final = struct.Struct("<I")
_FRAME: Final = np.dtype(
    [("dt_ms", "<u2"), ("keypoints", [("x", "<u2"), ("y", "<u2"), ("score", "u1")], (K,))]
)
HEAD_BYTES: Final = _HEADER.size
_ESTIMATOR_NAMES: Final = {code: name for name, code in ESTIMATORS.items()}


class ClipError(ValueError):
    """A clip was refused. field: which field; message: what is wrong, what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Clip:
    """At most 5 s of frames of one set.

    t_ms: (T,) int64, ms since the set started. poses: (T, 17, 3) float32, x, y, score in [0, 1].
    Raises ClipError when a value is outside the format's limits.
    """

    estimator: str
    width_px: int
    height_px: int
    t_ms: NDArray[np.int64]
    poses: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.estimator not in ESTIMATORS:
            _refuse("estimator", f"one of {', '.join(ESTIMATORS)}, got {self.estimator!r}")
        _check_sides(self.width_px, self.height_px)
        _check_times(self.t_ms)
        if self.poses.shape != (len(self.t_ms), K, 3):
            _refuse("keypoints", f"shape ({len(self.t_ms)}, {K}, 3), got {self.poses.shape}")
        _check_unit_range(self.poses)

    @property
    def sequence(self) -> Sequence:
        return Sequence(self.t_ms, self.poses, self.width_px / self.height_px)


@dataclass(frozen=True, slots=True)
class Wire:
    """A clip in binary version 1 that was checked, its keypoints as whole numbers.

    t_ms: (T,) int64, ms since the set started. keypoints: (T, 17) of x, y in 65,535ths and score in
    255ths. data: the bytes.
    """

    estimator: str
    width_px: int
    height_px: int
    t_ms: NDArray[np.int64]
    keypoints: NDArray[np.void]
    data: bytes


def encode(clip: Clip) -> bytes:
    """The clip in binary version 1."""
    frames = np.zeros(len(clip.t_ms), _FRAME)
    frames["dt_ms"] = clip.t_ms - clip.t_ms[0]
    keypoints = frames["keypoints"]
    keypoints["x"] = np.round(clip.poses[:, :, 0] * 65_535)
    keypoints["y"] = np.round(clip.poses[:, :, 1] * 65_535)
    keypoints["score"] = np.round(clip.poses[:, :, 2] * 255)
    code, start_ms = ESTIMATORS[clip.estimator], int(clip.t_ms[0])
    sides = (clip.width_px, clip.height_px)
    body = _HEADER.pack(MAGIC, VERSION, code, K, 0, len(frames), *sides, start_ms)
    body += frames.tobytes()
    return body + _CRC.pack(crc32(body))


def length_of(head: bytes) -> int:
    """Bytes of the clip that begins with these; 0 where they are too few to tell."""
    if len(head) < HEAD_BYTES:
        return 0
    frames: int = _HEADER.unpack_from(head)[5]
    return HEAD_BYTES + frames * _FRAME.itemsize + _CRC.size


def read(data: bytes) -> Wire:
    """The clip in these bytes; raises ClipError for anything that is not one."""
    if len(data) < _HEADER.size + _CRC.size:
        _refuse("size", f"at least {_HEADER.size + _CRC.size} bytes, got {len(data)}")
    magic, version, code, keypoints, flags, count, width, height, start_ms = _HEADER.unpack_from(
        data
    )
    if magic != MAGIC:
        _refuse("magic", f"{MAGIC!r}, got {magic!r}")
    _expect("version", version, VERSION)
    _expect("keypoints", keypoints, K)
    _expect("flags", flags, 0)
    _check_count(count)
    _expect("size", len(data), _HEADER.size + count * _FRAME.itemsize + _CRC.size)
    body = memoryview(data)[: -_CRC.size]
    _expect("crc32", _CRC.unpack_from(data, len(body))[0], crc32(body))
    if code not in _ESTIMATOR_NAMES:
        _refuse("estimator", f"one of {sorted(_ESTIMATOR_NAMES)}, got {code}")
    frames = np.frombuffer(data, _FRAME, count, _HEADER.size)
    t_ms = frames["dt_ms"].astype(np.int64)
    if t_ms[0]:
        _refuse("frames[0].dt_ms", f"0, got {t_ms[0]}")
    t_ms += start_ms
    _check_sides(width, height)
    _check_times(t_ms)
    return Wire(_ESTIMATOR_NAMES[code], width, height, t_ms, frames["keypoints"], data)


def decode(data: bytes) -> Clip:
    """The clip in these bytes, in numbers from 0 to 1; raises ClipError as `read` does."""
    wire = read(data)
    points = wire.keypoints
    scaled = (points["x"] / 65_535, points["y"] / 65_535, points["score"] / 255)
    poses = np.stack(scaled, axis=-1).astype(np.float32)
    return Clip(wire.estimator, wire.width_px, wire.height_px, wire.t_ms, poses)


def from_json(body: object) -> Clip:
    """The clip in a parsed JSON body; raises ClipError for anything that is not one."""
    if not isinstance(body, Mapping):
        _refuse("body", "an object with estimator, width_px, height_px and frames")
    frames = body.get("frames")
    if not isinstance(frames, list):
        _refuse("frames", "a list of {t_ms, keypoints}")
    _check_count(len(frames))
    for i, frame in enumerate(frames):
        if not isinstance(frame, Mapping):
            _refuse(f"frames[{i}]", "an object with t_ms and keypoints")
    t_ms = [_integer(frame, "t_ms", f"frames[{i}].") for i, frame in enumerate(frames)]
    for i, t in enumerate(t_ms):
        if not 0 <= t <= MAX_START_MS + MAX_SPAN_MS:
            _refuse(f"frames[{i}].t_ms", f"0 to {MAX_START_MS + MAX_SPAN_MS}, got {t}")
    return Clip(
        estimator=str(body.get("estimator")),
        width_px=_integer(body, "width_px"),
        height_px=_integer(body, "height_px"),
        t_ms=np.array(t_ms, np.int64),
        poses=_poses([frame.get("keypoints") for frame in frames]),
    )


def _poses(keypoints: list[Any]) -> NDArray[np.float32]:
    """(T, 17, 3) from nested lists, x and y clamped to the picture."""
    for i, frame in enumerate(keypoints):
        if not isinstance(frame, list) or len(frame) != K:
            _refuse(f"frames[{i}].keypoints", f"a list of {K} [x, y, score]")
        for k, point in enumerate(frame):
            if not isinstance(point, list) or len(point) != 3:
                _refuse(f"frames[{i}].keypoints[{k}]", "a list of x, y and score")
    values = list(chain.from_iterable(chain.from_iterable(keypoints)))
    if not set(map(type, values)) <= {int, float}:
        index = next(i for i, value in enumerate(values) if type(value) not in (int, float))
        _refuse(_keypoint_field(index), f"a number, got {values[index]!r}")
    # Half a picture beyond the edge is a guess of the estimator; hundreds are pixels.
    bad = next((i for i, value in enumerate(values) if not -1 <= value <= 2), None)
    if bad is not None:
        _refuse(_keypoint_field(bad), f"a share of the picture from 0 to 1, got {values[bad]}")
    poses = np.array(values, np.float32).reshape(-1, K, 3)
    np.clip(poses[:, :, :2], 0, 1, out=poses[:, :, :2])
    return poses


def _check_sides(width_px: int, height_px: int) -> None:
    for field, side in (("width_px", width_px), ("height_px", height_px)):
        if not 1 <= side <= MAX_SIDE_PX:
            _refuse(field, f"1 to {MAX_SIDE_PX}, got {side}")


def _check_times(t_ms: NDArray[np.int64]) -> None:
    _check_count(len(t_ms))
    if not 0 <= t_ms[0] <= MAX_START_MS:
        _refuse("start_ms", f"0 to {MAX_START_MS} (4 h), got {t_ms[0]}")
    stalled = t_ms[1:] <= t_ms[:-1]
    if stalled.any():
        _refuse(f"frames[{stalled.argmax() + 1}].dt_ms", "later than the frame before")
    if t_ms[-1] - t_ms[0] > MAX_SPAN_MS:
        late = (t_ms - t_ms[0] > MAX_SPAN_MS).argmax()
        _refuse(f"frames[{late}].dt_ms", f"at most {MAX_SPAN_MS} ms after the first frame")


def _check_unit_range(poses: NDArray[np.float32]) -> None:
    bad = np.flatnonzero(~((poses >= 0) & (poses <= 1)))
    if len(bad):
        _refuse(_keypoint_field(int(bad[0])), f"0 to 1, got {poses.flat[int(bad[0])]}")


def _check_count(count: int) -> None:
    if not 1 <= count <= MAX_FRAMES:
        _refuse("frames", f"1 to {MAX_FRAMES}, got {count}")


def _expect(field: str, value: int, right: int) -> None:
    if value != right:
        _refuse(field, f"{right}, got {value}")


def _integer(body: Mapping[str, Any], field: str, prefix: str = "") -> int:
    value = body.get(field)
    if type(value) is not int:
        _refuse(prefix + field, f"a whole number, got {value!r}")
    return value


def _keypoint_field(index: int) -> str:
    frame, rest = divmod(index, K * 3)
    return f"frames[{frame}].keypoints[{rest // 3}][{rest % 3}]"


def _refuse(field: str, expected: str) -> NoReturn:
    raise ClipError(field, f"expected {expected}")
