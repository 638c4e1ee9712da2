"""The faults of every exercise, read from `form.json`; the browser reads the same file.

What to measure, when in the repetition, from where it can be judged, and the standard's limit. A
fault is one line of the file and needs no code of its own.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

Sides = Literal["both", "moving", "front"]
Phase = Literal["top", "bottom", "lowering", "whole"]
View = Literal["profile", "side", "front", "any"]
Unit = Literal["deg", "s", "ratio"]

_FACTS: Final = json.loads(Path(__file__).with_name("form.json").read_text())
SOURCES: Final[dict[str, str]] = dict(_FACTS["sources"])
PROPORTIONS: Final[dict[str, float]] = dict(_FACTS["proportions"])
_VIEWS: Final[dict[str, dict[str, float]]] = _FACTS["views"]


@dataclass(frozen=True, slots=True)
class Fault:
    """measure: a name of `form_measures`. sides: both, the one that moves more, or the front leg.
    take: the median over the phase's frames, or the range. limit: to be kept at most, or at least.
    span: how far beyond the limit it is as severe as can be. source: a key of SOURCES.
    """

    name: str
    joint: str
    phase: Phase
    measure: str
    sides: Sides
    take: Literal["median", "range"]
    view: View
    limit: float
    at_most: bool
    span: float
    unit: Unit
    source: str

    def severity(self, measured: float) -> float:
        """In [0, 1]; 0 where the limit is kept."""
        beyond = (measured - self.limit) if self.at_most else (self.limit - measured)
        return min(1.0, max(0.0, beyond / self.span))

    def shows_at(self, yaw_deg: float) -> bool:
        """Whether it can be judged from there: 0 is the side, 90 the front or the back."""
        seen = _VIEWS[self.view]
        return seen.get("from_deg", 0.0) <= yaw_deg <= seen.get("to_deg", 90.0)


@dataclass(frozen=True, slots=True)
class Standard:
    """driver: the measure that tells top from bottom, from every view as far as there is one; None
    for a hold. bottom_is_low: whether it is small at the bottom."""

    driver: str | None
    bottom_is_low: bool
    faults: tuple[Fault, ...]


def _fault(facts: dict[str, Any]) -> Fault:
    at_most = "at_most" in facts
    return Fault(
        name=facts["fault"],
        limit=float(facts["at_most" if at_most else "at_least"]),
        at_most=at_most,
        span=float(facts["span"]),
        **{
            name: facts[name]
            for name in ("joint", "phase", "measure", "sides", "take", "view", "unit", "source")
        },
    )


STANDARDS: Final[dict[str, Standard]] = {
    slug: Standard(facts["driver"], facts["bottom"] == "low", tuple(map(_fault, facts["faults"])))
    for slug, facts in _FACTS["exercises"].items()
}
