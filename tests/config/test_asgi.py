"""What a process that serves does once it is loaded."""

import gc

from config import asgi


def test_what_is_loaded_is_not_looked_through_for_garbage_again() -> None:
    assert asgi.application
    assert gc.get_freeze_count() > 10_000
    assert gc.isenabled()
    assert gc.get_threshold()[0] >= 10_000
