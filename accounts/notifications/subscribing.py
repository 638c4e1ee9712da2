"""Writes about how a person likes to be told."""

from typing import Final

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from accounts.models import NotificationSettings, PushSubscription, User

MOST_BROWSERS: Final = 20


def settings_update(*, user: User, **chosen: bool) -> NotificationSettings:
    """chosen: by_mail, by_push, weekly_digest; what is not named stays."""
    row, _ = NotificationSettings.objects.update_or_create(user=user, defaults=chosen)
    return row


@transaction.atomic
def push_subscribe(
    *, user: User, endpoint: str, keys: dict[str, str], session_key: str | None = None
) -> None:
    """From now on this browser shows what is new for the user, and for nobody else.

    session_key: of its sign-in; ending that one from elsewhere ends the messages.

    Of more than MOST_BROWSERS the oldest are let go.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    sign_in = UserSession.objects.filter(user=user, session_key=session_key).first()
    said = {"user": user, "key": keys["p256dh"], "secret": keys["auth"], "sign_in": sign_in}
    PushSubscription.objects.update_or_create(
        endpoint=endpoint, defaults={**said, "created_at": timezone.now()}
    )
    old = PushSubscription.objects.filter(user=user).order_by("-created_at", "-id")
    for browser in old[MOST_BROWSERS:]:
        browser.delete()


def push_unsubscribe(*, user: User, endpoint: str) -> None:
    PushSubscription.objects.filter(user=user, endpoint=endpoint).delete()
