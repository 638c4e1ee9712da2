"""A set of weights as a bundle of files: from a folder or a zip, checked before it may count.

A bundle is checked by what is in it, never by where it came from: names, sizes, hashes, the
skeleton and features that it was made for, and whether the network answers at all.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from models import recogniser
from models.features import F
from models.registry import RegistryError, load

MB: Final = 1024 * 1024
MOST_BYTES: Final = 32 * MB  # of all files together
MOST_ENTRIES: Final = 200  # of a zip, needed or not
NEEDED: Final = ("discriminator.json", "discriminator.onnx", "recognition.npz")
BROWSER: Final = ("tfjs/card.json", "tfjs/model.json", "tfjs/recogniser.json")
WEIGHTS_OF_BROWSER: Final = "tfjs/group"  # group1-shard1of1.bin and so on
DESCRIBING: Final = ("MODEL_CARD.md", "folds.json", "videos.json", "suite.json", "labels.json")
_TRIAL_SAMPLES: Final = 48


class BundleError(ValueError):
    """The files are no set of weights for this code; the message says why."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """files: contents by path inside the folder of the weights. facts: what its card says."""

    files: Mapping[str, bytes]
    facts: Mapping[str, Any]

    @property
    def version(self) -> str:
        return str(self.facts["version"])

    @property
    def has_browser_copy(self) -> bool:
        return BROWSER[0] in self.files

    @property
    def model_card(self) -> str:
        return self.files.get("MODEL_CARD.md", b"").decode(errors="replace")

    @property
    def digest(self) -> str:
        """sha256 over names and contents of all files."""
        lines = (f"{name} {sha256(self.files[name])}\n" for name in sorted(self.files))
        return sha256("".join(lines).encode())


def of_folder(folder: Path) -> Bundle:
    """Raises BundleError."""
    if not folder.is_dir():
        raise BundleError(f"{folder} is no folder.")
    found = {name: folder / name for name in _names(folder)}
    if sum(path.stat().st_size for path in found.values()) > MOST_BYTES:
        raise BundleError(_too_large())
    return checked({name: path.read_bytes() for name, path in found.items()})


def of_zip(file: BinaryIO) -> Bundle:
    """The files may lie in one folder of the zip. Raises BundleError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return checked(_unpacked(archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BundleError(f"This is no readable zip file ({error}).") from error


def checked(files: Mapping[str, bytes]) -> Bundle:
    """Raises BundleError unless these files are weights that this code can use."""
    if missing := [name for name in NEEDED if name not in files]:
        raise BundleError(f"{', '.join(missing)} is missing. Is it a folder of weights?")
    try:
        facts = json.loads(files[NEEDED[0]])
    except ValueError as error:
        raise BundleError(f"{NEEDED[0]} is not JSON: {error}.") from error
    if not isinstance(facts, dict) or not isinstance(facts.get("version"), str):
        raise BundleError(f"{NEEDED[0]} says no version.")
    if not 0 < len(facts["version"]) <= 64:
        raise BundleError("version: expected 1 to 64 characters.")
    _try(files, tuple(facts.get("classes", ())))
    _check_browser_copy(files, facts)
    return Bundle(dict(files), facts)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _names(folder: Path) -> list[str]:
    """Those of its files that belong to the weights."""
    every = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(filter(_belongs, every))


def _belongs(name: str) -> bool:
    if name in (*NEEDED, *BROWSER, *DESCRIBING):
        return True
    return name.startswith(WEIGHTS_OF_BROWSER) and name.endswith(".bin") and name.count("/") == 1


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES:
        raise BundleError(f"The zip has {len(entries)} files; at most {MOST_ENTRIES} are read.")
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if entry.filename.startswith("/") or ".." in parts or ":" in parts[0]:
            raise BundleError(f"{entry.filename!r} points out of the folder.")
    top = _top(entries)
    wanted = {
        entry.filename.removeprefix(top): entry
        for entry in entries
        if entry.filename.startswith(top) and _belongs(entry.filename.removeprefix(top))
    }
    room, files = MOST_BYTES, {}
    for name, entry in wanted.items():
        with archive.open(entry) as source:
            files[name] = source.read(room + 1)  # not what the entry says of its size
        room -= len(files[name])
        if room < 0:
            raise BundleError(_too_large())
    return files


def _top(entries: list[zipfile.ZipInfo]) -> str:
    """The folder that the card lies in, with its slash; empty where it is at the top."""
    cards = [e.filename for e in entries if e.filename.split("/")[-1] == NEEDED[0]]
    nearest = min(cards, key=lambda name: name.count("/"), default=NEEDED[0])
    return nearest.removesuffix(NEEDED[0])


def _try(files: Mapping[str, bytes], classes: tuple[str, ...]) -> None:
    """Loads the network and asks it once."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write({name: files[name] for name in NEEDED}, folder)
        try:
            network = load(folder)
            known = recogniser.load(folder, network.card.recognition_sha256)
            track, logits = network.read(np.zeros((1, _TRIAL_SAMPLES, F), np.float32))
        except RegistryError as error:
            told = str(error).replace(f"{folder}/", "").split("; run make train")[0]
            raise BundleError(f"{told}.") from error
        except Exception as error:  # whatever the runtime throws at a strange graph
            raise BundleError(f"discriminator.onnx cannot be run: {error}") from error
    expected = ((1, _TRIAL_SAMPLES, 4), (1, len(classes)))
    if (track.shape, logits.shape) != expected:
        raise BundleError(f"Expected answers {expected}, got {(track.shape, logits.shape)}.")
    if unknown := set(known.classes) - set(classes):
        raise BundleError(f"recognition.npz has classes of its own: {', '.join(sorted(unknown))}.")


def _check_browser_copy(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> None:
    """All of it or nothing, and of the same version."""
    found = [name for name in files if name.startswith("tfjs/")]
    if not found:
        return
    missing = [name for name in BROWSER if name not in files]
    if missing or not any(name.startswith(WEIGHTS_OF_BROWSER) for name in found):
        raise BundleError("The browser's copy is not whole: send all of tfjs/, or nothing of it.")
    try:
        says = json.loads(files[BROWSER[0]])["version"]
        manifest = json.loads(files[BROWSER[1]])["weightsManifest"]
        shards = [path for group in manifest for path in group["paths"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BundleError(f"The browser's copy cannot be read ({error!r}).") from error
    if says != facts["version"]:
        raise BundleError(f"tfjs/card.json is of {says}, discriminator.json of {facts['version']}.")
    if lost := [shard for shard in shards if f"tfjs/{shard}" not in files]:
        raise BundleError(f"tfjs/{lost[0]} is missing.")


def _too_large() -> str:
    return f"The files are larger than {MOST_BYTES // MB} MB together."
