"""Athletes who train through whatever happens, and write down what the server told them.

They do what the page's outbox does: every write is sent again until it is answered, clips may go
out of order or twice. The journal holds acknowledgements alone; it is all that the verifier sees.
"""

import json
import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from uuid import UUID

from models.clip import CONTENT_TYPE, Clip, encode
from models.film import film
from tests.live import Answer, Visitor

FILMS = (1, 2, 4, 7, 9, 12)  # numbers of `models.film`, of exercises that are counted
FILM_SEED, FPS, CLIP_S = 5, 12, 2
RETRY_S = 0.2
GIVE_UP_S = 180


def clips_of(number: int) -> list[Clip]:
    """What a camera sends of a set."""
    seen = film(number, FILM_SEED, at_fps=FPS).sequence
    step = FPS * CLIP_S
    return [
        Clip("posenet_mobilenet_075", 640, 480, seen.t_ms[i : i + step], seen.poses[i : i + step])
        for i in range(0, len(seen), step)
    ]


class Journal:
    """A line an acknowledgement, on the disk before the next request."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()

    def write(self, **line: object) -> None:
        with self._lock, self._path.open("a") as file:
            file.write(json.dumps({"at": time.time(), **line}) + "\n")


@dataclass
class Athlete:
    """Signed in before the faults begin."""

    visitor: Visitor
    journal: Journal
    luck: random.Random

    def train(self, film_number: int, set_id: UUID, workout_id: UUID, pace_s: float) -> None:
        """One workout of one set, up to its finish."""
        start = datetime.now(UTC) - timedelta(minutes=5)
        began = {"started_at": start.isoformat(), "time_zone": "UTC"}
        self._put(f"/api/workouts/{workout_id}", began, what="workout", id=str(workout_id))
        asked = {"workout": str(workout_id), "exercise": None, "source": "camera"}
        asked["started_at"] = start.isoformat()
        self._put(f"/api/sets/{set_id}", asked, what="set", id=str(set_id), film=film_number)
        clips = clips_of(film_number)
        for index in self._order(len(clips)):
            body = encode(clips[index])
            self._put(f"/api/sets/{set_id}/clips/{index}", body, what="clip", set=str(set_id),
                      index=index)  # fmt: skip
            time.sleep(pace_s * self.luck.random())
        end = (start + timedelta(minutes=4)).isoformat()
        finish = {"clip_count": len(clips), "ended_at": end}
        self._send("POST", f"/api/sets/{set_id}/finish", finish)
        self.journal.write(what="finished", set=str(set_id), film=film_number, clips=len(clips))

    def _order(self, count: int) -> list[int]:
        """Mostly in order; now and then a neighbour first, now and then a clip twice."""
        order = list(range(count))
        for i in range(count - 1):
            if self.luck.random() < 0.2:
                order[i], order[i + 1] = order[i + 1], order[i]
        return [i for i in order for _ in range(2 if self.luck.random() < 0.15 else 1)]

    def _put(self, path: str, body: object, **line: object) -> None:
        self._send("PUT", path, body)
        self.journal.write(**line)

    def _send(self, method: str, path: str, body: object) -> Answer:
        """Until it is answered with 2xx. Raises AssertionError for an answer that is final."""
        kind = CONTENT_TYPE if isinstance(body, bytes) else "application/json"
        deadline = time.monotonic() + GIVE_UP_S
        while True:
            try:
                answer = self.visitor.call(method, path, body, content_type=kind, timeout_s=5)
            except (OSError, HTTPException):
                answer = None
            if answer is not None and 200 <= answer.status < 300:
                return answer
            if answer is not None:
                self.journal.write(what="refused", status=answer.status, path=path,
                                   told=answer.body[:200].decode(errors="replace"))  # fmt: skip
            final = answer is not None and answer.status < 500 and answer.status != 429
            assert not final, f"{method} {path}: {answer.status} {answer.body[:300]!r}"
            assert time.monotonic() < deadline, f"{method} {path} was never answered"
            time.sleep(RETRY_S)
