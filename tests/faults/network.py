"""A TCP proxy that loses, delays and cuts: the network between an athlete and the server."""

import random
import socket
import threading
import time
from contextlib import suppress

CHUNK = 4096


class Network:
    """Passes bytes to the port, each connection with the luck of its number and the seed.

    drop: share of connections cut at once; cut: share cut after the request went through and before
    the answer did, so that the server has acknowledged what the client never hears of; delay_s: the
    longest wait. All are 0 until a campaign sets them.
    """

    def __init__(self, port: int, seed: int) -> None:
        self._target, self._random = port, random.Random(seed)
        self.drop = self.cut = self.delay_s = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def calm(self) -> None:
        self.drop = self.cut = self.delay_s = 0.0

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                luck = self._random.random(), self._random.random(), self._random.random()
                threading.Thread(target=self._pass, args=(client, *luck), daemon=True).start()

    def _pass(self, client: socket.socket, drops: float, cuts: float, waits: float) -> None:
        with client, suppress(OSError):
            if drops < self.drop:
                return
            time.sleep(waits * self.delay_s)
            with socket.create_connection(("127.0.0.1", self._target), timeout=30) as server:
                asking = threading.Thread(target=_pump, args=(client, server), daemon=True)
                asking.start()
                if cuts < self.cut:
                    server.recv(1)  # it has been answered; nobody will know
                    return
                _pump(server, client)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
