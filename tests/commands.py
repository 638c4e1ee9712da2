"""Commands of the product, each in a process of its own that starts quickly.

Libraries are imported once, by a process that does nothing else, and each command begins as a copy
of it. Our own code, settings and connections are new in every one.
"""

import gc
import multiprocessing
import os
import runpy
import sys
import tempfile
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parent.parent
# What takes long to import and asks for no settings.
LIBRARIES = [
    "celery.app.base", "channels", "cryptography.hazmat.backends.openssl.backend",
    "django.contrib.postgres.fields", "django.core.management", "django.db.backends.sqlite3.base",
    "django.test.client", "drf_spectacular.utils", "fido2.server", "numpy", "onnxruntime",
    "opentelemetry.sdk.trace", "prometheus_client", "pytest", "redis.asyncio", "requests",
]  # fmt: skip


def run(*command: str, env: dict[str, str], timeout_s: float = 280) -> "CompletedProcess[str]":
    """`python` with these arguments, a script or `-m` and a module; raises TimeoutError.

    env: the whole environment, as of `tests.live.environment`.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _starter().Process(target=_carry_out, args=(command, env, out, err))
        process.start()
        process.join(timeout_s)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"{' '.join(command)}: {err.read_text()}")
        return CompletedProcess(command, process.exitcode, out.read_text(), err.read_text())


def _starter() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)  # heeded by the first process alone
    return context


def _carry_out(command: tuple[str, ...], env: dict[str, str], out: Path, err: Path) -> None:
    for path, descriptor in ((out, 1), (err, 2)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    # A migration makes thousands of classes, and is looked through a hundred times: one in four
    # seconds of it. What the libraries hold stays anyway.
    gc.freeze()
    gc.set_threshold(50_000)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    if command[0] == "-m":
        sys.argv = list(command[1:])
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(command)
        runpy.run_path(command[0], run_name="__main__")
