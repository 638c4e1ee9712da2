"""Static files: the built page from `FRONTEND_DIST` at the root, Django's own under /static/."""

from collections.abc import AsyncIterator
from typing import Any, BinaryIO
from wsgiref.headers import Headers

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware

INDEX = "/index.html"
SERVICE_WORKER = "/sw.js"
CHUNK_BYTES = 256 * 1024


def add_headers(headers: Headers, _path: str, url: str) -> None:
    """Called by WhiteNoise for every file: the service worker is asked for anew each time.

    A worker that lay in a cache would go on with an old version of the page.
    """
    if url == SERVICE_WORKER:
        headers["Cache-Control"] = "no-cache"


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise without the page's index, which `config.spa` gives a nonce of its own."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if url != INDEX:
            super().add_file_to_dictionary(url, path, stat_cache)

    def find_file(self, url: str) -> Any:
        """Called instead where `DEBUG` has files looked up anew each time."""
        return None if url == INDEX else super().find_file(url)

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> FileResponse:
        """Under ASGI in chunks: Django would read a file of many megabytes in one go."""
        response: FileResponse = WhiteNoiseMiddleware.serve(static_file, request)
        if isinstance(request, ASGIRequest) and (file := response.file_to_stream):
            response.streaming_content = _chunks(file)
        return response


async def _chunks(file: BinaryIO) -> AsyncIterator[bytes]:
    while chunk := await sync_to_async(file.read)(CHUNK_BYTES):
        yield chunk
