"""A benchmark starts by itself: nobody has set Django up for it."""

import subprocess
import sys

from scripts.steps import ROOT


def test_every_benchmark_can_be_started() -> None:
    folder = ROOT / "benchmarks"
    names = {one.stem for one in folder.glob("[a-z]*.py")}
    names |= {one.parent.name for one in folder.glob("*/__main__.py")}
    imports = "; ".join(f"import benchmarks.{name}" for name in sorted(names))
    done = subprocess.run(
        [sys.executable, "-c", imports], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
