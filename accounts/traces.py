"""What names a person where no foreign key leads: logs of admins, histories, caches, copies."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import NestedObjects
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import ForeignKey, Q
from simple_history.exceptions import NotHistoricalModelError
from simple_history.utils import get_history_manager_for_model

from accounts.models import Notification, User

ERASED: Final = "an erased user"
SHORTEST: Final = 4  # a name of fewer letters is found in words that are none


def keys_of(user: User) -> set[str]:
    """What is the user's alone: addresses of now and before, and the id in both spellings."""
    past = User.history.filter(id=user.pk).values_list("email", flat=True)
    return {user.email, *past, str(user.pk), user.pk.hex}


def names_of(user: User) -> set[str]:
    """Of now and before. Others may have the same."""
    past = User.history.filter(id=user.pk).values_list("display_name", flat=True)
    return {name for name in (user.display_name, *past) if name}


def forget_in_log(user: User, words: Iterable[str]) -> None:
    """Admin's log keeps that something was changed, and no longer of whom."""
    names = Q()
    for word in words:
        if len(word) >= SHORTEST:
            names |= Q(object_repr__icontains=word) | Q(change_message__icontains=word)
    for kind, ids in _going(user):
        names |= Q(content_type=kind, object_id__in=ids)
    LogEntry.objects.filter(names).update(object_id=None, object_repr=ERASED, change_message="")


def _going(user: User) -> Iterable[tuple[ContentType, list[str]]]:
    """Objects that go with the user; the log calls them by names that may hold the user's."""
    logged = set(LogEntry.objects.values_list("content_type_id", flat=True).distinct())
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([user])
    going: dict[Any, Any] = collector.model_objs
    for model, rows in going.items():
        kind = ContentType.objects.get_for_model(model)
        if kind.pk in logged:
            yield kind, [str(one.pk) for one in rows]


def forget_in_histories(user_id: UUID) -> None:
    """Rows of the past keep ids without a constraint that would follow a deletion."""
    for model in apps.get_models():
        try:
            history = get_history_manager_for_model(model).model
        except NotHistoricalModelError:
            continue
        for field in history._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is User:
                history.objects.filter(**{field.attname: user_id}).update(**{field.attname: None})


def forget_notices(user: User, words: Iterable[str]) -> None:
    """What others were told that the user did. Rows without an actor are older than that column."""
    told = Q(url__contains=str(user.pk))
    old = Notification.objects.filter(actor=None).exclude(user=user)
    old.filter(told | Q(data__by__in=list(words))).delete()


def forget_in_memory(keys: Iterable[str]) -> None:
    """Keys of rate limits, and groups of sockets that a crash has left, are named by the user.

    They end by themselves within the day. Raises RedisError where Redis is away.
    """
    kept = getattr(cache, "_cache", None)
    if settings.EMBEDDED:
        named = [name for name in list(kept or {}) if any(key in name for key in keys)]
        for name in named:
            cache.delete(name.split(":", 2)[-1])
        return
    client = kept.get_client(None, write=True)  # type: ignore[union-attr]
    for key in keys:
        for name in list(client.scan_iter(match=f"*{_literal(key)}*", count=1000)):
            client.delete(name)


def _literal(word: str) -> str:
    """As a pattern of Redis that matches nothing else."""
    return re.sub(r"([*?\[\]^\\-])", r"\\\1", word)


def forget_copies() -> None:
    """Copies of before an update hold everybody; SQLite's log holds pages of before the erasure."""
    for copy in Path(settings.DATA_DIR).glob("before-*.sqlite3"):
        copy.unlink(missing_ok=True)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
