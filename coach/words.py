"""Words that leave the server for a calendar, in the athlete's language."""

from collections.abc import Sequence
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop, ngettext

from accounts.models import User
from coach.progression import Target
from coach.selectors.planned import Item, Planned

KG_A_POUND: Final = 0.45359237
TITLES: Final = (
    gettext_noop("First steps"),
    gettext_noop("Strong base"),
    gettext_noop("A pair of dumbbells"),
    gettext_noop("Your own weight"),
    gettext_noop("Whole body A"),
    gettext_noop("Whole body B"),
    gettext_noop("Legs and core"),
    gettext_noop("Upper body"),
    gettext_noop("In motion"),
    gettext_noop("Push"),
    gettext_noop("Legs"),
    gettext_noop("Arms and core"),
)


def summary(planned: Planned) -> str:
    """The day's title, else the plan's. Our own titles are translated, the athlete's are not."""
    title = planned.row.title or planned.row.plan.title
    return gettext(title) if planned.row.plan.slug else title


def description(items: Sequence[Item], units: str) -> str:
    """One line an exercise; units: the athlete's, which weights are said in."""
    return "\n".join(_line(item, units) for item in items)


def feed_name() -> str:
    return gettext("PoseCoach: planned workouts")


def _line(item: Item, units: str) -> str:
    target = item.next.target
    words = f"{gettext(item.row.exercise.name)}: {target.sets} × {_amount(target)}"
    return f"{words}, {_weight(target.load_kg, units)}" if target.load_kg else words


def _weight(kg: float, units: str) -> str:
    if units == User.Units.IMPERIAL:
        return f"{number_format(round(kg / KG_A_POUND))} lb"
    return f"{number_format(f'{kg:g}')} kg"


def _amount(target: Target) -> str:
    if target.hold_s is not None:
        return gettext("%(n)d s") % {"n": target.hold_s}
    if target.reps is None:
        return gettext("as many as you can")
    return ngettext("%(n)d repetition", "%(n)d repetitions", target.reps) % {"n": target.reps}
