"""Static files: the built page from `FRONTEND_DIST` at the root, Django's own under /static/."""

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

INDEX = "/index.html"


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise without the page's index, which `config.spa` gives a nonce of its own."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if url != INDEX:
            super().add_file_to_dictionary(url, path, stat_cache)
