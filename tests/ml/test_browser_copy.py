"""The browser's copy of the discriminator answers about recorded sequences as this code does."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from models import golden
from models.registry import load

ROOT = Path(__file__).parents[2]
POSES = ROOT.parent / "shared" / "data" / "poses"
FRONTEND = ROOT / "frontend"
# source, member, frames a second, aspect; short ones, so that the test is quick
RECORDED = (("repcount", 3, 25.0, 1.0), ("pushfit_movenet", 5, 20.0, 1.6))


@pytest.mark.skipif(not POSES.is_dir(), reason=f"recorded sequences are not at {POSES}")
@pytest.mark.skipif(
    not (FRONTEND / "node_modules").is_dir() or not shutil.which("npx"),
    reason="the browser's packages are not installed: run npm ci in frontend/",
)
def test_recorded_sequences_are_answered_alike(tmp_path: Path) -> None:
    network = load()
    cases = [
        recorded(source, members, fps, aspect, network) for source, members, fps, aspect in RECORDED
    ]
    vectors = tmp_path / "vectors.json"
    vectors.write_text(json.dumps({"cases": [case for group in cases for case in group]}))
    done = subprocess.run(
        ["npx", "vitest", "run", "src/discriminator/analysis.test.ts", "-t", "recorded"],
        cwd=FRONTEND,
        env={**os.environ, "VECTORS": str(vectors)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def recorded(source: str, members: int, fps: float, aspect: float, network) -> list[dict]:
    """Vectors of the shortest sequences of a source that somebody is seen in."""
    with np.load(POSES / f"{source}.npz") as file:
        sequences = [(name, file[name].astype(np.float32)) for name in file.files]
    cases = []
    for name, poses in sorted(sequences, key=lambda pair: len(pair[1])):
        if len(poses) < 60 or len(cases) == members:
            continue
        poses[:, :, :2] /= max(1.0, float(poses[:, :, :2].max()))
        t_ms = np.round(np.arange(len(poses)) * 1000 / fps).astype(np.int64)
        cases.append(golden.case_of(f"recorded {name}", t_ms, poses, aspect, network))
    return cases
