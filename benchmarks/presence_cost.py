"""What does an empty room cost, against a person in view?

The page's own worker (WASM) reads a film of somebody and looks at rooms without anybody, at the
same frame rate, in the same run: one that stands still and one in which a curtain swings all the
time. The cost is the time from picture to answer, once the gate has had its time to close. The
dearer of the rooms counts.

    python -m benchmarks.presence_cost [--built] [--empty FILM]
"""

import argparse
from pathlib import Path
from typing import Any

from benchmarks._browser import FILM, arguments, lab
from benchmarks._common import report

FPS = 12
SECONDS = 15
SETTLED_MS = 4_000  # the gate closes after 1.5 s of doubt and a second of looks
FILM_CALL = "async ([name, fps]) => lab.film(await (await fetch(name)).blob(), fps)"
ROOM_CALL = "([seconds, fps, moves]) => lab.room(seconds, fps, moves)"


def ms_a_second(watched: dict[str, Any], from_ms: int = 0) -> float:
    """Milliseconds of work for each second of pictures."""
    late = [ms for t, ms in zip(watched["tMs"], watched["ms"], strict=True) if t >= from_ms]
    return sum(late) / len(late) * FPS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--empty", type=Path, help="a film of your own without anybody")
    options = arguments(parser, frames=0)
    costs = {}
    with lab(built=options.built) as page:
        occupied = ms_a_second(page.evaluate(FILM_CALL, [FILM, FPS]))
        for name, moves in (("still", False), ("moving", True)):
            watched = page.evaluate(ROOM_CALL, [SECONDS, FPS, moves])
            costs[name] = ms_a_second(watched, SETTLED_MS)
    if options.empty:
        with lab(options.empty.parent, built=True) as page:
            watched = page.evaluate(FILM_CALL, [f"/images/{options.empty.name}", FPS])
            costs[options.empty.name] = ms_a_second(watched, SETTLED_MS)
    for name, cost in costs.items():
        print(f"{name} room: {cost:.0f} ms/s, person in view {occupied:.0f} ms/s")
    worst = max(costs.values())
    report("presence_cost", worst, "ms/s, empty room", worst / occupied, "a person in view")


if __name__ == "__main__":
    main()
