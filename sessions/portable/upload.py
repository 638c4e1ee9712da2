"""The parts of an import as one file that can be read and searched."""

import io
from typing import Final

from django.utils.translation import gettext as _

from sessions.models import Import, ImportPart
from sessions.models.imports import PART_BYTES
from sessions.portable.refusal import RefusedError

# A zip's list of contents is read in one go, at 46 bytes and a name an entry.
MOST_AT_ONCE: Final = 8 * 1024**2


class Upload(io.RawIOBase):
    """Holds one part at a time.

    Raises RefusedError when more is read at once than memory has room for.
    """

    def __init__(self, source: Import) -> None:
        self._source = source
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.bytes}[whence]
        if base + offset < 0:
            raise OSError("before the file's beginning")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._source.bytes - self._at)
        wanted = left if size < 0 else min(size, left)
        if wanted > MOST_AT_ONCE:
            raise RefusedError(_("The list of what the file contains is too long."))
        out = bytearray()
        while len(out) < wanted:
            index, offset = divmod(self._at, PART_BYTES)
            piece = self._part(index)[offset : offset + wanted - len(out)]
            if not piece:
                raise RefusedError(_("A part of the file is missing."))
            out += piece
            self._at += len(piece)
        return bytes(out)

    def _part(self, index: int) -> bytes:
        if self._held[0] != index:
            found = ImportPart.objects.filter(source=self._source, index=index)
            payload = found.values_list("payload", flat=True).first()
            self._held = (index, bytes(payload or b""))
        return self._held[1]
