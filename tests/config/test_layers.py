"""The channel layers, sent to from another thread."""

import asyncio
import threading
import time
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from config.layers import EmbeddedChannelLayer
from config.publishing import RedisPublisher
from config.redis_layer import RedisChannelLayer

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


async def many_from_another_thread(layer: Any) -> None:
    channels = {group: await layer.new_channel() for group in ("a", "b")}
    for group, channel in channels.items():
        await layer.group_add(group, channel)
    told = [(group, {**MESSAGE, "set": str(nth)}) for nth, group in enumerate(("a", "b", "a"))]
    receiving = [asyncio.create_task(layer.receive(channels[group])) for group in ("a", "b")]
    await asyncio.to_thread(layer.group_send_all, told)
    first = await asyncio.wait_for(asyncio.gather(*receiving), 5)
    assert [one["set"] for one in first] == ["0", "1"]
    assert (await asyncio.wait_for(layer.receive(channels["a"]), 5))["set"] == "2"


async def test_many_messages_arrive_at_their_groups() -> None:
    await many_from_another_thread(EmbeddedChannelLayer())


@pytest.mark.engines
async def test_many_messages_arrive_by_redis(redis_url: str) -> None:
    layer = RedisChannelLayer(hosts=[redis_url])
    await many_from_another_thread(layer)
    await layer.flush()
    layer._publisher.close()


@pytest.mark.engines
async def test_what_a_worker_sends_arrives_at_a_layer(redis_url: str) -> None:
    layer, publisher = RedisChannelLayer(hosts=[redis_url]), RedisPublisher(redis_url)
    channel = await layer.new_channel()
    await layer.group_add("a", channel)
    receiving = asyncio.create_task(layer.receive(channel))
    told = {"type": "x", "text": "ü", "numbers": [1, 2.5, None, True], "raw": b"\x00"}
    await publisher.group_send("a", told)
    assert await asyncio.wait_for(receiving, 5) == told
    await layer.flush()
    publisher.close()
