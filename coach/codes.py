"""Codes that are told once. Whoever reads the table finds only their digests."""

import secrets
from hashlib import sha256
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
LENGTH: Final = 16  # 80 bits
GROUP: Final = 4
_MISREAD: Final = str.maketrans("OIL", "011", "- ")


def new_code() -> str:
    """As "4T7K-9QXE-M2RB-0ZVA"."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """SHA-256 in hex, of the code as it was meant: case, dashes and O for 0 make no difference.

    A slow hash would buy nothing: nobody guesses 80 random bits.
    """
    return sha256(code.upper().translate(_MISREAD).encode()).hexdigest()
