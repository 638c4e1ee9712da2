"""Unit files for a machine without containers: the same commands as compose, as locked in."""

import configparser
import shlex
from pathlib import Path

import pytest

from tests.deployment.dockerfile import read_compose
from tests.live import ROOT

UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
SECRETS = {"SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "p", "PUBLIC_URL": "https://a.example"}
COMPOSE = read_compose(ROOT / "docker-compose.yml", SECRETS)["services"]
OWN = {"--host", "--port", "--hostname", "--schedule", "--concurrency"}  # of this way to run it


def read(path: Path) -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    return unit["Service"]


def shape(words: list[str]) -> list[str]:
    """A command without what differs from one way to run it to another."""
    kept: list[str] = []
    for word in words:
        if kept and kept[-1] in OWN:
            kept.pop()
        else:
            kept.append(Path(word).name if word.startswith("/") else word)
    return kept


def test_each_process_of_compose_has_a_unit() -> None:
    assert [path.name for path in UNITS] == [
        "posecoach-batch.service", "posecoach-beat.service", "posecoach-web@.service",
        "posecoach-worker@.service",
    ]  # fmt: skip


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_what_compose_runs_and_may_do_as_little(path: Path) -> None:
    unit, name = read(path), path.stem.removeprefix("posecoach-").rstrip("@")
    assert shape(shlex.split(unit["ExecStart"])) == shape(COMPOSE[name]["command"])
    assert unit["Restart"] == "always"
    assert unit["NoNewPrivileges"] == unit["ProtectHome"] == "yes"
    assert (unit["ProtectSystem"], unit["CapabilityBoundingSet"]) == ("strict", "")
    own = [words for words in unit["Environment"].split() if words.startswith("DATA_DIR=")]
    assert own == [f"DATA_DIR=/var/lib/{unit['StateDirectory']}"]


def test_workers_have_names_that_readyz_asks_for() -> None:
    command = shlex.split(read(ROOT / "deploy/systemd/posecoach-worker@.service")["ExecStart"])
    assert command[command.index("--hostname") + 1].startswith("celery@")
