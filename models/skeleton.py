"""The 17 keypoints, their edges, mirror pairs and joint angles, read from `skeleton.json`.

The browser reads the same file, so a name or an order stands in one place only.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Final

_PATH: Final = Path(__file__).with_name("skeleton.json")
_FACTS: Final = json.loads(_PATH.read_text())

KEYPOINTS: Final[tuple[str, ...]] = tuple(_FACTS["keypoints"])
EDGES: Final[tuple[tuple[int, int], ...]] = tuple((a, b) for a, b in _FACTS["edges"])
MIRROR: Final[tuple[int, ...]] = tuple(_FACTS["mirror"])
ANGLES: Final[dict[str, tuple[int, int, int]]] = {
    name: (a, b, c) for name, (a, b, c) in _FACTS["angles"].items()
}
ESTIMATORS: Final[dict[str, int]] = dict(_FACTS["estimators"])
K: Final = len(KEYPOINTS)

# Another estimator changes nothing of what weights were taught on.
_TAUGHT: Final = {name: fact for name, fact in _FACTS.items() if name != "estimators"}
_TEXT: Final = json.dumps(_TAUGHT, sort_keys=True, separators=(",", ":"))
SKELETON_HASH: Final = sha256(_TEXT.encode()).hexdigest()[:12]
