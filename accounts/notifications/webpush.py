"""Web push: encryption of a message for one browser, and who we are to its push service.

RFC 8291 (message encryption), RFC 8188 (aes128gcm, one record), RFC 8292 (VAPID). Knows neither
database nor network.
"""

import base64
import json
import os
import struct
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

RECORD: Final = 4096  # bytes; push services take no more
VAPID_S: Final = 12 * 3600
CURVE: Final = ec.SECP256R1()


def b64encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def b64decode(text: str) -> bytes:
    """With or without padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def is_set_up() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY)


def new_private_key() -> str:
    """For the setting VAPID_PRIVATE_KEY: the 32 bytes of the scalar, base64url."""
    scalar = ec.generate_private_key(CURVE).private_numbers().private_value
    return b64encode(scalar.to_bytes(32, "big"))


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Raises ValueError for what is no key."""
    raw = b64decode(text)
    if len(raw) != 32:
        raise ValueError(f"Expected 32 bytes as base64url, got {len(raw)}.")
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """(65,) uncompressed point."""
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def check_browser_keys(key: str, secret: str) -> None:
    """Raises ValueError unless these are a point of P-256 and 16 bytes, base64url."""
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, b64decode(key))
    if len(b64decode(secret)) != 16:
        raise ValueError("Expected a secret of 16 bytes.")


def encrypt(
    message: bytes,
    *,
    key: str,
    secret: str,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message. sender, salt: new ones unless a test names them.

    Raises ValueError for keys that are none, or a message that does not fit into one record.
    """
    if len(message) > RECORD - 103:  # header 86, tag 16, delimiter 1
        raise ValueError(f"A push message has at most {RECORD - 103} bytes, not {len(message)}.")
    sender = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    theirs, ours = b64decode(key), public_bytes(sender)
    shared = sender.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    ikm = _hkdf(b64decode(secret), shared, b"WebPush: info\0" + theirs + ours, 32)
    content_key = _hkdf(salt, ikm, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, ikm, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(content_key).encrypt(nonce, message + b"\x02", None)
    return salt + struct.pack("!IB", RECORD, len(ours)) + ours + sealed


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def authorization(endpoint: str, *, subject: str, now: float | None = None) -> str:
    """The header by which a push service knows us; for the endpoint's own origin only."""
    key = private_key(settings.VAPID_PRIVATE_KEY)
    url = urlsplit(endpoint)
    claims = {
        "aud": f"{url.scheme}://{url.netloc}",
        "exp": int((time.time() if now is None else now) + VAPID_S),
        "sub": subject,
    }
    signed = ".".join(_part(part) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{b64encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={b64encode(public_bytes(key))}"


def _part(part: Mapping[str, object]) -> str:
    return b64encode(json.dumps(part, separators=(",", ":")).encode())


def public_key() -> str:
    """Of the server, as a browser wants it: base64url."""
    return b64encode(public_bytes(private_key(settings.VAPID_PRIVATE_KEY)))
