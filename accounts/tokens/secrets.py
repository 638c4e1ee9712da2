"""How a token looks: `pc_` and 43 characters, 256 random bits."""

import hashlib
import re
import secrets
from typing import Final

START: Final = "pc_"
PREFIX_CHARACTERS: Final = 8
_SHAPE: Final = re.compile(r"pc_[A-Za-z0-9_-]{43}")


def secret_new() -> str:
    return START + secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None


def digest_of(secret: str) -> str:
    """SHA-256, hex. 256 random bits need no salt and no slow hash: nobody can try them out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def prefix_of(secret: str) -> str:
    """By which its owner knows it again; 30 of its 256 bits."""
    return secret[:PREFIX_CHARACTERS]
