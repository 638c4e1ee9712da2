"""`python -m tests.fuzz.decoder --seconds 600`: what is sent and kept as clips, and JSON.

Whatever the bytes are, there is a clip or one of the errors that are told of; and a clip comes back
the same when it is written and read again.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final
from zlib import crc32

from tests.fuzz.bits import ODD, bent
from tests.fuzz.guided import Target, alone, campaign
from tests.fuzz.standing import configured
from tests.fuzz.values import BODIES, changed

ROOMS: Final = ("models.clip", "models.clip_store", "sessions.parsers")
FIELDS: Final = {b"PCCL": 20, b"PCCR": 19}  # bytes of the header
SEALED: Final = 0.8  # share of inputs whose checksum is right


def changed_clip(rng: Random, data: bytes) -> bytes:
    """Bytes of a clip with something else in them; mostly with the checksum that fits."""
    body = bytearray(data[:-4])
    for _ in range(rng.choice((1, 1, 2, 6))):
        if rng.random() < 0.4 and len(body) > 20:
            at, size = rng.randrange(4, FIELDS.get(bytes(body[:4]), 20)), rng.choice((1, 2, 4))
            body[at : at + size] = (rng.choice(ODD) % 256**size).to_bytes(size, "little")
        else:
            body = bytearray(bent(rng, bytes(body)))
    if rng.random() < SEALED:
        return bytes(body) + crc32(body).to_bytes(4, "little")
    return bytes(body) + data[-4:]


def changed_json(rng: Random, data: bytes) -> bytes:
    if rng.random() < 0.3:
        return bent(rng, data)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return rng.choice(BODIES)
    return json.dumps(changed(rng, told)).encode(errors="replace")


def wire() -> Target:
    from models.clip import ClipError, decode, encode, length_of

    def attempt(data: bytes) -> str:
        try:
            clip = decode(data)
        except ClipError as error:
            return f"refused: {error.field.partition('[')[0]}"
        assert encode(clip) == data, "another clip when written again"
        assert length_of(data) == len(data)
        return "taken"

    return Target("wire", attempt, changed_clip, _seeds(encode), rooms=ROOMS)


def rest() -> Target:
    from models.clip import ClipError
    from models.clip_store import at_rest, pack, unpack

    def attempt(data: bytes) -> str:
        try:
            clip = unpack(data)
        except ClipError as error:
            return f"refused: {error.field.partition('[')[0]}"
        kept = unpack(pack(clip))
        assert (kept.t_ms == clip.t_ms).all()
        assert (kept.poses == at_rest(clip).poses).all(), "another clip when kept again"
        return "taken"

    return Target("rest", attempt, changed_clip, _seeds(pack), rooms=ROOMS)


def text() -> Target:
    """JSON as the API takes it, and a clip in it."""
    configured()
    from rest_framework.exceptions import ParseError

    from models.clip import ClipError, encode, from_json
    from sessions.parsers import _json

    def attempt(data: bytes) -> str:
        try:
            clip = from_json(_json(data))
        except ParseError:
            return "refused: no JSON"
        except ClipError as error:
            return f"refused: {error.field.partition('[')[0]}"
        encode(clip)
        return "taken"

    return Target(
        "json", attempt, changed_json, (*_seeds(_as_json), *BODIES), giants=_deep, rooms=ROOMS,
        most_bytes=512 * 1024,
    )  # fmt: skip


def _deep() -> tuple[bytes, ...]:
    """As long as the API lets them be."""
    most = 512 * 1024
    return (
        b"[" * most, b'{"a":' * (most // 5), b'"' + b"\\" * most, b"1" * most,
        b"[" + b"1e400," * 80_000, b"[]," * (most // 3 - 9) + b"[]]",
        b"NaN" + b" " * (most - 3), b"\xff" * most,
        b'{"frames":[' + b"{}," * (most // 3 - 9) + b"{}]}",
    )  # fmt: skip


def _seeds(written: Callable[[Any], bytes]) -> tuple[bytes, ...]:
    import numpy as np

    from models.clip import MAX_FRAMES, Clip

    rng = np.random.default_rng(5)
    found = []
    for frames, side in ((1, 1), (2, 640), (30, 480), (MAX_FRAMES, 16_384)):
        walk = np.cumsum(rng.normal(0, 0.01, (frames, 17, 3)), axis=0) + 0.5
        t_ms = 1_000 + np.arange(frames, dtype=np.int64) * (5_000 // frames)
        clip = Clip(
            "posenet_mobilenet_075", side, 480, t_ms, np.clip(walk, 0, 1).astype(np.float32)
        )
        found.append(written(clip))
    return tuple(found)


def _as_json(clip: Any) -> bytes:
    frames = [
        {"t_ms": int(t), "keypoints": np_pose.astype(float).round(3).tolist()}
        for t, np_pose in zip(clip.t_ms[:40], clip.poses, strict=False)
    ]
    body = {"estimator": clip.estimator, "width_px": clip.width_px, "height_px": clip.height_px}
    return json.dumps({**body, "frames": frames}).encode()


TARGETS: Final[dict[str, Callable[[], Target]]] = {"wire": wire, "rest": rest, "json": text}


def main(
    module: str = "tests.fuzz.decoder",
    targets: dict[str, Callable[[], Target]] = TARGETS,
    rooms: tuple[str, ...] = ROOMS,
) -> int:
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=targets, help="only this one, in this process")
    parser.add_argument("--log", type=Path, help="where --target writes what it finds")
    asked = parser.parse_args()
    if asked.target is None:
        return campaign(module, targets, asked.seconds, asked.seed)
    alone(targets[asked.target], rooms, asked.log, asked.seconds, asked.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
