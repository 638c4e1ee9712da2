"""The channel layer of several processes."""

from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer

from config.layers import Messages
from config.publishing import PREFIX, RedisPublisher


class RedisChannelLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """Keeps nothing for who is away, as a nudge need not be kept, and costs a third."""

    def __init__(self, hosts: list[str], **config: Any) -> None:
        super().__init__(hosts=hosts, prefix=PREFIX, **config)
        [url] = hosts
        self._publisher = RedisPublisher(url)

    def group_send_all(self, messages: Messages) -> None:
        """From code without an event loop, in one round trip. Raises RedisError."""
        self._publisher.group_send_all(messages)
