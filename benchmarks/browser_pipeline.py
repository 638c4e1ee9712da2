"""How much of the bare network's speed is left in the whole pipeline of the page?

decode → worker → PoseNet 257 → follow → draw → clip, over a film of a rendered figure, against
the forward pass of the same network on the same backend in the same run: bare, pipeline, bare,
pipeline, …, the median of the rounds' ratios.

    python -m benchmarks.browser_pipeline [--backend wasm] [--frames 60] [--rounds 3]
"""

import argparse
import statistics

from benchmarks._browser import FILM, arguments, lab
from benchmarks._common import report

SIDE_PX = 257
PIPELINE = """async ([name, backend, frames]) =>
  lab.pipeline(await (await fetch(name)).blob(), backend, frames)"""
BARE = "([backend, side, passes]) => lab.bare(backend, side, passes)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = arguments(parser, frames=60)
    whole, bare = [], []
    with lab(webgl=options.backend.startswith("webg"), built=options.built) as page:
        for _ in range(options.rounds):
            times_ms = page.evaluate(BARE, [options.backend, SIDE_PX, options.frames])
            bare.append(1000 / statistics.median(times_ms))
            film = [FILM, options.backend, options.frames]
            run = page.evaluate(PIPELINE, film)
            whole.append(run["frames"] / run["seconds"])
            print(f"{options.backend}: bare {bare[-1]:.2f}, pipeline {whole[-1]:.2f} frames/s")
    ratio = statistics.median(w / b for w, b in zip(whole, bare, strict=True))
    unit = f"frames/s, {options.backend}"
    report("browser_pipeline", statistics.median(whole), unit, ratio, "the bare network's frames/s")


if __name__ == "__main__":
    main()
