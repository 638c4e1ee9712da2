"""Who lets whom see what: a link is an athlete's permission to one coach."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Scope(models.TextChoices):
    """A kind of data that an athlete can open to a coach."""

    RESULTS = "results", "Workouts, sets, repetitions, trends and records"
    REPLAY = "replay", "The skeleton of a set"
    LIVE = "live", "Sets as they happen"
    PLAN = "plan", "Plans, and what was done of them"
    COMMENTS = "comments", "Comments on sets"


def validate_scopes(scopes: Sequence[object]) -> None:
    """Raises ValidationError unless scopes is a list of different known scopes, at least one."""
    if not isinstance(scopes, list) or not scopes:
        raise ValidationError(_("Choose at least one scope."), "scopes")
    if unknown := [scope for scope in scopes if scope not in Scope.values]:
        told = _("“%(scope)s” is not a scope. Choose from %(legal)s.")
        legal = ", ".join(Scope.values)
        raise ValidationError(told % {"scope": unknown[0], "legal": legal}, "scopes")
    if len(set(scopes)) < len(scopes):
        raise ValidationError(_("A scope is named twice."), "scopes")


class LinkQuerySet(models.QuerySet["CoachLink"]):
    def current(self, at: datetime) -> Self:
        """Links that hold at that time, of coaches who still are active coaches."""
        return self.filter(
            Q(ended_at=None) | Q(ended_at__gt=at),
            Q(ends_at=None) | Q(ends_at__gt=at),
            granted_at__lte=at,
            coach__is_coach=True,
            coach__is_active=True,
        )


class CoachLink(models.Model):
    """Granted by the athlete from granted_at on; over at ends_at, or earlier when ended.

    A link is never rewritten: other scopes are a new link, so that the table is the history.
    ended_by: the athlete, or the coach, also where they coach no more; empty where time ran out.
    """

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="links_as_coach"
    )
    athlete = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="links_as_athlete"
    )
    scopes = models.JSONField(validators=[validate_scopes])
    granted_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("-granted_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("coach", "athlete"),
                condition=Q(ended_at=None),
                name="link_once_at_a_time",
                violation_error_message=gettext_lazy(
                    "This coach already has a link to this athlete."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(coach=F("athlete")),
                name="link_joins_two_people",
                violation_error_message=gettext_lazy("Nobody can be their own coach."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("granted_at")),
                name="link_ends_after_it_is_granted",
                violation_error_message=gettext_lazy("A link cannot end before it begins."),
            ),
        )
        indexes = (
            models.Index(
                fields=("ends_at",),
                name="link_runs_out",
                condition=Q(ended_at=None, ends_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.athlete} → {self.coach}"

    def holds_at(self, at: datetime) -> bool:
        """As `LinkQuerySet.current` finds it."""
        over = [end for end in (self.ends_at, self.ended_at) if end is not None and end <= at]
        return self.granted_at <= at and not over and self.coach.is_coach and self.coach.is_active

    def clean(self) -> None:
        if not self.coach.is_coach:
            told = _("%(name)s is not a coach.") % {"name": self.coach}
            raise ValidationError({"coach": told})
