"""What other choices would have counted: for figures that only an oracle could reach.

Published figures of other work keep, for each video, the class whose count is nearest the truth.
The same is computed here, and of rates, so that it can stand beside the honest figure, named.
"""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from models import discriminator, reps, tempo
from models.features import track
from models.registry import Network
from models.sequence import Sequence

CLASSES: Final = (
    *("bench_press", "front_raise", "jumping_jack", "pommel_horse"),
    *("pull_up", "push_up", "sit_up", "squat"),
)


def counts_by_rate(sequence: Sequence, network: Network) -> tuple[int, ...]:
    """The count at every rate that is looked at."""
    source = track(sequence)
    if not source.seen.any():
        return (0,)
    readings = discriminator._readings(source, network)
    return tuple(len(reps.judge(tempo._count(one), source)[0]) for one in readings)


def counts_by_class(
    sequence: Sequence, network: Network, exercises: Iterable[str] = CLASSES
) -> tuple[int, ...]:
    """The count with each exercise given."""
    return tuple(
        len(discriminator.analyze(sequence, exercise=slug, network=network).reps)
        for slug in exercises
    )


def remembering(network: Network) -> Network:
    """The same network, which answers the same samples only once; for one sequence at a time."""
    return Network(network.card, _Memory(network.session), network.folder)


class _Memory:
    """A session that keeps its answers."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._answers: dict[bytes, Any] = {}

    def run(self, names: Any, feeds: dict[str, np.ndarray[Any, Any]]) -> Any:
        key = b"".join(np.ascontiguousarray(value).tobytes() for value in feeds.values())
        if key not in self._answers:
            self._answers[key] = self._session.run(names, feeds)
        return self._answers[key]
