"""Headers of every answer that neither Django nor django-csp sets."""

from typing import Final

HEADERS: Final = {
    # Isolation from other origins is what gives WASM its threads.
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)"
    ),
}
