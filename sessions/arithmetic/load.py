"""How much was trained, and how this compares with what the athlete is used to.

Two measures that are never mixed. **Effort**: perceived effort (RPE, 1 to 10) times the minutes in
motion, the session-RPE of C. Foster et al. (J Strength Cond Res 15, 2001), taken a set at a time
(A. D. Sweet, C. Foster et al., J Strength Cond Res 18, 2004). **Movement**, where effort is not
given: repetitions times the range of each relative to the athlete's usual range of that exercise,
three seconds of a hold counting as one. Being relative, it can be added up over exercises, and
over model versions that measure a range differently.

Acute is a week, chronic the average week of four (T. J. Gabbett, Br J Sports Med 50, 2016). Their
ratio says whether the athlete does more than usual. It foretells no injury (F. M. Impellizzeri
et al., Int J Sports Physiol Perform 15, 2020), and no page may say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

LoadKind = Literal["effort", "movement"]
LoadWords = Literal["too_few", "rested", "less", "usual", "more"]

HOLD_S: Final = 3.0  # of a hold, as much as one repetition
ACUTE_DAYS: Final = 7
CHRONIC_DAYS: Final = 28
USUAL: Final = (0.8, 1.3)  # of the ratio (Gabbett 2016)


@dataclass(frozen=True, slots=True)
class Load:
    """acute: of the last 7 days. chronic: a week's average over the last 28. ratio: of the two,
    None before there are four weeks to compare with."""

    words: LoadWords
    acute: float
    chronic: float
    ratio: float | None


def effort(rpe: float, active_s: float) -> float:
    """Perceived effort times minutes."""
    return rpe * active_s / 60


def day_effort(sets: Sequence[tuple[float | None, float]]) -> float | None:
    """Of sets of one exercise, each with its RPE, if given, and its seconds in motion.

    Sets without one are taken for as hard as the others, if these are half of the time at least;
    else None.
    """
    rated = [(rpe, active_s) for rpe, active_s in sets if rpe is not None]
    rated_s, all_s = sum(active_s for _, active_s in rated), sum(active_s for _, active_s in sets)
    if rated_s <= 0 or rated_s < all_s / 2:
        return None
    return effort(sum(rpe * active_s for rpe, active_s in rated) / rated_s, all_s)


def movement(travel_deg: float, usual_deg: float) -> float:
    """Repetitions of the usual range that make up the same way."""
    return travel_deg / usual_deg


def holding(hold_s: float) -> float:
    return hold_s / HOLD_S


def load(by_day: Mapping[date, float], today: date) -> Load:
    """Where the athlete stands today, of the loads of all days."""
    acute = _sum(by_day, today, ACUTE_DAYS)
    chronic = _sum(by_day, today, CHRONIC_DAYS) * ACUTE_DAYS / CHRONIC_DAYS
    first = min(by_day, default=today)
    is_known = (today - first).days + 1 >= CHRONIC_DAYS
    ratio = acute / chronic if is_known and chronic > 0 else None
    return Load(_words(is_known, ratio), acute, chronic, ratio)


def _words(is_known: bool, ratio: float | None) -> LoadWords:
    if not is_known:
        return "too_few"
    if not ratio:
        return "rested"
    low, high = USUAL
    if ratio < low:
        return "less"
    return "more" if ratio > high else "usual"


def _sum(by_day: Mapping[date, float], last: date, days: int) -> float:
    """Over so many days up to the last one, added in order, so that it is the same every time."""
    every = (last - timedelta(days=back) for back in range(days - 1, -1, -1))
    return sum(by_day.get(day, 0.0) for day in every)
