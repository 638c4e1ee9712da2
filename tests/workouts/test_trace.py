from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import uuid4

import pytest

from sessions import trace


class Notes:
    """A tracer that writes down what it is asked for."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    @contextmanager
    def _noted(self, *told: object) -> Iterator[None]:
        self.told.append(told)
        yield
        self.told.append(("end", *told[:2]))

    def span(
        self, name: str, parent: str | None, ids: dict[str, trace.Id]
    ) -> AbstractContextManager[None]:
        return self._noted("span", name, parent, ids)

    def record(
        self, name: str, parent: str, started_s: float, ids: dict[str, trace.Id]
    ) -> str | None:
        self.told.append(("record", name, parent, started_s, ids))
        return "00-made"

    def describe(self, ids: dict[str, trace.Id]) -> None:
        self.told.append(("describe", ids))

    def under(self, parent: str) -> AbstractContextManager[None]:
        return self._noted("under", parent)

    def traceparent(self) -> str | None:
        return "00-current"


@pytest.fixture
def notes() -> Iterator[Notes]:
    made = Notes()
    trace.install(made)
    yield made
    trace.install(None)


def test_without_a_tracer_nothing_happens() -> None:
    with trace.span("clip.commit", set_id=uuid4()), trace.under("00-x"):
        assert trace.traceparent() is None
    assert trace.record("clip.commit", parent=None, started_s=0.0) is None
    trace.describe(clips=2)
    assert not trace.is_on()


def test_an_error_passes_through_a_span() -> None:
    with pytest.raises(ZeroDivisionError), trace.span("set.analyze"):
        _ = 1 / 0


def test_what_is_asked_for_reaches_the_tracer(notes: Notes) -> None:
    with trace.span("clip.receive", set_id="s", clip=3):
        assert trace.traceparent() == "00-current"
        trace.describe(clips=2)
    assert trace.record("clip.commit", parent=None, started_s=1.5) is None
    assert trace.record("clip.commit", parent="00-a", started_s=1.5, set_id="s") == "00-made"
    with trace.under("00-b"), trace.under(None):
        pass
    assert notes.told == [
        ("span", "clip.receive", None, {"set_id": "s", "clip": 3}),
        ("describe", {"clips": 2}),
        ("end", "span", "clip.receive"),
        ("record", "clip.commit", "00-a", 1.5, {"set_id": "s"}),
        ("under", "00-b"),
        ("end", "under", "00-b"),
    ]
