"""Erasing a person: what will go, and everything that goes, also what no foreign key finds."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, transaction
from django.dispatch import Signal
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied

from accounts import tombstones, traces
from accounts.audit import Kind, record
from accounts.factors.services import tell
from accounts.hooks import rights_changed
from accounts.models import User
from accounts.standing import end_sessions

erasing: Final = Signal()
"""A user is about to be erased; sent with `user`, inside the transaction.

Receivers remove what holds the user's address or name without a foreign key to the user.
"""


@dataclass(frozen=True, slots=True)
class Going:
    what: str
    rows: int


def what_goes(user: User) -> list[Going]:
    """Rows of each kind that are erased with the user, most first."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([user])
    found: dict[Any, Any] = collector.model_objs
    going = [
        Going(capfirst(str(model._meta.verbose_name_plural)), len(rows))
        for model, rows in found.items()
    ]
    return sorted(going, key=lambda one: (-one.rows, one.what))


@transaction.atomic
def user_erase(*, user: User, by: User | None) -> None:
    """Removes the user and all that is theirs, also from backups when those are restored.

    Admin's log keeps that somebody was erased, when and by whom; by: None where they did it
    themselves, or where a restored backup had brought them back.
    """
    if user.is_active or user.is_coach:
        user.is_active = user.is_coach = False
        user.save(update_fields=["is_active", "is_coach"])
        rights_changed.send(sender=User, user=user)
    erasing.send(sender=User, user=user)
    end_sessions(user)
    pk, keys, names = user.pk, traces.keys_of(user), traces.names_of(user)
    traces.forget_in_log(user, keys | names)
    traces.forget_notices(user, keys | names)
    user.delete()
    User.history.filter(id=pk).delete()
    traces.forget_in_histories(pk)
    tombstones.bury(pk)
    record(Kind.ERASED, about=None, by=None if by is None or by.pk == pk else by)
    if by is not None:
        kind = ContentType.objects.get_for_model(User)
        LogEntry.objects.create(
            user=by, content_type=kind, action_flag=DELETION, object_repr=traces.ERASED
        )
    transaction.on_commit(lambda: _forget_outside(pk, keys), robust=True)


@transaction.atomic
def own_account_erase(*, user: User) -> None:
    """What a person may do without asking anybody; a mail tells them that it was done.

    Raises PermissionDenied for admins: what they did stands in logs under their name, and the last
    one of a server would leave nobody to let the next one in.
    """
    if user.is_staff:
        raise PermissionDenied(_("Another admin erases the account of an admin, in Django admin."))
    user_erase(user=user, by=None)
    transaction.on_commit(lambda: tell(user, "accounts/email/erased"), robust=True)


def _forget_outside(pk: UUID, keys: set[str]) -> None:
    """What no transaction reaches."""
    tombstones.write_down(pk)
    traces.forget_copies()
    traces.forget_in_memory(keys)
