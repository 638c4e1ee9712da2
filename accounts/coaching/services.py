"""Writes about who is a coach. Rows lock the user first, so that no two decisions cross."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.hooks import rights_changed
from accounts.models import CoachRequest, User
from accounts.notifications import Kind, notify

State = CoachRequest.State


@transaction.atomic
def coach_request_put(*, user: User, about: str) -> None:
    """Asks to become a coach, or says it in other words. Granted at once where coaches are open.

    Nothing changes for who is a coach. Raises ValidationError that names the wrong field.
    """
    user = _locked(user)
    if user.is_coach:
        return
    row = _open_of(user) or CoachRequest(user=user, created_at=timezone.now())
    row.about = about
    row.full_clean(exclude=("user",))
    row.save()
    if settings.COACHES_OPEN:
        _settle(row, State.GRANTED, by=None)
        _set_coach(user, is_coach=True)


@transaction.atomic
def coach_request_decide(*, request: CoachRequest, granted: bool, by: User) -> bool:
    """An admin's answer, which the user is told. Answers whether there was anything to decide."""
    user = _locked(request.user)
    row = CoachRequest.objects.filter(pk=request.pk, state=State.OPEN).first()
    if row is None:
        return False
    _settle(row, State.GRANTED if granted else State.DECLINED, by=by)
    if granted and not user.is_coach:
        _set_coach(user, is_coach=True)
    url = "/coach" if granted else "/become-coach"
    notify(
        user=user,
        kind=Kind.COACH_REQUEST_DECIDED,
        data={"by": by.display_name, "granted": granted},
        url=url,
    )
    return True


@transaction.atomic
def coach_stop(*, user: User) -> None:
    """Withdraws what was asked, and ends being a coach: every link of theirs ends with it."""
    user = _locked(user)
    if (row := _open_of(user)) is not None:
        _settle(row, State.WITHDRAWN, by=user)
    if user.is_coach:
        _set_coach(user, is_coach=False)


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _open_of(user: User) -> CoachRequest | None:
    return CoachRequest.objects.filter(user=user, state=State.OPEN).first()


def _settle(row: CoachRequest, state: CoachRequest.State, *, by: User | None) -> None:
    row.state, row.decided_at, row.decided_by = state, timezone.now(), by
    row.save(update_fields=["state", "decided_at", "decided_by"])


def _set_coach(user: User, *, is_coach: bool) -> None:
    user.is_coach = is_coach
    user.save(update_fields=["is_coach"])
    rights_changed.send(sender=User, user=user)
