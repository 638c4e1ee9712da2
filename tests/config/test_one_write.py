"""An answer's head and body leave in one call; nothing is held up, and nothing is lost."""

import asyncio
from typing import Any, cast

import pytest
import uvicorn
from uvicorn.server import ServerState

from config.one_write import OneWrite, Paired


class Wire(asyncio.Transport):
    """What a transport was told, in order."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.told: list[Any] = []

    def write(self, data: Any) -> None:
        self.told.append(data)

    def close(self) -> None:
        self.told.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.told

    def set_protocol(self, protocol: Any) -> None:
        self.told.append(protocol)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def paired(wire: Wire) -> Paired:
    return Paired(wire, asyncio.get_running_loop())


async def test_two_writes_in_a_row_are_one(wire: Wire, paired: Paired) -> None:
    paired.write(b"head ")
    assert wire.told == []
    paired.write(b"body")
    assert wire.told == [b"head body"]
    await asyncio.sleep(0)
    assert wire.told == [b"head body"]


async def test_a_write_alone_waits_for_no_other(wire: Wire, paired: Paired) -> None:
    paired.write(b"")
    paired.write(b"head")
    await asyncio.sleep(0)
    assert wire.told == [b"head"]


async def test_order_is_kept_and_only_one_is_held(wire: Wire, paired: Paired) -> None:
    for part in (b"1", b"2", b"3", b"4", b"5"):
        paired.write(part)
    assert wire.told == [b"12", b"34"]
    await asyncio.sleep(0)
    assert wire.told == [b"12", b"34", b"5"]


async def test_what_was_written_leaves_before_the_end(wire: Wire, paired: Paired) -> None:
    paired.write(b"bye")
    paired.close()
    assert wire.told == [b"bye", "closed"]
    assert paired.is_closing()


async def hello(_scope: Any, _receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


def protocol(wire: Wire) -> OneWrite:
    config = uvicorn.Config(hello, lifespan="off", log_config=None)
    config.load()
    made = OneWrite(config, ServerState(), {})
    made.connection_made(wire)
    return made


async def test_an_answer_of_the_server_is_one_write(wire: Wire) -> None:
    protocol(wire).data_received(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")
    for _ in range(3):
        await asyncio.sleep(0)
    [answer] = wire.told
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\nok")


async def test_a_socket_has_the_transport_itself(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    class Socket:
        def __init__(self, **_: Any) -> None: ...

        def connection_made(self, transport: Any) -> None:
            given.append(transport)

        def data_received(self, _: bytes) -> None: ...

    made = protocol(wire)
    monkeypatch.setattr(made, "ws_protocol_class", cast(Any, Socket))
    made.data_received(
        b"GET / HTTP/1.1\r\nhost: here\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"
    )
    assert given == [wire]
