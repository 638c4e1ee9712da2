"""The days of a programme and their prescriptions, written down as rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coach.models import Prescription, Programme, ProgrammeDay
from coach.models.prescriptions import Asked
from sessions.models import Exercise
from sessions.selectors.exercises import exercises_offered

MAX_DAYS: Final = 120
MAX_ITEMS: Final = 15

Row = TypeVar("Row", bound=Asked)


def write_days(programme: Programme, days: Sequence[Mapping[str, Any]]) -> None:
    """Replaces the programme's days by these: {week, title, items [{exercise, sets, …}]}.

    Inside a transaction. Raises ValidationError that names the field, as in days[0].items[2].reps.
    """
    rows = [
        ProgrammeDay(
            programme=programme,
            index=index,
            week=given.get("week", 0),
            title=given.get("title", ""),
        )
        for index, given in enumerate(days)
    ]
    for row in rows:
        _check(row, f"days[{row.index}]", exclude=("programme",))
    programme.days.all().delete()
    ProgrammeDay.objects.bulk_create(rows)
    known = exercises_by_slug(programme.author)
    Prescription.objects.bulk_create(
        item
        for row, given in zip(rows, days, strict=True)
        for item in asked_rows(
            Prescription, given["items"], known, path=f"days[{row.index}].items", day=row
        )
    )


def exercises_by_slug(who: User | None) -> dict[str, Exercise]:
    """What they can ask for; None: the built-in programmes, of the catalogue alone."""
    if who is None:
        offered = Exercise.objects.filter(is_active=True, own=None)
    else:
        offered = exercises_offered(actor=who)
    return {exercise.slug: exercise for exercise in offered}


def check_trainable(field: str, slugs: Iterable[str], athlete: User) -> None:
    """Raises ValidationError where one of the exercises is not for the athlete to train."""
    if not set(slugs) <= exercises_by_slug(athlete).keys():
        told = _("Share your own exercises with the athlete first.")
        raise ValidationError({field: told})


def asked_rows(
    kind: type[Row],
    items: Sequence[Mapping[str, Any]],
    known: Mapping[str, Exercise],
    *,
    path: str,
    **owner: Any,
) -> list[Row]:
    """Rows of a day or of a planned workout, checked but not saved.

    Raises ValidationError that names the field, as in items[2].reps for the path "items".
    """
    return [
        _asked_row(kind, {**given, "position": position}, known, f"{path}[{position}]", owner)
        for position, given in enumerate(items)
    ]


def _asked_row(
    kind: type[Row],
    given: Mapping[str, Any],
    known: Mapping[str, Exercise],
    path: str,
    owner: Mapping[str, Any],
) -> Row:
    figures = dict(given)
    exercise = known.get(figures.pop("exercise"))
    if exercise is None:
        raise ValidationError({f"{path}.exercise": _("There is no such exercise.")})
    figures["tempo"] = figures.get("tempo") or ""
    row = kind(exercise=exercise, **figures, **owner)
    _check(row, path, exclude=(*owner, "exercise"))
    return row


def _check(row: Model, path: str, exclude: Sequence[str]) -> None:
    try:
        row.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        named = {
            path if field == NON_FIELD_ERRORS else f"{path}.{field}": messages
            for field, messages in error.message_dict.items()
        }
        raise ValidationError(named) from error
