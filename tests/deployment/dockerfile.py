"""Reads a Dockerfile and a compose file far enough to carry out the same steps without an engine.

What it does not know: users, layers, networks, anything a kernel would have to isolate.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

VARIABLE = re.compile(r"\$(?:(?P<escaped>\$)|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\})")


@dataclass(frozen=True)
class Instruction:
    word: str
    text: str

    @property
    def exec_form(self) -> list[str]:
        """The words of a `["…", "…"]` instruction."""
        words: list[str] = json.loads(self.text)
        return words


@dataclass
class Stage:
    image: str
    name: str = ""
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, word: str) -> list[Instruction]:
        return [step for step in self.instructions if step.word == word]


def read_dockerfile(path: Path) -> list[Stage]:
    text = re.sub(r"^\s*#.*\n", "", path.read_text(), flags=re.MULTILINE)
    stages: list[Stage] = []
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            image, _, name = rest.partition(" AS ")
            stages.append(Stage(image, name))
        elif word:
            stages[-1].instructions.append(Instruction(word, re.sub(r"\s+", " ", rest).strip()))
    return stages


def environment_of(stage: Stage) -> dict[str, str]:
    pairs = " ".join(step.text for step in stage.all("ENV")).split()
    return dict(pair.split("=", 1) for pair in pairs)


def read_compose(path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    """The compose file with its variables filled in.

    Raises KeyError: a variable that the file requires is missing or empty.
    """

    def fill_in(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: fill_in(value) for key, value in node.items()}
        if isinstance(node, list):
            return [fill_in(value) for value in node]
        return VARIABLE.sub(value_of, node) if isinstance(node, str) else node

    def value_of(match: re.Match[str]) -> str:
        if match["escaped"]:
            return "$"
        value = variables.get(match["name"], "")
        if not value and match["kind"] == "?":
            raise KeyError(f"{match['name']}: {match['text']}")
        return value or (match["text"] or "")

    filled: dict[str, Any] = fill_in(yaml.safe_load(path.read_text()))
    return filled
