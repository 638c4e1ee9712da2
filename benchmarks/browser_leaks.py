"""Does looking at pictures leave tensors or heap behind?

The ratio is of the heap at the end to the heap after a tenth of the frames, by when every kind of
frame has been seen. 10,000 frames take a quarter of an hour on WASM:

    python -m benchmarks.browser_leaks [--backend wasm] [--frames 300]
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks._browser import EXACT_HEAP, FIXTURES, arguments, lab
from benchmarks._common import report
from scripts import video

MARKS = 10
LEAKS = """async ([names, backend, frames, marks]) => {
  const pictures = names.map(async (name) => (await fetch(`/images/${name}`)).blob())
  return lab.leaks(await Promise.all(pictures), backend, frames, marks)
}"""


def main() -> None:
    options = arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]), frames=300)
    squat = video.split((FIXTURES / "squat.mjpeg").read_bytes())
    with TemporaryDirectory() as folder:
        names = [f"{number}.jpg" for number in range(0, len(squat), 5)]
        for name, frame in zip(names, squat[::5], strict=True):
            (Path(folder) / name).write_bytes(frame)
        webgl = options.backend.startswith("webg")
        with lab(Path(folder), webgl=webgl, extra=EXACT_HEAP, built=options.built) as page:
            left = page.evaluate(LEAKS, [names, options.backend, options.frames, MARKS])
    print("heap in MB:", *(f"{mark['heapBytes'] / 1e6:.2f}" for mark in left))
    tensors = left[-1]["tensors"] - left[0]["tensors"]
    growth = left[-1]["heapBytes"] / left[1]["heapBytes"]
    unit = f"tensors left by {options.frames} frames"
    report("browser_leaks", tensors, unit, growth, "the heap after a tenth of the frames")


if __name__ == "__main__":
    main()
