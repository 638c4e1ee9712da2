from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.models import User
from coach.models import Programme


def programmes_of(*, actor: User) -> QuerySet[Programme]:
    """The built-in programmes, easiest first, then the actor's own, newest first; with days."""
    found = Programme.objects.alive().filter(Q(author=None) | Q(author=actor))
    return found.prefetch_related("days__items").order_by(
        F("author").asc(nulls_first=True), _difficulty(), "days_per_week", "-created_at", "id"
    )


def programme_get(*, actor: User, programme_id: UUID) -> Programme:
    """Raises NotFound."""
    programme = programmes_of(actor=actor).filter(id=programme_id).first()
    if programme is None:
        raise NotFound(_("There is no such programme."))
    return programme


def _difficulty() -> Case:
    order = enumerate(Programme.Level.values)
    return Case(*(When(level=level, then=Value(place)) for place, level in order), default=9)
