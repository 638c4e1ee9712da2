"""A digest in sentences, in the language that is active."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from accounts.notifications.mailing import absolute
from coach.digest.contents import Digest, OwnWeek
from coach.reasons import TONES, Code, Tone
from sessions.models import Exercise

Figures = Mapping[str, Any]


def own_lines(week: OwnWeek) -> list[str]:
    """One sentence each: what was done, the goal, the plan, what is ahead."""
    return [line for line in (_done(week), _goal(week), _plan(week), _ahead(week)) if line]


def _done(week: OwnWeek) -> str:
    if week.workouts == 0:
        return gettext("Last week you did not train. A short workout is a good beginning.")
    workouts = ngettext("%(n)d workout", "%(n)d workouts", week.workouts) % {"n": week.workouts}
    sets = ngettext("%(n)d set", "%(n)d sets", week.sets) % {"n": week.sets}
    reps = ngettext("%(n)d repetition", "%(n)d repetitions", week.reps) % {"n": week.reps}
    told = gettext("Last week: %(workouts)s, %(sets)s, %(reps)s, %(minutes)s minutes in motion.")
    minutes = number_format(round(week.active_s / 60))
    return told % {"workouts": workouts, "sets": sets, "reps": reps, "minutes": minutes}


def _goal(week: OwnWeek) -> str:
    if week.workouts >= week.goal:
        return gettext("That is your weekly goal of %(goal)d.") % {"goal": week.goal}
    return gettext("Your weekly goal is %(goal)d.") % {"goal": week.goal}


def _plan(week: OwnWeek) -> str:
    if week.planned == 0:
        return ""
    kept = {"done": week.planned - week.missed, "planned": week.planned}
    return gettext("Of your plan: %(done)d of %(planned)d workouts.") % kept


def _ahead(week: OwnWeek) -> str:
    if week.ahead == 0:
        return ""
    told = ngettext(
        "%(n)d workout is planned for this week.",
        "%(n)d workouts are planned for this week.",
        week.ahead,
    )
    return told % {"n": week.ahead}


def coach_lines(digest: Digest) -> list[dict[str, str]]:
    """Of each athlete who needs attention: name, why, and their page."""
    reasons = [reason for entry in digest.attention for reason in _asking(entry.reasons)]
    slugs = {reason["figures"].get("exercise") for reason in reasons}
    names = dict(Exercise.objects.filter(slug__in=slugs - {None}).values_list("slug", "name"))
    return [
        {
            "name": entry.name,
            "why": "; ".join(_why(reason, names) for reason in _asking(entry.reasons)),
            "url": absolute(f"/coach/athletes/{entry.athlete.pk}"),
        }
        for entry in digest.attention
    ]


def _asking(reasons: Any) -> list[dict[str, Any]]:
    return [one for one in reasons if TONES.get(one["code"], Tone.ATTENTION) is Tone.ATTENTION]


def _why(reason: Mapping[str, Any], names: Mapping[str, str]) -> str:
    figures = dict(reason["figures"])
    slug = figures.get("exercise")
    if isinstance(slug, str) and slug in names:
        figures["exercise"] = gettext(names[slug])
    words = _WHY.get(reason["code"])
    return words(figures) if words else gettext("something to look at")


def _pain(figures: Figures) -> str:
    return gettext("pain reported, %(level)s of 10") % figures


def _missed(figures: Figures) -> str:
    told = ngettext(
        "missed %(workouts)d planned workout",
        "missed %(workouts)d planned workouts in a row",
        figures["workouts"],
    )
    return told % figures


def _no_data(figures: Figures) -> str:
    if not figures["ever"]:
        return gettext("has not begun yet")
    told = ngettext("no workout for %(days)d day", "no workout for %(days)d days", figures["days"])
    return told % figures


def _disputed(figures: Figures) -> str:
    told = gettext("%(exercise)s: count disputed, %(machine)s counted, %(athlete)s said")
    return told % figures


def _range_falling(figures: Figures) -> str:
    return gettext("%(exercise)s: range down %(percent)s %% in %(days)s days") % figures


def _asymmetry(figures: Figures) -> str:
    return gettext("%(exercise)s: one side reaches %(percent)s %% less") % figures


def _findings(figures: Figures) -> str:
    return gettext("%(exercise)s: findings in %(percent)s %% of the repetitions") % figures


def _load_high(figures: Figures) -> str:
    ratio = number_format(figures["ratio"])
    return gettext("%(ratio)s times the usual load this week") % {"ratio": ratio}


_WHY: Final = {
    Code.PAIN: _pain,
    Code.MISSED: _missed,
    Code.NO_DATA: _no_data,
    Code.DISPUTED: _disputed,
    Code.RANGE_FALLING: _range_falling,
    Code.ASYMMETRY: _asymmetry,
    Code.FINDINGS: _findings,
    Code.LOAD_HIGH: _load_high,
}
