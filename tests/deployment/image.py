"""Carries out a Dockerfile's steps in a folder that stands for the image's file tree.

All stages share the one tree, and steps that only root in an image can do are left out and told.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.deployment.dockerfile import Instruction, Stage, environment_of

# Top folders of the image that the steps write to; their paths are led into the tree.
IMAGE_FOLDERS = re.compile(r"(?<![\w.~-])/(?=(?:app|data|opt/venv|src|tmp)\b)")
STEP_LIMIT_S = 600


@dataclass
class Image:
    """A tree of files and how to run something in it.

    tree: folder that stands for `/`; source: the checkout that the image is built from.
    outside: settings that name things of this machine, which are taken as they are.
    """

    tree: Path
    source: Path
    workdir: Path = Path("/")
    env: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def build(self, stages: list[Stage]) -> None:
        for stage in stages:
            self.workdir = Path("/")
            self.env = environment_of(stage)
            for step in stage.instructions:
                self._carry_out(step)

    def _carry_out(self, step: Instruction) -> None:
        if step.word == "WORKDIR":
            self.workdir = Path(step.text)
            self.place(step.text).mkdir(parents=True, exist_ok=True)
        elif step.word == "COPY":
            self._copy(step.text.split())
        elif step.word == "RUN" and "useradd" in step.text:
            self.left_out.append(step.text)
        elif step.word == "RUN":
            print(f"RUN {step.text}", flush=True)
            self.run(["sh", "-c", step.text])

    def _copy(self, words: list[str]) -> None:
        from_stage = words[0].startswith("--from=")
        *sources, target = words[1:] if from_stage else words
        for source in sources:
            origin = self.place(source) if from_stage else self.source / source
            goal = self.place(target)
            if origin.is_dir():
                if origin != goal:
                    shutil.copytree(origin, goal, dirs_exist_ok=True)
            else:
                goal.mkdir(parents=True, exist_ok=True)
                shutil.copy2(origin, goal)

    def place(self, path: str) -> Path:
        """Where a path of the image lies."""
        return self.tree / (self.workdir / path).relative_to("/")

    def led_here(self, text: str) -> str:
        """A command or setting with the image's folders replaced by those of the tree."""
        return IMAGE_FOLDERS.sub(f"{self.tree}/", text)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Only what the image says, and what this machine's package clients need."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "LANG"} or re.match(r"(PIP|SSL|NODE|npm)_", name)
        }
        for name, value in {**self.env, **(more or {})}.items():
            kept[name] = self.led_here(value).replace("$PATH", os.environ["PATH"])
        return {**kept, **self.outside}

    def run(self, command: list[str], more: Mapping[str, str] | None = None) -> str:
        """Output of a command. Raises AssertionError, with the output, when it fails."""
        result = subprocess.run(
            [self.led_here(word) for word in command],
            cwd=self.place("."),
            env=self.environment(more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=STEP_LIMIT_S,
            check=False,
        )
        assert result.returncode == 0, f"{shlex.join(command)}\n{result.stdout[-4000:]}"
        return result.stdout

    def start(
        self, command: list[str], more: Mapping[str, str], log: Path
    ) -> subprocess.Popen[bytes]:
        with log.open("wb") as output:
            return subprocess.Popen(
                [self.led_here(word) for word in command],
                cwd=self.place("."),
                env=self.environment(more),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
