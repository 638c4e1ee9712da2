"""Who needs their coach, and why: plain rules, each a function of what is known of one athlete.

A rule answers with a reason or with nothing; its docstring is its definition. Each reason names the
scope that it tells something of: who was not granted that never learns of it, and the bucket an
athlete is in follows from the reasons that a reader may see (`coach.reasons`).
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile
from typing import Final

from coach.facts import ChangeFact, Facts, PlannedFact, RecordFact
from coach.models import Scope
from coach.reasons import Code, Reason, Target
from coach.states import PlannedState

RECENT_DAYS: Final = 14  # what lies further back is no news
SILENT_DAYS: Final = 10
RESTING_DAYS: Final = 3
NEW_DAYS: Final = 14
RECORD_DAYS: Final = 7
RECORD_STEP: Final = 0.03  # a smaller one is within what is measured
MISSED: Final = 2
PAINFUL: Final = 3  # of 10: up to 2 is safe to train with (R. Thomeé, Phys Ther 77, 1997)
RANGE_LOST: Final = 0.05  # of the range: less is what a camera is unsure of
SYMMETRIC: Final = (
    0.9  # the limb symmetry index that is asked for (R. Thomeé et al., KSSTA 19, 2011)
)
OFTEN: Final = 0.2  # of the repetitions
COUNT_APART: Final = 2  # repetitions in one set; or one in as many sets as SETS_APART
SETS_APART: Final = 3
LOAD_HIGH: Final = 1.5  # acute over chronic, the upper end of what T. J. Gabbett (2016) describes


def reasons(facts: Facts) -> list[Reason]:
    """All that is to be said of an athlete, worst first."""
    return [reason for rule in RULES if (reason := rule(facts)) is not None]


def new_reason(days: int) -> Reason | None:
    """Coached for less than two weeks: how somebody begins decides whether they stay. Of the link
    and not of the athlete, so each coach has their own."""
    if days >= NEW_DAYS:
        return None
    return Reason(Code.NEW, None, {"days": days}, Target("athlete"))


def pain(facts: Facts) -> Reason | None:
    """Pain of 3 or more was reported in the last two weeks, and nothing milder since: training on
    through it is a coach's decision, not a page's."""
    said = facts.pain
    if said is None or said.level < PAINFUL or _ago(facts, said.day) > RECENT_DAYS:
        return None
    figures = {"level": said.level, "area": said.area, "days": _ago(facts, said.day)}
    return Reason(Code.PAIN, Scope.RESULTS, figures, Target("workout", workout=said.workout))


def missed(facts: Facts) -> Reason | None:
    """The last two planned workouts that were due, or more, were missed, the last of them in these
    two weeks. One happens to everybody; two are a beginning. What was skipped in words is not
    missed."""
    run = _missed_run(facts)
    if len(run) < MISSED or _ago(facts, run[0].day) > RECENT_DAYS:
        return None
    return Reason(Code.MISSED, Scope.PLAN, {"workouts": len(run)}, _planned(run[0]))


def missed_one(facts: Facts) -> Reason | None:
    """The last planned workout was missed, and the one before was not: good to know."""
    run = _missed_run(facts)
    if len(run) != 1 or _ago(facts, run[0].day) > RESTING_DAYS:
        return None
    return Reason(Code.MISSED_ONE, Scope.PLAN, {"days": _ago(facts, run[0].day)}, _planned(run[0]))


def no_data(facts: Facts) -> Reason | None:
    """No workout for ten days, or none ever since the athlete joined ten days ago or earlier."""
    days = _ago(facts, facts.last_day or facts.joined)
    if days < SILENT_DAYS:
        return None
    figures = {"days": days, "ever": facts.last_day is not None}
    return Reason(Code.NO_DATA, Scope.RESULTS, figures, Target("athlete"))


def disputed(facts: Facts) -> Reason | None:
    """The athlete's count and the machine's are two repetitions or more apart in a set of the last
    two weeks, or apart at all in three; until a coach has had a word. One is within what people
    miscount."""
    recent = [one for one in facts.disputes if _ago(facts, one.day) <= RECENT_DAYS]
    far = [one for one in recent if abs(one.machine - one.athlete) >= COUNT_APART]
    if not far and len(recent) < SETS_APART:
        return None
    worst = max(far or recent, key=lambda one: (one.day, abs(one.machine - one.athlete)))
    figures = {
        "exercise": worst.exercise, "machine": worst.machine, "athlete": worst.athlete,
        "sets": len(recent),
    }  # fmt: skip
    return Reason(Code.DISPUTED, Scope.RESULTS, figures, worst.target)


def range_falling(facts: Facts) -> Reason | None:
    """The range of motion of an exercise falls, by 5 % or more within three weeks: tired, in pain,
    or too heavy. Said only where the interval of the slope excludes 0."""
    falls = [one for one in facts.range_falls if 1 - one.now / one.before >= RANGE_LOST]
    return _change(Code.RANGE_FALLING, falls, lambda one: 100 * (1 - one.now / one.before))


def asymmetry(facts: Facts) -> Reason | None:
    """The weaker side falls behind for sure, and now reaches less than 90 % of the other."""
    falls = [one for one in facts.symmetry_falls if one.now < SYMMETRIC]
    return _change(Code.ASYMMETRY, falls, lambda one: 100 * (1 - one.now))


def findings(facts: Facts) -> Reason | None:
    """The share of repetitions with a finding of form rises for sure, and is now one in five or
    more."""
    rises = [one for one in facts.finding_rises if one.now >= OFTEN]
    return _change(Code.FINDINGS, rises, lambda one: 100 * one.now)


def load_high(facts: Facts) -> Reason | None:
    """The last seven days are one and a half times the average week of four, or more. It says that
    the athlete does much more than usual, and foretells nothing (decisions/0016)."""
    if facts.load_ratio is None or facts.load_ratio < LOAD_HIGH:
        return None
    figures = {"ratio": round(facts.load_ratio, 2)}
    return Reason(Code.LOAD_HIGH, Scope.RESULTS, figures, Target("trends"))


def record(facts: Facts) -> Reason | None:
    """A record that stood was beaten by 3 % or more in the last seven days: the easiest good word
    of the day."""
    best = facts.record
    if best is None or not is_news(best, facts.today):
        return None
    figures = {
        "exercise": best.exercise, "measure": best.measure, "value": best.value,
        "previous": best.previous,
    }  # fmt: skip
    return Reason(Code.RECORD, Scope.RESULTS, figures, best.target)


def is_news(best: RecordFact, today: date) -> bool:
    recent = (today - best.day).days < RECORD_DAYS
    return recent and best.value >= best.previous * (1 + RECORD_STEP)


def due_today(facts: Facts) -> Reason | None:
    """A workout is planned for today, and is not begun."""
    today = [
        one for one in facts.planned
        if one.day == facts.today and one.state is PlannedState.PLANNED
    ]  # fmt: skip
    if not today:
        return None
    return Reason(
        Code.DUE_TODAY,
        Scope.PLAN,
        {"title": today[0].title, "slug": today[0].slug},
        _planned(today[0]),
    )


def resting(facts: Facts) -> Reason | None:
    """Trained in the last ten days, but neither today nor on the two days before."""
    if facts.last_day is None:
        return None
    days = _ago(facts, facts.last_day)
    if not RESTING_DAYS <= days < SILENT_DAYS:
        return None
    return Reason(Code.RESTING, Scope.RESULTS, {"days": days}, Target("athlete"))


RULES: Final[Sequence[Callable[[Facts], Reason | None]]] = (
    pain, missed, no_data, disputed, range_falling, asymmetry, findings, load_high, record,
    missed_one, due_today, resting,
)  # fmt: skip


def _missed_run(facts: Facts) -> list[PlannedFact]:
    """Those missed since one was done, the last first."""
    over = (one for one in reversed(facts.planned) if one.state in _OVER)
    return list(takewhile(lambda one: one.state is PlannedState.MISSED, over))


_OVER: Final = {PlannedState.DONE, PlannedState.STARTED, PlannedState.MISSED}


def _change(
    code: Code, changes: Sequence[ChangeFact], percent: Callable[[ChangeFact], float]
) -> Reason | None:
    """The largest of them."""
    if not changes:
        return None
    most = max(changes, key=percent)
    figures = {
        "exercise": most.exercise, "percent": round(percent(most)), "days": most.days,
        "detail": most.detail,
    }  # fmt: skip
    return Reason(code, Scope.RESULTS, figures, most.target)


def _planned(one: PlannedFact) -> Target:
    return Target("planned", planned=one.id)


def _ago(facts: Facts, day: date) -> int:
    return (facts.today - day).days
