"""Documents and code do not drift apart: links, commands and settings that are named do exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
TARGETS = set(re.findall(r"^([a-z0-9-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    missing = [
        to for to in LINK.findall(document.read_text()) if not (document.parent / to).exists()
    ]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_exist(document: Path) -> None:
    named = re.findall(r"(?:`|^)make ([a-z0-9-]+)", document.read_text(), re.MULTILINE)
    assert set(named) <= TARGETS


def test_every_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)) == TARGETS


def test_settings_that_are_documented_are_read() -> None:
    text = (ROOT / "docs/deployment.md").read_text().partition("## Settings")[2]
    rows = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    read = "".join(path.read_text() for path in (ROOT / "config").rglob("*.py"))
    assert documented
    assert not {name for name in documented if f'"{name}"' not in read}


def test_settings_that_are_read_are_documented() -> None:
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))
    documented = (ROOT / "docs/deployment.md").read_text()
    assert read
    assert not {name for name in read if f"`{name}`" not in documented}


def test_the_example_of_the_environment_names_what_compose_reads() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == asked
