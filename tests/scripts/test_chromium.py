"""Where a browser is looked for, in which order, and what is said when there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import chromium
from scripts.chromium import ChromiumMissingError, find_or_install
from scripts.steps import ROOT


class Machine:
    """What is on the PATH, what Playwright has, and which installers were asked."""

    def __init__(self) -> None:
        self.on_path: dict[str, str] = {}
        self.playwrights: Path | None = None
        self.asked: list[str] = []


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    fake = Machine()
    monkeypatch.delenv("POSECOACH_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", fake.on_path.get)
    monkeypatch.setattr(chromium, "playwright_path", lambda: fake.playwrights)
    monkeypatch.setattr(chromium, "attempt", lambda command: fake.asked.append(" ".join(command)))
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    return fake


def browser(folder: Path, name: str, status: int = 0) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return str(path)


def test_the_variable_comes_first(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.on_path["chromium"] = browser(tmp_path, "chromium")
    monkeypatch.setenv("POSECOACH_CHROMIUM", browser(tmp_path, "mine"))
    assert find_or_install() == str(tmp_path / "mine")


def test_a_variable_that_leads_nowhere_is_told(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSECOACH_CHROMIUM", "/no/such/browser")
    with pytest.raises(ChromiumMissingError, match="'/no/such/browser', which does not start"):
        find_or_install()


def test_one_that_does_not_start_is_passed_over(machine: Machine, tmp_path: Path) -> None:
    machine.on_path["chromium"] = browser(tmp_path, "chromium", status=127)
    machine.on_path["google-chrome"] = browser(tmp_path, "google-chrome")
    assert find_or_install() == str(tmp_path / "google-chrome")
    assert not machine.asked


def test_playwrights_own_is_taken_before_anything_is_installed(
    machine: Machine, tmp_path: Path
) -> None:
    machine.playwrights = Path(browser(tmp_path, "own"))
    assert find_or_install() == str(tmp_path / "own")
    assert not machine.asked


def test_installers_are_asked_in_turn_and_the_end_is_one_line(machine: Machine) -> None:
    machine.on_path["apt-get"] = "apt-get"
    with pytest.raises(ChromiumMissingError) as told:
        find_or_install()
    assert "playwright install chromium" in machine.asked[0]
    assert [command.split()[3] for command in machine.asked[1:]] == ["update", "install"]
    assert "\n" not in str(told.value)


def test_nothing_is_installed_system_wide_without_the_right(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.on_path["apt-get"] = "apt-get"
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    with pytest.raises(ChromiumMissingError):
        find_or_install()
    assert len(machine.asked) == 1


def test_playwrights_own_is_found_while_playwright_is_at_work() -> None:
    ask = """
from playwright.sync_api import sync_playwright
from scripts.chromium import playwright_path
with sync_playwright() as playwright:
    assert str(playwright_path()) == playwright.chromium.executable_path
"""
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_without_playwright_there_is_none_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "ASK_PLAYWRIGHT", "raise ImportError")
    assert chromium.playwright_path() is None
