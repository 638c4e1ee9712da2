"""The days of a programme and their prescriptions, written down as rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from coach.models import Prescription, Programme, ProgrammeDay
from sessions.models import Exercise

MAX_DAYS: Final = 60
MAX_ITEMS: Final = 15


def write_days(programme: Programme, days: Sequence[Mapping[str, Any]]) -> None:
    """Replaces the programme's days by these: {week, title, items [{exercise, sets, …}]}.

    Inside a transaction. Raises ValidationError that names the field, as in days[0].items[2].reps.
    """
    known = {exercise.slug: exercise for exercise in Exercise.objects.filter(is_active=True)}
    programme.days.all().delete()
    for index, given in enumerate(days):
        day = ProgrammeDay(
            programme=programme,
            index=index,
            week=given.get("week", 0),
            title=given.get("title", ""),
        )
        _check(day, f"days[{index}]", exclude=("programme",))
        day.save()
        Prescription.objects.bulk_create(
            _prescription(day, position, item, known, f"days[{index}].items[{position}]")
            for position, item in enumerate(given["items"])
        )


def _prescription(
    day: ProgrammeDay,
    position: int,
    given: Mapping[str, Any],
    known: Mapping[str, Exercise],
    path: str,
) -> Prescription:
    figures = dict(given)
    exercise = known.get(figures.pop("exercise"))
    if exercise is None:
        raise ValidationError({f"{path}.exercise": _("There is no such exercise.")})
    figures["tempo"] = figures.get("tempo") or ""
    row = Prescription(day=day, position=position, exercise=exercise, **figures)
    _check(row, path, exclude=("day", "exercise"))
    return row


def _check(row: ProgrammeDay | Prescription, path: str, exclude: Sequence[str]) -> None:
    try:
        row.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        named = {
            path if field == NON_FIELD_ERRORS else f"{path}.{field}": messages
            for field, messages in error.message_dict.items()
        }
        raise ValidationError(named) from error
