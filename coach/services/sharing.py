"""A coach's own exercises, given to athletes: by hand, or with a plan that asks for them."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import Kind, notify
from coach.selectors.links import athletes_visible_to
from sessions.models import OwnExercise
from sessions.selectors.exercises import own_get
from sessions.services.own import own_share, own_share_planned


@transaction.atomic
def exercise_share(*, coach: User, own_id: UUID, athletes: Collection[UUID]) -> None:
    """Exactly these of the coach's athletes can train it; those who are new to it are told.

    Raises NotFound, and ValidationError for who is no athlete of the coach's.
    """
    own = own_get(author=coach, own_id=own_id)
    linked = {athlete.pk: athlete for athlete in athletes_visible_to(coach=coach)}
    for index, athlete_id in enumerate(athletes):
        if athlete_id not in linked:
            told = _("There is no such athlete of yours.")
            raise ValidationError({f"athletes[{index}]": told})
    chosen = [linked[athlete_id] for athlete_id in dict.fromkeys(athletes)]
    for athlete in own_share(
        author=coach, own_id=own_id, athletes=chosen, among=list(linked.values())
    ):
        _tell(coach, athlete, own)


def exercises_share_asked(*, coach: User, athlete: User, slugs: Iterable[str]) -> None:
    """Those of the coach's own exercises that a plan asks for: the plan tells of them itself."""
    own_share_planned(author=coach, athlete=athlete, slugs=set(slugs))


def _tell(coach: User, athlete: User, own: OwnExercise) -> None:
    data = {"title": own.exercise.name}
    url = f"/exercises/{own.exercise_id}"
    notify(user=athlete, kind=Kind.EXERCISE_SHARED, data=data, url=url, by=coach)
