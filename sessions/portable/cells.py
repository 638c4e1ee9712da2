"""Cells of other apps' tables: times, numbers, weights, and names of exercises."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sessions.models.sets import MAX_WEIGHT_KG

KG_PER_LB: Final = 0.45359237  # exact, by the international agreement of 1959
MAX_NOTE: Final = 2000
_TIMES: Final = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S",
    "%d %b %Y, %H:%M", "%b %d, %Y, %I:%M %p", "%d %b %Y %H:%M",
)  # fmt: skip
_LASTS: Final = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?", re.I)


class UnreadableError(ValueError):
    """A cell says something else than its column should."""


def slug_of(name: str) -> str | None:
    """The exercise of ours that another app calls so; None where we have none."""
    return _slugs().get(_plain(name))


def lasts(text: str) -> timedelta:
    """ "1h 5m", "45min", or seconds."""
    match = _LASTS.fullmatch(text.strip())
    if text.isdigit() and len(text) < 7:
        return timedelta(seconds=int(text))
    if match is None or len(text) > 20:
        raise UnreadableError(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return min(timedelta(hours=hours, minutes=minutes, seconds=seconds), timedelta(days=7))


def time_of(text: str, time_zone: str) -> datetime:
    for form in _TIMES:
        try:
            local = datetime.strptime(text.replace("\u202f", " "), form)  # noqa: DTZ007
            return local.replace(tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    raise UnreadableError(text)


def number(text: str, most: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        raise UnreadableError(text) from error
    if not 0 <= value <= most:
        raise UnreadableError(text)
    return value


def weight_kg(row: Mapping[str, str], unit: str) -> float | None:
    """None for no weight: what is lifted is the body."""
    told = {"weight_kg": "kg", "weight (kg)": "kg", "weight_lbs": "lb", "weight (lbs)": "lb"}
    said = row.get("weight unit", "").lower().removesuffix("s") or unit
    columns = {**told, "weight": said}
    for column, of in columns.items():
        value = number(row.get(column, ""), MAX_WEIGHT_KG / KG_PER_LB)
        if value:
            kg = value if of == "kg" else round(value * KG_PER_LB, 3)
            if kg > MAX_WEIGHT_KG:
                raise UnreadableError(row[column])
            return kg
    return None


def short(text: str) -> str:
    clean = text.replace("\x00", "")
    return clean if len(clean) <= MAX_NOTE else clean[: MAX_NOTE - 1] + "…"


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


@cache
def _slugs() -> dict[str, str]:
    names: dict[str, Iterable[str]] = json.loads(
        Path(__file__).with_name("exercise_names.json").read_text()
    )
    return {_plain(name): slug for slug, own in names.items() for name in own}
