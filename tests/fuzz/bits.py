"""Changes to bytes: what a format does not look for, and odd numbers in its fields."""

from random import Random
from typing import Final

ODD: Final = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)


def bent(rng: Random, data: bytes) -> bytes:
    """One change anywhere: a bit, some bytes, an odd number, a piece gone, twice or new."""
    whole, at = bytearray(data), rng.randrange(len(data) + 1)
    match rng.randrange(7):
        case 0 if data:
            whole[at % len(data)] ^= 1 << rng.randrange(8)
        case 1 if data:
            for _ in range(rng.randrange(1, 9)):
                whole[rng.randrange(len(data))] = rng.randrange(256)
        case 2:
            size = rng.choice((1, 2, 4))
            whole[at : at + size] = (rng.choice(ODD) % 256**size).to_bytes(size, "little")
        case 3:
            del whole[at : at + rng.choice((1, 2, 8, 200))]
        case 4:
            whole[at:at] = whole[at : at + rng.choice((1, 4, 100))]
        case 5:
            whole[at:at] = rng.randbytes(rng.choice((1, 3, 40)))
        case _:
            del whole[at:]
    return bytes(whole)
