"""Write the recogniser for the browser, beside the network that reads phases there."""

import json
from pathlib import Path
from typing import Final

import numpy as np

from models.golden import pack
from models.recogniser import Recogniser

FILE: Final = "recogniser.json"


def export_recogniser(recogniser: Recogniser, folder: Path) -> None:
    """Write `recogniser` to `folder`/tfjs: arrays as base64 of little-endian float32."""
    arrays = {
        name: pack(np.asarray(getattr(recogniser, name), "<f4"))
        for name in ("mean", "spread", "weights", "bias")
    }
    temperature = float(recogniser.temperature)
    facts = {"classes": list(recogniser.classes), **arrays, "temperature": temperature}
    (folder / "tfjs" / FILE).write_text(json.dumps(facts, indent=1) + "\n")
