"""How much of the bare network's speed is left in the whole pipeline of the page?

decode → worker → PoseNet 257 → follow → draw → clip, over a film of a rendered figure, against
the forward pass of the same network on the same backend: fifteen of the one, fifteen of the
other, and so on, since machines change their speed within seconds.

    python -m benchmarks.browser_pipeline [--backend wasm] [--frames 300]
"""

import argparse

from benchmarks._browser import FILM, arguments, lab
from benchmarks._common import report

TURNS = {"frames": 15, "sidePx": 257}
PIPELINE = """async ([name, backend, frames, turns]) =>
  lab.pipeline(await (await fetch(name)).blob(), backend, frames, turns)"""


def main() -> None:
    options = arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]), frames=300)
    film = [FILM, options.backend, options.frames, TURNS]
    with lab(webgl=options.backend.startswith("webg"), built=options.built) as page:
        run = page.evaluate(PIPELINE, film)
    whole = run["frames"] / run["seconds"]
    bare = 1000 * len(run["bareMs"]) / sum(run["bareMs"])
    print(f"{run['backend']}: bare {bare:.2f}, pipeline {whole:.2f} frames/s")
    unit = f"frames/s, {options.backend}"
    report("browser_pipeline", whole, unit, whole / bare, "the bare network's frames/s")


if __name__ == "__main__":
    main()
