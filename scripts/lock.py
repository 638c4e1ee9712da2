"""Writes requirements/*.txt from the .in files.

Every version with the hashes of its files for all platforms, and no address of any index.
"""

import subprocess
import sys
import venv

from scripts.steps import ROOT, main_guard, say

FOLDER = ROOT / ".venv-lock"
# No configuration is read: a lock must not depend on the indexes or folders of one machine.
OPTIONS = (
    *("pip", "compile", "--no-config", "--no-emit-index-url", "--no-emit-find-links"),
    *("--generate-hashes", "--universal", "--python-version", "3.11", "--no-header", "--quiet"),
)
# Order matters: test builds on run and takes its versions.
CONSTRAINTS: dict[str, tuple[str, ...]] = {
    "run": (),
    "test": ("--constraint", "run.txt"),
    "fuzz": ("--constraint", "test.txt"),
    "train": (),
}


def main() -> int:
    uv = str(FOLDER / "bin" / "uv")
    if not (FOLDER / "bin" / "uv").exists():
        venv.create(FOLDER, clear=True, with_pip=True)
        subprocess.run([FOLDER / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    for name, constraints in CONSTRAINTS.items():
        say(f"Locking requirements/{name}.txt")
        command = [uv, *OPTIONS, *constraints, f"{name}.in", "--output-file", f"{name}.txt"]
        subprocess.run([*command, *sys.argv[1:]], cwd=ROOT / "requirements", check=True)
    return 0


if __name__ == "__main__":
    main_guard(main)
