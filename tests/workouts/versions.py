"""Other versions of the discriminator, made of the shipped one."""

import io
import json
from pathlib import Path

import numpy as np

from models import bundle
from models.registry import WEIGHTS


def shipped() -> bundle.Bundle:
    return bundle.of_folder(WEIGHTS)


def renamed(version: str = "0.9-other") -> bundle.Bundle:
    """The shipped weights under another name, without a copy for the browser."""
    return bundle.checked(_files(version))


def confused(version: str = "0.9-confused") -> bundle.Bundle:
    """Recognises by postures, but takes each exercise for its neighbour in the list."""
    files = _files(version)
    with np.load(io.BytesIO(files["recognition.npz"])) as stored:
        arrays = {name: stored[name] for name in stored.files}
    arrays["classes"] = np.roll(arrays["classes"], 1)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    files["recognition.npz"] = packed.getvalue()
    return bundle.checked(amended(files, recognition_sha256=bundle.sha256(packed.getvalue())))


def amended(files: dict[str, bytes], **facts: object) -> dict[str, bytes]:
    card = {**json.loads(files["discriminator.json"]), **facts}
    return {**files, "discriminator.json": json.dumps(card).encode()}


def written(files: dict[str, bytes], folder: Path) -> Path:
    bundle.write(files, folder)
    return folder


def _files(version: str) -> dict[str, bytes]:
    needed = {name: shipped().files[name] for name in bundle.NEEDED}
    return amended(needed, version=version)
