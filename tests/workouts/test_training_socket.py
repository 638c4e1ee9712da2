"""The socket of a training page: what it takes, and what it refuses with which words."""

from typing import Any

import pytest
from channels.layers import get_channel_layer

from sessions.channel import presence_group, training_group, watching_group
from sessions.wire import MessageError, Pace, number
from tests.sockets import Socket, socket
from tests.workouts.builders import Athlete

pytestmark = pytest.mark.django_db(transaction=True)

TRAINING = "/ws/training"
ADA_HELLO = {"type": "hello", "private": False}


def seen(frames: int = 4, **rest: Any) -> dict[str, Any]:
    return {
        "type": "live", "state": "exercising", "exercise": "squat", "reps": 3, "hold_s": None,
        "target": 8, "rest_s": None, "cue": None, "width_px": 640, "height_px": 480,
        "t_ms": [1_000 + 100 * i for i in range(frames)],
        "keypoints": [5_000, 5_000, 255] * 17 * frames,
    } | rest  # fmt: skip


class Watcher:
    """A channel that asks what a coach's consumer would ask."""

    def __init__(self, athlete: Athlete) -> None:
        self.id = athlete.user.id
        self.layer: Any = get_channel_layer()

    async def join(self) -> None:
        self.channel = await self.layer.new_channel()
        for group in (presence_group(self.id), watching_group(self.id)):
            await self.layer.group_add(group, self.channel)

    async def ask(self, kind: str, **rest: Any) -> None:
        who = {"watcher": self.channel, "reply": self.channel, "coach": "c1", "name": "Tom"}
        await self.layer.group_send(training_group(self.id), {"type": kind, **who, **rest})

    async def hear(self) -> Any:
        return await self.layer.receive(self.channel)


async def watched(page: Socket, athlete: Athlete) -> Watcher:
    await page.open()
    watcher = Watcher(athlete)
    await watcher.join()
    await page.say(ADA_HELLO)
    assert (await page.hear())["watchers"] == []
    assert (await watcher.hear())["type"] == "athlete.here"
    await watcher.ask("watch.begin")
    assert (await page.hear())["watchers"] == [{"id": "c1", "name": "Tom"}]
    assert (await watcher.hear())["type"] == "watch.begun"
    return watcher


async def test_nobody_else_has_a_training_page() -> None:
    async with socket(TRAINING) as page:
        await page.open()
        assert await page.closed() == (4403, "Sign in first.")


