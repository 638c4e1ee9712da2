"""An answer's head and body leave together: one call of the system and one packet, not two."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Paired:
    """A transport that keeps what is written until the next write, or until the loop's next turn.

    So an answer that is written at once is sent at once, and one that comes in parts is never held
    up, nor held in memory beyond one part.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.transport, self._loop = transport, loop
        self._kept = b""

    def write(self, data: bytes) -> None:
        if self._kept:
            self.transport.write(self._kept + data)
            self._kept = b""
        elif data:
            self._kept = data
            self._loop.call_soon(self._flush)

    def close(self) -> None:
        self._flush()
        self.transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)

    def _flush(self) -> None:
        if self._kept:
            self.transport.write(self._kept)
            self._kept = b""


class OneWrite(HttpToolsProtocol):
    """uvicorn's own way of HTTP, before such a transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, Paired(transport, self.loop))

    def handle_websocket_upgrade(self) -> None:
        """A socket gets the transport itself."""
        self.transport = cast(Paired, self.transport).transport
        super().handle_websocket_upgrade()
