"""Brings a fresh checkout to the point where it can serve (`run`) or be tested (`test`).

Standard library only: it runs before anything is installed.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

from scripts.steps import ROOT, Step, StepError, carry_out, main_guard, run_logged, say

FRONTEND = ROOT / "frontend"
OLDEST_NODE = (20, 19)
NEWEST_FOR_TRAINING = (3, 13)
PYTHON_PROBE = "import pip, sys; print(sys.version)"
CATALOGUES = tuple(
    f"config/locale/{language}/LC_MESSAGES/django.mo" for language in ("de", "es", "zh_Hans")
)
SPA_SOURCES = (
    "frontend/src",
    "frontend/public",
    "frontend/build",
    "frontend/index.html",
    "frontend/package-lock.json",
    "frontend/vite.config.ts",
    "frontend/tsconfig.json",
    "models/skeleton.json",
    "models/weights",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("goal", choices=["run", "test", "train", "build"])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8000)
    options = parser.parse_args()

    if options.goal == "train":
        if sys.version_info >= NEWEST_FOR_TRAINING:
            raise StepError(
                "TensorFlow 2.19 needs Python 3.11 or 3.12: make train PYTHON=/path/to/python3.12"
            )
        carry_out(python_steps("train", ".venv-train"))
    elif options.goal == "build":
        carry_out([*frontend_steps(), build_step()])
    elif options.goal == "test":
        carry_out(python_steps("test"), frontend_steps())
    else:
        check_port(options.host, options.port)
        carry_out(python_steps("run"), frontend_steps(), then=[build_step(), data_step()])
        serve(options.host, options.port)
    return 0


def python_steps(kind: str, folder: str = ".venv") -> list[Step]:
    """kind: the lock file to install: `run`, `test` (which holds all of `run`) or `train`."""
    lock = f"requirements/{kind}.txt"
    python = venv_python(folder)
    facts = (sys.version, str(ROOT))
    make = Step(
        f"venv{folder}",
        f"Virtual environment in {folder}",
        lambda: make_venv(folder),
        outputs=(str(python),),
        facts=facts,
    )
    install = Step(
        f"python-{kind}",
        f"Python packages ({lock})",
        lambda: install_packages(kind, python),
        inputs=(lock,),
        outputs=(str(python),),
        facts=facts,
    )
    if kind == "train":
        return [make, install]
    words = Step(
        "catalogues",
        "Words of the server in every language",
        lambda: run_logged("catalogues", [python, "-m", "config.catalogues"]),
        inputs=("config/locale", "config/catalogues.py"),
        outputs=CATALOGUES,
    )
    if kind == "run" and python_steps("test")[1].is_done():
        return [words]
    return [make, install, words]


def venv_python(folder: str = ".venv") -> Path:
    return Path(folder, "bin/python")


def make_venv(folder: str) -> None:
    """Keeps a virtual environment of this very Python that works, and replaces any other."""
    python = ROOT / venv_python(folder)
    if python.exists() and answer_of(python, "-c", PYTHON_PROBE) == sys.version:
        return
    try:
        venv.create(ROOT / folder, clear=True, with_pip=True)
    except (subprocess.CalledProcessError, ImportError) as error:
        raise StepError(
            "This Python cannot make virtual environments; "
            "on Debian and Ubuntu, install the package python3-venv."
        ) from error


def install_packages(kind: str, python: Path) -> None:
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    run_logged(f"python-{kind}", [*pip, "--requirement", f"requirements/{kind}.txt"])


def frontend_steps() -> list[Step]:
    """What the tests and the build of the web pages need."""
    npm = find_npm()
    return [
        Step(
            "node-modules",
            "JavaScript packages (npm ci)",
            lambda: run_logged("node-modules", [npm, "ci", "--no-audit", "--no-fund"], FRONTEND),
            inputs=("frontend/package.json", "frontend/package-lock.json"),
            outputs=("frontend/node_modules/.package-lock.json",),
            facts=(node_version(),),
        ),
        Step(
            "pose-models",
            "Networks for the browser (npm run models)",
            lambda: run_logged("pose-models", [npm, "run", "models"], FRONTEND),
            inputs=("frontend/build", "frontend/package-lock.json", "models/weights"),
            outputs=("frontend/public/models",),
        ),
    ]


def build_step() -> Step:
    npm = find_npm()
    return Step(
        "spa",
        "Web pages (npm run build)",
        lambda: run_logged("spa", [npm, "run", "build"], FRONTEND),
        inputs=SPA_SOURCES,
        outputs=("frontend/dist/index.html",),
    )


def find_npm() -> str:
    """Raises StepError: Node.js or npm is missing or too old."""
    found = node_version()
    if tuple(int(number) for number in re.findall(r"\d+", found)[:2]) < OLDEST_NODE:
        needed = ".".join(map(str, OLDEST_NODE))
        raise StepError(
            f"Node.js {needed} or newer is needed; found: {found or 'none'}. See https://nodejs.org"
        )
    npm = shutil.which("npm")
    if not npm:
        raise StepError("npm is missing; it comes with Node.js, see https://nodejs.org")
    return npm


def node_version() -> str:
    node = shutil.which("node")
    return answer_of(node, "--version") if node else ""


def answer_of(*command: str | Path) -> str:
    """What a command prints, or nothing if it does not work."""
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    return result.stdout.strip() if result.returncode == 0 else ""


def data_step() -> Step:
    """Never skipped: the database may have been removed since, and nothing to do takes a second."""
    return Step("data", "Database, exercises and demo", prepare_data, always=True)


def prepare_data() -> None:
    run_logged("data", [venv_python(), "manage.py", "setup"])
    say((ROOT / ".setup/data.log").read_text().rstrip())


def port_number(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port; use a number from 1 to 65535")


def check_port(host: str, port: int) -> None:
    """Raises StepError: the port is taken. Asked before the long set-up, not after it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OSError as error:
            raise StepError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Stop what is using it, or choose another: make run PORT={port % 65_535 + 1}"
            ) from error


def serve(host: str, port: int) -> None:
    """Becomes the server, so that Ctrl-C reaches it and nothing stands in between."""
    python = str(venv_python())
    os.chdir(ROOT)
    os.execv(python, [python, "manage.py", "serve", "--host", host, "--port", str(port)])


if __name__ == "__main__":
    main_guard(main)
