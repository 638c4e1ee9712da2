"""A file that only a passphrase opens, written in one go and read from anywhere.

AES-256-GCM in chunks of 64 KiB under a key that scrypt (RFC 7914) makes of the passphrase. A
chunk's nonce holds its number and whether it is the last one, so that chunks cannot be left out,
moved, or cut off at the end (the STREAM construction; Hoang, Reyhanitabar, Rogaway, Vizár, 2015).
"""

import os
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from config.backup.errors import BackupError

MAGIC: Final = b"PCSEAL1\n"
CHUNK: Final = 64 * 1024
_SALT, _PREFIX, _TAG = 16, 7, 16
_HEAD: Final = len(MAGIC) + _SALT + _PREFIX


def is_sealed(file: BinaryIO) -> bool:
    """Looks at the first bytes, and goes back to the beginning."""
    file.seek(0)
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return found


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    """32 MiB of memory and about 0.1 s for each try at a passphrase."""
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class SealedWriter:
    """Writes sealed chunks to a file. Nothing can be read until it was closed."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._head = MAGIC + salt + self._prefix
        self._held, self._number = bytearray(), 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) > CHUNK:  # a full one may still be the last
            self._seal(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(data)

    def flush(self) -> None: ...

    def close(self) -> None:
        self._seal(bytes(self._held), is_last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self._head))
        self._number += 1


class SealedReader(RawIOBase):
    """What was sealed, with any place within reach. Holds one chunk.

    Raises BackupError for another passphrase, and for a file that is damaged or cut off.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        sealed = file.seek(0, SEEK_END) - _HEAD
        if sealed < _TAG:
            raise BackupError("This file ends before it has begun.")
        file.seek(0)
        self._head = file.read(_HEAD)
        salt = self._head[len(MAGIC) : len(MAGIC) + _SALT]
        self._prefix = self._head[-_PREFIX:]
        self._cipher = _cipher(passphrase, salt)
        self._chunks = -(-sealed // (CHUNK + _TAG))
        self._size = sealed - self._chunks * _TAG
        self._at, self._number, self._chunk = 0, -1, b""
        self._open(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        number, skip = divmod(self._at, CHUNK)
        if self._at >= self._size:
            return 0
        self._open(number)
        part = self._chunk[skip : skip + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _open(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(_HEAD + number * (CHUNK + _TAG))
        sealed = self._file.read(CHUNK + _TAG)
        nonce = _nonce(self._prefix, number, number == self._chunks - 1)
        try:
            self._chunk = self._cipher.decrypt(nonce, sealed, self._head)
        except InvalidTag as error:
            told = "The passphrase is another one, or the file is damaged at its beginning."
            later = f"The file is damaged or cut off, in chunk {number + 1} of {self._chunks}."
            raise BackupError(later if number else told) from error
        self._number = number
