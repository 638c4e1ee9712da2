"""The workers inside the web process, as they are set up."""

import threading
import time
from typing import Any

import pytest

from config.celery import SWEEPS
from config.embedded import EmbeddedWorker, _work, app


class Application:
    """Notes how many workers are being set up at a time."""

    now, most = 0, 0

    def set_current(self) -> None:
        pass

    def set_up(self, **_given: Any) -> "Application":
        Application.now += 1
        Application.most = max(Application.most, Application.now)
        time.sleep(0.01)
        Application.now -= 1
        return self

    WorkController = set_up

    def start(self) -> None:
        pass


def test_one_worker_is_set_up_after_the_other() -> None:
    # An import of tasks in one thread changes what the other is going through: "dictionary changed
    # size during iteration", and a server that never becomes ready.
    threads = [threading.Thread(target=_work, args=(Application(), name)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Application.most == 1


def test_the_clock_sweeps_again_and_again_and_wakes_what_is_daily_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    worker = EmbeddedWorker(sweep_every_s=0.0)

    def send(name: str) -> None:
        sent.append(name)
        if sent.count(SWEEPS[-1]) == 3:
            worker._stopping.set()

    monkeypatch.setattr(app, "send_task", send)
    worker._clock()
    assert {sent.count(name) for name in SWEEPS} == {3}
    assert sent.count("coach.tasks.remove_old_looks") == 1, "after a day that was off, at once"
