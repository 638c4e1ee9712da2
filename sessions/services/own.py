"""Writes about own exercises: shown, changed, retired, shared."""

from base64 import b32encode
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, PermissionDenied

from accounts.models import User
from models.own_template import Mark, OwnError, Template, make
from sessions.errors import Conflict
from sessions.models import Exercise, OwnExercise
from sessions.references import BadReferenceError, read
from sessions.selectors.exercises import NO_EXERCISE, OWN
from sessions.services.checks import check_consent

MOST: Final = 100  # of one coach


@transaction.atomic
def own_put(
    *,
    author: User,
    own_id: UUID,
    name: str,
    description: str,
    view: str,
    joints: Collection[str],
    marks: Iterable[dict[str, int]],
    cues: list[dict[str, str]],
    reference: bytes | None = None,
) -> OwnExercise:
    """Shows an exercise, or changes one: sets that were counted keep their count.

    reference: clips one after another; None keeps the one that is stored. joints: none lets the
    marked repetitions decide. Raises PermissionDenied for who is no coach, ValidationError,
    NotFound for an id of somebody else, Conflict for one that has retired, ConsentWithdrawn for a
    recording of who does not want movements to be stored any more.
    """
    if not author.is_coach:
        raise PermissionDenied(_("Exercises of their own are for coaches."))
    User.objects.select_for_update(no_key=True).get(pk=author.pk)
    stored = OwnExercise.objects.select_related("exercise").filter(id=own_id).first()
    if stored is not None and stored.author_id != author.pk:
        raise NotFound(NO_EXERCISE)
    if stored is not None and stored.deleted_at is not None:
        raise Conflict(_("This exercise has retired. Bring it back first."))
    if stored is None and OwnExercise.objects.alive().filter(author=author).count() >= MOST:
        raise Conflict(_("You have as many exercises as fit. Retire one first."))
    if reference is not None:
        check_consent(author)
    else:
        if stored is None or not stored.reference:
            raise ValidationError({"reference": _("Record the exercise first.")})
        reference = bytes(stored.reference)
    marked = [dict(mark) for mark in marks]
    template = _template(reference, marked, tuple(joints))
    exercise = stored.exercise if stored else Exercise(slug=slug_of(own_id))
    exercise.name, exercise.description, exercise.view = name, description, view
    exercise.joints = [joint.name for joint in template.joints]
    exercise.full_clean(validate_unique=stored is None)
    exercise.save()
    now = timezone.now()
    own = stored or OwnExercise(id=own_id, exercise=exercise, author=author, created_at=now)
    own.reference, own.marks, own.cues = reference, marked, cues
    own.template, own.changed_at = template.to_json(), now
    own.save()
    return own


@transaction.atomic
def own_retire(*, author: User, own_id: UUID) -> None:
    """Nobody is offered it any more; its sets stay. Raises NotFound."""
    own = _of(author, own_id)
    _show(own, retired_at=own.deleted_at or timezone.now())


@transaction.atomic
def own_restore(*, author: User, own_id: UUID) -> None:
    """Raises NotFound."""
    _show(_of(author, own_id), retired_at=None)


@transaction.atomic
def own_share(
    *, author: User, own_id: UUID, athletes: Collection[User], among: Collection[User]
) -> list[User]:
    """Shares it with exactly these of those among whom the author may choose; returns the new ones.

    Others keep what they have. Raises NotFound.
    """
    own = _of(author, own_id)
    before = set(own.shared_with.all())
    own.shared_with.remove(*(set(among) - set(athletes)))
    own.shared_with.add(*athletes)
    return [athlete for athlete in athletes if athlete not in before]


@transaction.atomic
def own_share_planned(*, author: User, athlete: User, slugs: Collection[str]) -> list[OwnExercise]:
    """Shares those of the author's exercises that a plan asks for; returns what is new."""
    asked = OwnExercise.objects.alive().filter(author=author, exercise__in=slugs)
    fresh = list(asked.exclude(shared_with=athlete).select_related("exercise"))
    for own in fresh:
        own.shared_with.add(athlete)
    return fresh


def slug_of(own_id: UUID) -> str:
    """Of 30 characters, not to be guessed."""
    return OWN + b32encode(own_id.bytes).decode().rstrip("=").lower()


def _of(author: User, own_id: UUID) -> OwnExercise:
    own = OwnExercise.objects.select_related("exercise").filter(id=own_id, author=author).first()
    if own is None:
        raise NotFound(NO_EXERCISE)
    return own


def _show(own: OwnExercise, retired_at: datetime | None) -> None:
    own.deleted_at = retired_at
    own.save(update_fields=["deleted_at"])
    own.exercise.is_active = retired_at is None
    own.exercise.save(update_fields=["is_active"])


def _template(reference: bytes, marks: list[dict[str, int]], joints: tuple[str, ...]) -> Template:
    try:
        return make(read(reference), [Mark(**mark) for mark in marks], joints)
    except (OwnError, BadReferenceError) as error:
        raise ValidationError({error.field: error.message}) from error
