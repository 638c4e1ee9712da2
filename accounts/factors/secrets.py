"""Secrets of second factors at rest: encrypted with a key that follows from SECRET_KEY."""

import logging
from base64 import b32encode, urlsafe_b64encode
from secrets import token_bytes

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)

_PURPOSE = b"posecoach: secrets of second factors"


def encrypt(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """The text; one that nobody knows where SECRET_KEY is another one, so that no code fits it.

    An empty text would be a secret that everybody knows.
    """
    try:
        return _keys().decrypt(encrypted.encode()).decode()
    except InvalidToken:
        logger.error(
            "A second factor cannot be read: SECRET_KEY has changed. Put the old one into "
            "SECRET_KEY_FALLBACKS, or reset the person's second factor in admin."
        )
        return b32encode(token_bytes(20)).decode()


def _keys() -> MultiFernet:
    """The first one encrypts, all of them decrypt: a key can be changed without a reset."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """Of 256 bits, for this purpose alone (HKDF, RFC 5869)."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return urlsafe_b64encode(hkdf.derive(key.encode()))
