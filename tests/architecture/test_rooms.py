"""Who imports whom, by contract and in a running process."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVED = "import django; django.setup(); import config.asgi, config.celery, sessions.tasks"
HEAVY = ("tensorflow", "keras", "tensorflowjs", "onnx")


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_every_contract_is_kept() -> None:
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert done.returncode == 0, done.stdout


def test_no_web_or_worker_process_loads_a_training_library() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; "
        f"{SERVED}; print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert run(sys.executable, "-c", code).stdout.strip().endswith("[]")


def test_the_machine_learning_room_runs_without_django() -> None:
    code = (
        "import pkgutil, importlib, sys, models\n"
        "for found in pkgutil.iter_modules(models.__path__, 'models.'):\n"
        "    try: importlib.import_module(found.name)\n"
        f"    except ImportError as error: assert error.name.split('.')[0] in {HEAVY}, error\n"
        "print([name for name in ('django', 'celery', 'channels') if name in sys.modules])"
    )
    done = run(sys.executable, "-c", code)
    assert done.stdout.strip() == "[]", done.stderr


def test_migrations_are_complete() -> None:
    done = run(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout
