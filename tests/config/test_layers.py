"""The embedded channel layer, sent to from another thread."""

import asyncio
import threading
import time
from typing import Any

from asgiref.sync import async_to_sync

from config.layers import EmbeddedChannelLayer

MESSAGE = {"type": "set.analyzed", "set": "1"}


async def test_a_message_from_another_thread_arrives_at_once() -> None:
    layer = EmbeddedChannelLayer()
    channel = await layer.new_channel()
    await layer.group_add("workout", channel)

    def work() -> None:
        time.sleep(0.2)
        async_to_sync(layer.group_send)("workout", MESSAGE)

    thread = threading.Thread(target=work)
    thread.start()
    # Nothing else wakes this loop: a message put into its queue from outside would lie there.
    received = await asyncio.wait_for(layer.receive(channel), 5)
    await asyncio.to_thread(thread.join)
    assert received == MESSAGE


async def test_a_message_from_the_same_loop_arrives() -> None:
    layer = EmbeddedChannelLayer()
    channel = await layer.new_channel()
    await layer.group_add("workout", channel)
    await layer.group_send("workout", MESSAGE)
    assert await layer.receive(channel) == MESSAGE


def test_a_loop_that_is_gone_is_forgotten() -> None:
    layer = EmbeddedChannelLayer()

    async def visit() -> dict[str, Any]:
        channel = await layer.new_channel()
        await layer.group_add("workout", channel)
        await layer.group_send("workout", MESSAGE)
        return await layer.receive(channel)

    assert asyncio.run(visit()) == asyncio.run(visit()) == MESSAGE