async def test_what_is_shown_goes_to_who_watches_and_only_then(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
        await page.say(seen(extra="is left out"))
        frames = await watcher.hear()
        assert frames["type"] == "live.frames"
        assert '"reps":3' in frames["text"]
        assert "extra" not in frames["text"]
        await watcher.ask("watch.end")
        assert (await page.hear())["watchers"] == []
        await page.say(seen())
        await watcher.ask("presence.asked")
        assert (await watcher.hear())["type"] == "athlete.still_here"


async def test_who_wants_to_be_alone_is_neither_seen_nor_there(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
        await page.say({"type": "private", "private": True})
        assert (await page.hear())["watchers"] == []
        assert (await watcher.hear())["type"] == "watch.refused"
        assert (await watcher.hear())["type"] == "athlete.gone"
        await page.say(seen())
        await watcher.ask("presence.asked")
        await watcher.ask("watch.begin")
        assert (await watcher.hear())["type"] == "watch.refused"
        await page.say({"type": "private", "private": False})
        assert (await watcher.hear())["type"] == "athlete.here"


async def test_a_page_that_closes_is_gone(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
    assert (await watcher.hear())["type"] == "athlete.gone"


async def test_a_watcher_that_says_no_more_is_forgotten(
    athlete: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.consumers.training.WATCH_LEASE_S", -1.0)
    async with socket(TRAINING, athlete.client) as page:
        await watched(page, athlete)
        await page.say(seen())
        assert (await page.hear())["watchers"] == []


async def test_a_cue_reaches_the_page_and_is_acknowledged(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
        await watcher.ask("cue.given", id="q1", text="Chest up", ready=None)
        cue = await page.hear("cue")
        assert (cue["text"], cue["coach"]["name"]) == ("Chest up", "Tom")
        await page.say({"type": "shown", "id": "q1"})
        assert await watcher.hear() == {"type": "cue.told", "id": "q1", "status": "shown"}
        await watcher.ask("watch.end")
        await watcher.ask("cue.given", id="q2", text="And now", ready=None)
        assert (await watcher.hear())["status"] == "not_shown"


@pytest.mark.parametrize(
    ("message", "code", "words"),
    [
        ("{", 4400, "not JSON"),
        ([1], 4400, "type: None should be one of"),
        ({"type": "sing"}, 4400, "type: 'sing' should be one of"),
        ({"type": "hello"}, 4400, "private: None should be true or false"),
        ({"type": "live", "keypoints": [0] * 5_000}, 4413, "At most 8192"),
        (seen(state="flying"), 4400, "state: 'flying' should be one of"),
        (seen(exercise="Squat!"), 4400, "exercise: 'Squat!' should be"),
        (seen(reps=-1), 4400, "reps: -1 should be a whole number from 0"),
        (seen(reps=True), 4400, "reps: True"),
        (seen(hold_s="long"), 4400, "hold_s: 'long' should be a number"),
        (seen(cue={"tone": "cue", "text": "x" * 201}), 4400, "cue.text"),
        (seen(cue="chest up"), 4400, "cue: 'chest up' should be an object"),
        (seen(width_px=0), 4400, "width_px: 0"),
        (seen(t_ms=[1, 2, 2, 3]), 4400, "t_ms[2]: should be later"),
        (seen(t_ms=list(range(13))), 4400, "at most 12"),
        (seen(keypoints=[0] * 50), 4400, "51 numbers"),
        (seen(t_ms=[1, 2]), 4400, "51 numbers for each"),
        (seen(1, keypoints=[0, 10_001, 0] + [0] * 48), 4400, "keypoints[1]"),
        (seen(1, keypoints=[0, 0, 256] + [0] * 48), 4400, "keypoints[2]"),
        (seen(1, keypoints=[0.5] * 51), 4400, "keypoints[0]"),
    ],
)  # fmt: skip
async def test_what_is_wrong_closes_the_page_with_the_field(
    athlete: Athlete, message: Any, code: int, words: str
) -> None:
    async with socket(TRAINING, athlete.client) as page:
        await page.open()
        await page.say(message)
        told = await page.closed()
        assert told[0] == code
        assert words in told[1]
        assert len(told[1].encode()) <= 123
        await page.say(ADA_HELLO)
        assert await page.is_silent()


async def test_too_many_messages_close_the_page(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        await page.open()
        for _ in range(30):
            await page.say(seen(0))
        assert (await page.closed())[0] == 4429


def test_a_pace_allows_a_burst_and_then_so_many_a_second() -> None:
    now = 0.0
    pace = Pace(2.0, 3, clock=lambda: now)
    assert [pace.allows() for _ in range(4)] == [True, True, True, False]
    now = 0.5
    assert [pace.allows() for _ in range(2)] == [True, False]
    now = 100.0
    assert [pace.allows() for _ in range(4)] == [True, True, True, False]


async def test_a_hello_is_said_once_and_an_unknown_cue_is_nobodys(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
        await page.say(ADA_HELLO)
        await page.say({"type": "shown", "id": "q9"})
        assert await page.is_silent()
        await watcher.ask("cue.given", id="q1", text="Chest up", ready=None)
        assert (await page.hear("cue"))["id"] == "q1"


async def test_cues_that_nobody_sees_are_let_go_the_oldest_first(
    athlete: Athlete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.consumers.training.CUES_UNDER_WAY", 2)
    async with socket(TRAINING, athlete.client) as page:
        watcher = await watched(page, athlete)
        for id in ("q1", "q2", "q3"):
            await watcher.ask("cue.given", id=id, text="Chest up", ready=None)
            await page.hear("cue")
        for id in ("q1", "q2", "q3"):
            await page.say({"type": "shown", "id": id})
        assert [(await watcher.hear())["id"] for _ in range(2)] == ["q2", "q3"]


async def test_bytes_are_told_to_come_as_text(athlete: Athlete) -> None:
    async with socket(TRAINING, athlete.client) as page:
        await page.open()
        await page._app.send_input({"type": "websocket.receive", "bytes": b"{}"})
        assert await page.closed() == (
            4400,
            "Binary messages are not understood. Send JSON as text.",
        )


def test_a_number_may_be_whole_or_not() -> None:
    check = number(0, 10)
    assert (check("hold_s", 3), check("hold_s", 2.5)) == (3.0, 2.5)
    for wrong in (True, "3", 10.1, -1, None):
        with pytest.raises(MessageError, match="hold_s"):
            check("hold_s", wrong)
