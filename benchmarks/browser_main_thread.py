"""Is the page free while poses are found?

Timers of the page are due every 4 ms during a film; the value is how late the 99th percentile of
them is. The ratio is to the 8 ms that leave room for a frame of 60 a second. Tasks over 50 ms are
named before.

    python -m benchmarks.browser_main_thread [--backend wasm] [--frames 100]
"""

import argparse

import numpy as np

from benchmarks._browser import FILM, arguments, lab
from benchmarks._common import report
from benchmarks.browser_pipeline import PIPELINE

LATE_MS = 8.0


def main() -> None:
    options = arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]), frames=100)
    with lab(webgl=options.backend.startswith("webg"), built=options.built) as page:
        run = page.evaluate(PIPELINE, [FILM, options.backend, options.frames])
    long_ms = [round(ms) for ms in run["longTasksMs"]]
    print(f"tasks over 50 ms: {len(long_ms)} {long_ms}")
    late_ms = float(np.quantile(run["delaysMs"], 0.99))
    unit = f"ms late, 99th percentile, {len(long_ms)} tasks over 50 ms"
    report("browser_main_thread", late_ms, unit, late_ms / LATE_MS, f"{LATE_MS:.0f} ms")


if __name__ == "__main__":
    main()
