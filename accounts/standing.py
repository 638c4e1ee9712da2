"""What an admin does to an account, short of erasing it."""

from allauth.account.forms import ResetPasswordForm
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.audit import Kind, person_at_hand, record
from accounts.hooks import rights_changed
from accounts.models import User
from accounts.tokens.services import tokens_revoke_all


@transaction.atomic
def user_set_active(*, user: User, is_active: bool) -> None:
    """Locks out at once, whatever is open, or lets in again. Data stays as it is."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    rights_changed.send(sender=User, user=user)


@transaction.atomic
def user_sign_out_everywhere(*, user: User) -> None:
    """Every session and API token of the user is over, open sockets too; the password stays.

    No browser is sent a message any more: one that was lost would go on to show them.
    """
    user.signed_out_at = timezone.now()
    user.save(update_fields=["signed_out_at"])
    end_sessions(user)
    user.push_subscriptions.all().delete()
    by = person_at_hand()
    record(Kind.SESSIONS_ENDED, about=user, by=by)
    tokens_revoke_all(user=user, by=by)
    rights_changed.send(sender=User, user=user)


def end_sessions(user: User) -> None:
    """Looks into each: a session's row does not name its user where a query could find it."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def password_reset_send(*, user: User, request: HttpRequest) -> None:
    """The mail that the user could have asked for. Raises ValueError for a refused address."""
    form = ResetPasswordForm({"email": user.email})
    if not form.is_valid():
        raise ValueError("; ".join(message for found in form.errors.values() for message in found))
    form.save(request)
