"""Writes about tokens."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import Kind, record
from accounts.models import ApiToken, User
from accounts.tokens.scopes import TokenScope
from accounts.tokens.secrets import digest_of, prefix_of, secret_new

LONGEST: Final = timedelta(days=365)
MOST_TOKENS: Final = 20


class Made(NamedTuple):
    token: ApiToken
    secret: str


@transaction.atomic
def token_make(*, user: User, name: str, scopes: Iterable[str], expires_at: datetime) -> Made:
    """A token with its secret, which is told this once.

    Raises ValidationError for a time of expiry that is past or too far, for no or unknown scopes,
    and beyond MOST_TOKENS.
    """
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise ValidationError(
            {"expires_at": _("Choose a day from tomorrow on, at most a year from now.")}
        )
    chosen = [scope for scope in TokenScope.values if scope in set(scopes)]
    if not chosen or set(scopes) - set(chosen):
        raise ValidationError({"scopes": _("Choose at least one of the listed permissions.")})
    User.objects.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise ValidationError(
            _("You have %(most)d tokens. Take one away first.") % {"most": MOST_TOKENS}
        )
    secret = secret_new()
    token = ApiToken(
        user=user,
        name=name.strip(),
        scopes=chosen,
        prefix=prefix_of(secret),
        digest=digest_of(secret),
        created_at=now,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    record(Kind.TOKEN_MADE, about=user, by=user, detail=str(token))
    return Made(token, secret)


@transaction.atomic
def token_revoke(*, user: User, token_id: UUID, by: User | None = None) -> None:
    """From the next request on it opens nothing. Raises Http404."""
    token = ApiToken.objects.select_for_update().filter(user=user, pk=token_id).first()
    if token is None:
        raise Http404
    record(Kind.TOKEN_REVOKED, about=user, by=by or user, detail=str(token))
    token.delete()


@transaction.atomic
def tokens_revoke_all(*, user: User, by: User | None) -> None:
    """Whoever signs out everywhere, or resets a password, may have lost more than a session."""
    for token in ApiToken.objects.filter(user=user):
        token_revoke(user=user, token_id=token.pk, by=by)


def token_used(*, token: ApiToken, place: str) -> None:
    """Keeps day and network of use: at most one write a day and token, or when both have changed.

    A row a request would make every read a write.
    """
    today = timezone.now().date()
    if token.used_on == today:
        return
    unused = ApiToken.objects.filter(pk=token.pk).exclude(used_on=today)
    unused.update(used_on=today, used_from=place)
