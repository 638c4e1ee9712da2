"""Reads about notifications; always the actor's own."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from accounts.models import Notification, NotificationSettings, User


def settings_of(user: User) -> NotificationSettings:
    """The user's settings; without a row, the defaults, not stored."""
    stored = NotificationSettings.objects.filter(user=user).first()
    return stored or NotificationSettings(user=user)


def unread_count(*, actor: User) -> int:
    return Notification.objects.filter(user=actor, read_at=None).count()


def notifications_page(
    *, actor: User, before: UUID | None, limit: int
) -> tuple[list[Notification], UUID | None]:
    """Newest first, and the `before` of the next page. Raises ValidationError."""
    own = Notification.objects.filter(user=actor)
    if before is not None:
        last = own.filter(id=before).first()
        if last is None:
            raise ValidationError({"before": _("There is no such notification of yours.")})
        same = Q(created_at=last.created_at, id__lt=last.id)
        own = own.filter(Q(created_at__lt=last.created_at) | same)
    rows = list(own[: limit + 1])
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None
