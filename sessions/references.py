"""The keypoints of an own exercise: clips one after another, each as long as its head tells."""

from collections.abc import Iterator
from typing import Final

from models.clip import HEAD_BYTES, Clip, ClipError, decode, length_of
from models.sequence import Sequence

MAX_BYTES: Final = 300 * 1024
MAX_MS: Final = 120_000


class BadReferenceError(ValueError):
    """A reference was refused. field: which field; message: what is wrong, what would be right."""

    def __init__(self, message: str, field: str = "reference") -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def read(data: bytes) -> Sequence:
    """The frames of all clips. Raises BadReferenceError."""
    sequence = Sequence.join(clip.sequence for clip in clips(data))
    if not len(sequence):
        raise BadReferenceError("expected at least one clip")
    if int(sequence.t_ms[-1]) > MAX_MS:
        raise BadReferenceError(f"expected at most {MAX_MS // 1000} s")
    return sequence


def clips(data: bytes) -> Iterator[Clip]:
    """Each clip in turn. Raises BadReferenceError."""
    if len(data) > MAX_BYTES:
        raise BadReferenceError(f"expected at most {MAX_BYTES} bytes, got {len(data)}")
    at, index = 0, 0
    while at < len(data):
        length = length_of(data[at : at + HEAD_BYTES])
        try:
            yield decode(data[at : at + length])
        except ClipError as error:
            raise BadReferenceError(f"clip {index}: {error}") from error
        at, index = at + length, index + 1
