"""What is sealed opens with its passphrase alone, and tells when a byte of it is another one."""

from io import BytesIO

import pytest

from config.backup.errors import BackupError
from config.backup.sealing import CHUNK, SealedReader, SealedWriter, is_sealed

LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17]


def sealed(body: bytes, passphrase: str = "right") -> bytes:
    file = BytesIO()
    writer = SealedWriter(file, passphrase)
    for first in range(0, len(body), 1000):
        writer.write(body[first : first + 1000])
    writer.close()
    return file.getvalue()


def opened(body: bytes, passphrase: str = "right") -> bytes:
    return SealedReader(BytesIO(body), passphrase).readall()


@pytest.mark.parametrize("length", LENGTHS)
def test_comes_back_as_it_was(length: int) -> None:
    body = bytes(i % 251 for i in range(length))
    assert is_sealed(BytesIO(sealed(body)))
    assert opened(sealed(body)) == body


def test_any_place_can_be_read() -> None:
    body = bytes(i % 251 for i in range(3 * CHUNK + 17))
    reader = SealedReader(BytesIO(sealed(body)), "right")
    for at in (0, CHUNK - 3, 2 * CHUNK + 5, len(body) - 4, 7):
        reader.seek(at)
        assert reader.read(9) == body[at : at + 9][: reader.tell() - at]
    assert reader.seek(-4, 2) == len(body) - 4


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(BackupError, match="passphrase"):
        opened(sealed(b"secret"), "wrong")


def test_no_two_are_alike() -> None:
    assert sealed(b"same") != sealed(b"same")


@pytest.mark.parametrize("kind", ["flip", "cut", "cut at a chunk", "swap", "longer"])
def test_whatever_was_changed_is_noticed(kind: str) -> None:
    whole = sealed(bytes(3 * CHUNK))
    head, step = len(whole) - 3 * (CHUNK + 16), CHUNK + 16
    one, two, three = (whole[head + i * step : head + (i + 1) * step] for i in range(3))
    changed = {
        "flip": whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:],
        "cut": whole[:-1],
        "cut at a chunk": whole[:-step],
        "swap": whole[:head] + two + one + three,
        "longer": whole + b"x" * 20,
    }[kind]
    with pytest.raises(BackupError):
        opened(changed)
