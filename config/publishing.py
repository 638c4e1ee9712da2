"""Sends to the groups of a Redis channel layer from a process that receives nothing."""

from functools import cached_property
from typing import Any, Final

import msgpack  # type: ignore[import-untyped]
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.layers import Messages

PREFIX: Final = "asgi"
_SOCKET_S: Final = 2.0


class RedisPublisher:
    """A channel layer as far as a worker needs one; Channels' own takes 7 MB of memory more, for
    the encryption of messages. In the words of `channels_redis.pubsub`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def group_send_all(self, messages: Messages) -> None:
        """From code without an event loop, in one round trip. Raises RedisError."""
        with self._redis.pipeline(transaction=False) as pipe:
            for group, message in messages:
                pipe.publish(f"{PREFIX}__group__{group}", msgpack.packb(message))
            pipe.execute()

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Nothing else runs on the loop of a task."""
        self.group_send_all([(group, message)])

    def close(self) -> None:
        self._redis.close()

    @cached_property
    def _redis(self) -> Any:
        return Redis.from_url(
            self._url,
            socket_timeout=_SOCKET_S,
            socket_connect_timeout=_SOCKET_S,
            retry=Retry(NoBackoff(), 0),
        )
