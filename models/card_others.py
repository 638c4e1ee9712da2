"""Sections of the model card that tell what was measured beside the folds."""

from collections.abc import Mapping
from typing import Any, Final

from models.scoring import paragraph, table

_VIDEO_HEAD: Final = ("video", "exercise", "truth", "counted", "recognised")


def transfer(found: dict[str, Any]) -> str:
    rows = [
        [
            source,
            _form(facts, "sequences"),
            "**yes**" if facts["trained_on_it"] else "no",
            *(
                None if facts[form] is None else facts[form][key]
                for form in ("true_angles", "min_max")
                for key in ("recognition", "likeliest")
            ),
            _form(facts, "obo"),
        ]
        for source, facts in found.items()
    ]
    notes = [
        f"{source}: of {unknown['sequences']} sequences of exercises that are not in the catalogue"
        f" {unknown['answered_unknown']} were answered unknown; they are left out of the shares."
        for source, facts in found.items()
        if (unknown := (facts["min_max"].get("not_in_catalogue")))
    ]
    if any(facts["trained_on_it"] for facts in found.values()):
        notes.insert(0, "Where the network was trained on the source, the line is no honest one.")
    head = ("source", "n", "trained on it", "recognised, true angles", "if a name had to be given")
    more = ("recognised, min-maxed", "if a name had to be given", "OBO")
    return "\n\n".join(
        (
            paragraph(
                "Share recognised by a network that has not seen the source, with the picture's"
                " true proportions as a camera gives them, and stretched to squares."
                ' "Nobody exercised" counts as wrong.'
            ),
            table((*head, *more), rows),
            *map(paragraph, notes),
        )
    )


def videos(found: dict[str, Any]) -> str:
    rows = [
        [
            v["file"],
            v["exercise"],
            f"{v['reps']} ± {v['tolerance']}",
            _marked(v["counted"], abs(v["counted"] - v["reps"]) <= v["tolerance"]),
            v["recognised"],
        ]
        for v in found["videos"]
    ]
    summary = (
        f"Model {found['model_version']}, keypoints {found['keypoints']}, exercise unknown. Within"
        f" tolerance {_of(found['within_tolerance'])}; exact {_of(found['exact'])}, with up to six"
        f" repetitions {_of(found['exact_up_to_6'])}; recognised {_of(found['recognised'])}. None"
        " was trained on; the decoder's gates were chosen while looking at their counts, so read"
        " this as fitted, not as held out."
    )
    parts = [paragraph(summary), table(_VIDEO_HEAD, rows)]
    if others := found.get("others"):
        right, number = others["recognised"]
        more = (
            f"Of {number} more short clips of {others['exercise']}, counts unknown, {right} were"
            f" recognised and {others['counted_none'][0]} counted as nothing."
        )
        parts.append(paragraph(more))
    return "\n\n".join(parts)


def plain(found: dict[str, Any]) -> str:
    """Any facts: a note, a table of single figures, and a table for each group of them."""
    parts = [str(found["note"])] if found.get("note") else []
    single = [[_words(key), value] for key, value in found.items() if _is_figure(key, value)]
    if single:
        parts.append(table(("figure", "value"), single))
    parts += [_group(key, value) for key, value in found.items() if isinstance(value, dict)]
    return "\n\n".join(parts)


def _group(name: str, rows: Mapping[str, Any]) -> str:
    if not all(isinstance(row, dict) for row in rows.values()):
        return table((_words(name), "value"), [[_words(key), row] for key, row in rows.items()])
    keys = list(dict.fromkeys(key for row in rows.values() for key in row))
    body = [[key, *(row.get(one) for one in keys)] for key, row in rows.items()]
    return table((_words(name), *map(_words, keys)), body)


def _is_figure(key: str, value: Any) -> bool:
    return key != "note" and not isinstance(value, dict | list)


def _form(facts: dict[str, Any], key: str) -> Any:
    return facts["min_max"][key]


def _words(key: str) -> str:
    return key.replace("_", " ")


def _of(share: list[int]) -> str:
    return f"{share[0]} of {share[1]}"


def _marked(count: int, right: bool) -> str:
    return str(count) if right else f"**{count}**"
