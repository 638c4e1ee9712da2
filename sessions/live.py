"""What a training page tells over its socket while somebody watches."""

from typing import Any, Final

from sessions.wire import (
    MALFORMED,
    Check,
    MessageError,
    fields,
    flag,
    number,
    one_of,
    optional,
    read,
    slug,
    text,
    whole,
)

MAX_BYTES: Final = 8 * 1024
MAX_FRAMES: Final = 12
KEYPOINTS: Final = 17
WIDTH: Final = KEYPOINTS * 3
PLACES: Final = 10_000
SCORES: Final = 255
MESSAGES_PER_S: Final = 5.0
MESSAGES_AT_ONCE: Final = 20
MAX_TIME_MS: Final = 2**53

STATES: Final = (
    "no_person", "positioning", "ready", "countdown", "exercising", "resting", "paused", "finished",
)  # fmt: skip
TONES: Final = ("attempt", "cue", "praise")


def times(name: str, value: Any) -> list[int]:
    if not isinstance(value, list) or len(value) > MAX_FRAMES:
        raise MessageError(MALFORMED, f"{name}: should be a list of at most {MAX_FRAMES} times.")
    check = whole(0, MAX_TIME_MS)
    told = [check(f"{name}[{i}]", one) for i, one in enumerate(value)]
    for i in range(1, len(told)):
        if told[i] <= told[i - 1]:
            raise MessageError(MALFORMED, f"{name}[{i}]: should be later than the one before.")
    return told


def keypoints(name: str, value: Any) -> list[int]:
    """x and y in 1/10000 of width and height, score in 1/255, one frame after the other."""
    if not isinstance(value, list) or len(value) > MAX_FRAMES * WIDTH or len(value) % WIDTH:
        raise MessageError(MALFORMED, f"{name}: should be {WIDTH} numbers a frame.")
    for i, one in enumerate(value):
        most = SCORES if i % 3 == 2 else PLACES
        if type(one) is not int or not 0 <= one <= most:
            raise MessageError(
                MALFORMED, f"{name}[{i}]: should be a whole number from 0 to {most}."
            )
    return value


SHAPES: Final[dict[str, dict[str, Check]]] = {
    "hello": {"private": flag},
    "private": {"private": flag},
    "shown": {"id": text(36)},
    "live": {
        "state": one_of(*STATES),
        "exercise": optional(slug),
        "reps": whole(0, 9_999),
        "hold_s": optional(number(0, 86_400)),
        "target": optional(whole(1, 9_999)),
        "rest_s": optional(number(0, 3_600)),
        "cue": optional(fields({"tone": one_of(*TONES), "text": text(200)})),
        "width_px": whole(1, 16_384),
        "height_px": whole(1, 16_384),
        "t_ms": times,
        "keypoints": keypoints,
    },
}


def told(data: str | None) -> dict[str, Any]:
    """One message of the page, checked. Raises MessageError."""
    message: dict[str, Any] = read(data, max_bytes=MAX_BYTES, shapes=SHAPES)
    if message["type"] == "live" and len(message["keypoints"]) != WIDTH * len(message["t_ms"]):
        raise MessageError(MALFORMED, f"keypoints: should be {WIDTH} numbers for each of t_ms.")
    return message
