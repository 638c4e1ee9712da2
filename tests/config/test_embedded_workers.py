"""The workers inside the web process, as they are set up."""

import threading
import time
from typing import Any

from config.embedded import _work


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
