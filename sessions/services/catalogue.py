from django.core.exceptions import ValidationError
from django.db import transaction

from models.exercises import CATALOGUE
from sessions.models import Exercise


@transaction.atomic
def catalogue_load() -> int:
    """Brings the catalogue of the code into the database and returns its size.

    An admin's description and choice of what is offered stay as they are.
    """
    for spec in CATALOGUE:
        fixed = {
            "name": spec.name,
            "kind": spec.kind,
            "view": spec.view,
            "joints": list(spec.joints),
        }
        Exercise.objects.update_or_create(
            slug=spec.slug,
            defaults=fixed,
            create_defaults={**fixed, "description": spec.description},
        )
    return len(CATALOGUE)


def offered_exercise(slug: str | None) -> Exercise | None:
    """The exercise of this slug; None is none. Raises ValidationError for what is not offered."""
    if slug is None:
        return None
    offered = Exercise.objects.filter(is_active=True).in_bulk()
    if slug not in offered:
        legal = ", ".join(sorted(offered))
        raise ValidationError(
            {"exercise": f"I do not know “{slug}”. Choose one of {legal}, or null to recognise it."}
        )
    return offered[slug]
