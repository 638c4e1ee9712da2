"""A socket that takes checked messages at a pace, and says JSON."""

from abc import abstractmethod
from typing import Any, ClassVar

import orjson
from channels.consumer import get_handler_name

from accounts.sign_ins.consumers import SignedInConsumer
from sessions.wire import TOO_OFTEN, MessageError, Pace


class CheckedConsumer(SignedInConsumer):
    """A message of type "x" goes to `hear_x` with its fields; one that is refused ends the socket.

    per_s, at_once: how many messages are taken, on average and after a quiet time.
    """

    per_s: ClassVar[float]
    at_once: ClassVar[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pace = Pace(self.per_s, self.at_once)

    @abstractmethod
    def told(self, data: str | None) -> dict[str, Any]:
        """One message, checked. Raises MessageError."""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # noqa: ARG002
        """Called with what the page says."""
        if self.is_closed:
            return
        try:
            if not self.pace.allows():
                most = f"More than {self.per_s:.0f} messages a second."
                raise MessageError(TOO_OFTEN, f"{most} Wait a little and connect again.")
            message = self.told(text_data)
        except MessageError as refused:
            await self.shut(refused.code, refused.reason)
            return
        await getattr(self, f"hear_{message.pop('type')}")(**message)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Called with every message. Channels would first go through Django's one thread, to close
        old database connections: `database_sync_to_async` does so where a database is asked, and
        packets of a class must not wait behind requests."""
        await getattr(self, get_handler_name(message))(message)

    async def say(self, message: dict[str, Any]) -> None:
        if not self.is_closed:
            await self.send(orjson.dumps(message).decode())
