from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from models.exercises import CATALOGUE
from sessions.models import Exercise
from sessions.selectors.exercises import exercises_known, exercises_offered


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


def known_exercise(slug: str | None, athlete: User) -> Exercise | None:
    """The exercise of this slug; None is none. Raises ValidationError for one they do not have."""
    if slug is None:
        return None
    found = exercises_known(actor=athlete).filter(slug=slug).first()
    if found is None:
        offered = exercises_offered(actor=athlete).values_list("slug", flat=True)
        told = _("I do not know “%(slug)s”. Choose one of %(legal)s, or null to recognise it.")
        legal = ", ".join(sorted(offered))
        raise ValidationError({"exercise": told % {"slug": slug, "legal": legal}})
    return found
