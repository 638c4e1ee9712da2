"""Across sources: `python -m models.transfer` tests a source by a network trained without it.

Each source with pixels is asked twice: with true angles, as a camera gives them, and min-maxed, as
recorded sets often are. `openpose_form` is never trained on, so the shipped weights are asked. An
exercise that is not in the catalogue is left out of the share recognised; how often "unknown" was
the answer stands beside it. Writes `transfer.json` beside the weights and the model card anew.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from models import answers, card, registry, report
from models.dataset import EVALUATION_ONLY
from models.left_out import networks, parser
from models.recordings import Recording, read, square
from models.registry import WEIGHTS
from models.scoring import figures, shown

SOURCES: Final = ("gym_sapiens", "pushfit_movenet", "countix_extra")
FACTS: Final = "transfer.json"
_FORMS: Final = ("true_angles", "min_max")


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument(
        "--seen", action="store_true", help="train nothing: missing ones are the shipped weights"
    )
    chosen = arguments.parse_args()
    found = {source: measure(source, chosen.poses, WEIGHTS) for source in sorted(EVALUATION_ONLY)}
    instead = WEIGHTS if chosen.seen else None
    kept = (chosen.networks, SOURCES, chosen.poses, _outside, chosen.steps, instead)
    with networks(*kept) as folders:
        found |= {source: measure(source, chosen.poses, folders[source]) for source in SOURCES}
    for source, facts in found.items():
        print(f"{source}{' (trained on it)' if facts['trained_on_it'] else ''}: {_line(facts)}")
    (chosen.out / FACTS).write_text(json.dumps(report.plain(found), indent=1) + "\n")
    card.write(chosen.out)


def measure(source: str, poses: Path, network: Path) -> dict[str, Any]:
    """Figures of one source in both forms; `true_angles` is None where the source has none."""
    recordings, _ = read(poses / f"{source}.npz", poses / "labels.csv")
    facts = json.loads((network / "discriminator.json").read_text())
    found: dict[str, Any] = {
        "network": registry.read_card(network).version,
        "trained_on_it": facts.get("trained_on", {}).get(source, 0) > 0,
    }
    squared = [replace(one, sequence=square(one.sequence)) for one in recordings]
    true = all(one.sequence.aspect is not None for one in recordings)
    for form, asked in zip(_FORMS, (recordings if true else None, squared), strict=True):
        found[form] = None if asked is None else _figures(asked, network)
    return found


def _figures(recordings: list[Recording], network: Path) -> dict[str, Any]:
    predictions = answers.ask(recordings, network)
    whole = report.full(predictions)
    kept = ("confusion", "not_in_catalogue", "exercises")
    return {**figures(predictions), **{key: whole[key] for key in kept if key in whole}}


def _line(facts: dict[str, Any]) -> str:
    return ", ".join(
        f"{form} {shown(facts[form]['recognition'])} ({shown(facts[form]['likeliest'])} if forced)"
        for form in _FORMS
        if facts[form]
    )


def _outside(source: str, clip: Any) -> bool:
    return bool(clip.source != source)


if __name__ == "__main__":
    main()
