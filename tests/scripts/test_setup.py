"""What set-up refuses, each with one line that says what to do."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import setup
from scripts.steps import StepError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port() -> object:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out(taken_port: int) -> None:
    with pytest.raises(StepError, match=f"Port {taken_port} .*make run PORT={taken_port + 1}"):
        setup.check_port("127.0.0.1", taken_port)


def test_a_free_port_is_left_free(taken_port: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    setup.check_port("127.0.0.1", port)
    setup.check_port("127.0.0.1", port)


@pytest.mark.parametrize("version", ["", "v18.20.4", "v20.18.0"])
def test_a_missing_or_old_node_is_told(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "node_version", lambda: version)
    with pytest.raises(StepError, match=rf"20\.19 or newer.*found: {version or 'none'}") as told:
        setup.find_npm()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("version", ["v20.19.0", "v22.1.0", "v24.0.0"])
def test_a_new_enough_node_is_taken(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "node_version", lambda: version)
    assert Path(setup.find_npm()).name.startswith("npm")


def with_python(tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Runs the finder with one candidate, a script that stands for some Python."""
    candidate = tmp_path / "python"
    candidate.write_text(f"#!/bin/sh\n{script}\n")
    candidate.chmod(0o755)
    return subprocess.run(
        ["sh", "scripts/with-python.sh", "-c", "print('hello')"],
        cwd=ROOT,
        env={**os.environ, "PYTHON": str(candidate)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_is_told_in_one_line(tmp_path: Path) -> None:
    result = with_python(tmp_path, '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or newer is needed; found: Python 3.9.2.")
    assert result.stderr.count("\n") == 1


def test_a_new_enough_python_gets_the_arguments(tmp_path: Path) -> None:
    assert with_python(tmp_path, 'exec python3 "$@"').stdout == "hello\n"


@pytest.mark.parametrize(
    ("url", "told"),
    [("", "PUBLIC_URL is ''"), ("http://coach.test", "https"), ("https://a.test/x", "path")],
)
def test_the_address_of_an_env_file_must_be_https(url: str, told: str) -> None:
    result = subprocess.run(
        ["sh", "scripts/with-python.sh", "-m", "scripts.make_env", url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert told in result.stderr
