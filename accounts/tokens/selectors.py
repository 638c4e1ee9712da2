"""Reads about tokens."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import ApiToken, User
from accounts.tokens.secrets import digest_of, is_secret


def tokens_of(*, actor: User) -> QuerySet[ApiToken]:
    """The actor's own, newest first; also those that have run out, until they are taken away."""
    return ApiToken.objects.filter(user=actor)


def token_for(*, secret: str, now: datetime) -> ApiToken | None:
    """The token of that secret while it and its owner's account are good; one query."""
    if not is_secret(secret):
        return None
    found = ApiToken.objects.select_related("user").filter(
        digest=digest_of(secret), expires_at__gt=now, user__is_active=True
    )
    return found.first()
