"""Weights with their card; a set that does not fit the code is refused with the reason.

`discriminator.json` beside the weights names version, classes, checksums and metrics.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime

from models.calibration import AS_IS, Calibration
from models.features import FEATURES_VERSION
from models.skeleton import SKELETON_HASH

WEIGHTS: Final = Path(__file__).with_name("weights")
_CARD: Final = "discriminator.json"
_GRAPH: Final = "discriminator.onnx"


class RegistryError(RuntimeError):
    """The weights cannot be used with this code; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Card:
    """Facts about the weights. classes: names of the class logits, in order; calibration: from raw
    confidences to probabilities, measured by `make evaluate`."""

    version: str
    classes: tuple[str, ...]
    weights_sha256: str
    skeleton_hash: str
    features_version: str
    recognition_sha256: str
    calibration: Calibration = AS_IS


@dataclass(frozen=True, slots=True)
class Network:
    """A loaded network. `read` answers (N, T, 4) tracks and (N, classes) logits."""

    card: Card
    session: Any
    folder: Path

    def read(
        self, samples: np.ndarray[Any, np.dtype[np.float32]]
    ) -> tuple[np.ndarray[Any, np.dtype[np.float32]], np.ndarray[Any, np.dtype[np.float32]]]:
        track, classes = self.session.run(("track", "classes"), {"samples": samples})
        return track, classes


def read_card(folder: Path = WEIGHTS) -> Card:
    """Raises RegistryError where the card is missing or unreadable."""
    try:
        facts = json.loads((folder / _CARD).read_text())
        return Card(
            version=facts["version"],
            classes=tuple(facts["classes"]),
            weights_sha256=facts["weights_sha256"],
            skeleton_hash=facts["skeleton_hash"],
            features_version=facts["features_version"],
            recognition_sha256=facts["recognition_sha256"],
            calibration=Calibration.of(facts.get("calibration", {})),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(f"{folder / _CARD}: no readable model card ({error!r})") from error


def load(folder: Path = WEIGHTS) -> Network:
    """The network in `folder`, on one thread that sleeps when it has nothing to do.

    Raises RegistryError when weights and card disagree, or were made for other code.
    """
    card = read_card(folder)
    _expect(folder, "skeleton_hash", card.skeleton_hash, SKELETON_HASH)
    _expect(folder, "features_version", card.features_version, FEATURES_VERSION)
    graph = folder / _GRAPH
    if not graph.exists():
        raise RegistryError(f"{graph}: the weights are missing; run make train")
    data = graph.read_bytes()
    _expect(folder, "weights_sha256", card.weights_sha256, hashlib.sha256(data).hexdigest())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_mem_pattern = False  # keeps a plan, and room, for every shape that came once
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    return Network(card, session, folder)


def write_card(folder: Path, release: str, classes: tuple[str, ...], facts: dict[str, Any]) -> Card:
    """Describe the weights in `folder`; `facts` are kept beside what loading needs."""
    digest = hashlib.sha256((folder / _GRAPH).read_bytes()).hexdigest()
    card = {
        "version": f"{release}-{digest[:8]}",
        "classes": list(classes),
        "weights_sha256": digest,
        "skeleton_hash": SKELETON_HASH,
        "features_version": FEATURES_VERSION,
        **facts,
    }
    (folder / _CARD).write_text(json.dumps(card, indent=2) + "\n")
    return read_card(folder)


def amend_card(folder: Path, **facts: Any) -> None:
    """Add facts that were measured after the weights were written."""
    path = folder / _CARD
    path.write_text(json.dumps({**json.loads(path.read_text()), **facts}, indent=2) + "\n")


def _expect(folder: Path, field: str, found: str, right: str) -> None:
    if found != right:
        raise RegistryError(
            f"{folder / _CARD}: {field} is {found}, the code has {right};"
            " run make train, or check out the code that the weights were made with"
        )
