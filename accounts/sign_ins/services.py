"""Writes about sign-ins: seen, ended, all ended but one."""

from datetime import timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.audit import Kind, record
from accounts.models import User
from accounts.standing import user_sign_out_everywhere

SEEN_EVERY: Final = timedelta(minutes=5)
_KEPT_EMPTY: Final = timedelta(days=1)
_AT_ONCE: Final = 500


def sign_in_seen(request: HttpRequest) -> None:
    """Notes when and from where the browser of a signed-in person was seen last."""
    UserSession.objects.create_from_request(request)


@transaction.atomic
def sign_in_end(*, actor: User, sign_in_id: int) -> None:
    """Ends one of the actor's own. Raises Http404 for any other."""
    row = UserSession.objects.filter(user=actor, pk=sign_in_id).first()
    if row is None:
        raise Http404
    end(row)
    record(Kind.SESSIONS_ENDED, about=actor, by=actor, detail="one")


def end(row: UserSession) -> None:
    """Its browser is sent no message any more: one that was lost would go on to show them."""
    row.push_subscriptions.all().delete()
    row.end()


@transaction.atomic
def sign_ins_end_others(*, actor: User, request: HttpRequest) -> None:
    """Ends all of them but that of the request, those that nobody has noted included.

    Messages are pushed to none of them any more; the browser of the request asks for them anew.
    """
    before = request.session.session_key
    others = UserSession.objects.filter(user=actor).exclude(session_key=before)
    for row in others:
        row.end()
    actor.push_subscriptions.all().delete()
    actor.signed_out_at = timezone.now()
    actor.save(update_fields=["signed_out_at"])
    update_session_auth_hash(request, actor)
    record(Kind.SESSIONS_ENDED, about=actor, by=actor, detail="all but this one")
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def sign_ins_end_all(*, actor: User) -> None:
    """Ends every one, that of the request too."""
    user_sign_out_everywhere(user=actor)
    UserSession.objects.filter(user=actor).delete()


def forget_ended() -> None:
    """Removes sessions that have run out, and addresses of sign-ins that are over.

    So many at once: each session that goes is told to its sockets, and comes into memory for that.
    """
    now = timezone.now()
    over = Session.objects.filter(expire_date__lt=now).order_by()
    while keys := list(over.values_list("pk", flat=True)[:_AT_ONCE]):
        Session.objects.filter(pk__in=keys).delete()
    unseen = UserSession.objects.filter(last_seen_at__lt=now - _KEPT_EMPTY)
    unseen.exclude(session_key__in=Session.objects.values("session_key")).delete()
