"""What the lock files name: every package with its version."""

import json
import re
from typing import NamedTuple

from scripts.steps import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)(.*?)((?:\n    --hash=\S+(?: \\)?)*)$", re.M)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class Locked(NamedTuple):
    """kind: run, test or train (Python), page or tools (JavaScript). hashes: as the lock has them,
    sha256 in hex of each file (Python), one `sha512-…` (JavaScript)."""

    ecosystem: str
    name: str
    version: str
    kind: str
    hashes: tuple[str, ...]


def locked() -> list[Locked]:
    return [*(one for kind in ("run", "test", "train") for one in python(kind)), *javascript()]


def python(kind: str) -> list[Locked]:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    return [
        Locked("pypi", name, version, kind, tuple(HASH.findall(hashes)))
        for name, version, _marker, hashes in PIN.findall(text)
    ]


def javascript() -> list[Locked]:
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    return [
        Locked(
            "npm",
            path.rpartition("node_modules/")[2],
            package["version"],
            "tools" if package.get("dev") else "page",
            (package["integrity"],) if "integrity" in package else (),
        )
        for path, package in packages.items()
        if path and "version" in package
    ]
