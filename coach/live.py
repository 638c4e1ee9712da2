"""What a coach's live view may say over its socket."""

from typing import Any, Final

from sessions.wire import MALFORMED, Check, MessageError, one_of, optional, read, text, uuid

MAX_BYTES: Final = 2 * 1024
MESSAGES_PER_S: Final = 10.0
MESSAGES_AT_ONCE: Final = 40
CUES_PER_S: Final = 0.5
CUES_AT_ONCE: Final = 3
# A class.
MOST_WATCHED: Final = 12
CUE_CHARACTERS: Final = 120
# Said in the athlete's own language by the page; its sentences are in watch.json.
READY_CUES: Final = (
    "good", "slower", "faster", "deeper", "straight_back", "chest_up", "knees_out", "breathe",
    "last_one", "stop",
)  # fmt: skip

SHAPES: Final[dict[str, dict[str, Check]]] = {
    "watch": {"athlete": uuid},
    "unwatch": {"athlete": uuid},
    "cue": {
        "athlete": uuid,
        "id": uuid,
        "text": optional(text(CUE_CHARACTERS)),
        "ready": optional(one_of(*READY_CUES)),
    },
}


def told(data: str | None) -> dict[str, Any]:
    """One message of the page, checked. Raises MessageError."""
    message: dict[str, Any] = read(data, max_bytes=MAX_BYTES, shapes=SHAPES)
    if message["type"] == "cue" and (message["text"] is None) == (message["ready"] is None):
        raise MessageError(MALFORMED, "text, ready: one of the two should be there.")
    return message
