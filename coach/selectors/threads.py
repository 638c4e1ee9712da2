"""Reads of what a coach and an athlete say to each other; always of the actor's own threads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, ValidationError

from accounts.models import User
from coach.models import CoachLink, Message, Scope, Thread

NO_THREAD = _("There is no such thread of yours.")


@dataclass(frozen=True, slots=True)
class Told:
    """A thread as one of the two sees it.

    messages: those that stand, oldest first; of a list of threads, the newest alone. open:
    whether somebody will answer. seen_at: up to when the other one has read.
    """

    row: Thread
    actor: User
    messages: list[Message]
    message_count: int
    unread: int
    open: bool

    @property
    def seen_at(self) -> datetime | None:
        is_coach = self.actor.pk == self.row.coach_id
        return self.row.athlete_read_at if is_coach else self.row.coach_read_at


def coaches_answering(*, athlete: User) -> list[User]:
    """The athlete's coaches who may read and write comments now, by name."""
    links = CoachLink.objects.current(timezone.now()).filter(athlete=athlete)
    found = [link.coach for link in links.select_related("coach") if Scope.COMMENTS in link.scopes]
    return sorted(found, key=str)


def threads_of_set(*, actor: User, athlete: User, set_id: UUID) -> list[Told]:
    """In order of their moments, those on the set as a whole first."""
    rows = _threads(actor, athlete).filter(set_id=set_id)
    return _told(actor, athlete, rows.order_by(F("t_ms").asc(nulls_first=True), "created_at"))


def thread_get(*, actor: User, athlete: User, thread_id: UUID) -> Told:
    """Raises NotFound."""
    found = _told(actor, athlete, _threads(actor, athlete, empty=True).filter(id=thread_id))
    if not found:
        raise NotFound(NO_THREAD)
    return found[0]


def threads_page(
    *, actor: User, athlete: User, unread: bool, before: UUID | None, limit: int
) -> tuple[list[Told], UUID | None]:
    """Newest first, and the `before` of the next page. Raises ValidationError."""
    rows = _threads(actor, athlete)
    if before is not None:
        last = rows.filter(id=before).first()
        if last is None:
            raise ValidationError({"before": NO_THREAD})
        rows = rows.filter(Q(last_at__lt=last.last_at) | Q(last_at=last.last_at, id__lt=last.id))
    if unread:
        rows = rows.filter(unread__gt=0)
    page = list(rows.order_by("-last_at", "-id")[: limit + 1])
    next_before = page[limit - 1].id if len(page) > limit else None
    answering = _answering(actor, athlete)
    newest = _newest([row.id for row in page])
    told = [
        Told(row, actor, newest.get(row.id, []), _int(row, "alive"), _int(row, "unread"),
             row.coach_id in answering)
        for row in page[:limit]
    ]  # fmt: skip
    return told, next_before


def unread_threads(*, actor: User, athlete: User) -> int:
    return _threads(actor, athlete).filter(unread__gt=0).count()


def _threads(actor: User, athlete: User, *, empty: bool = False) -> QuerySet[Any]:
    """Of the athlete with all coaches, or with the actor; on sets that were not deleted.

    Annotated with `unread` and `alive`, counts of messages. A thread whose messages were all
    deleted is told only where it is asked for by name.
    """
    is_coach = actor.pk != athlete.pk
    rows = Thread.objects.filter(
        athlete=athlete, set__deleted_at=None, set__workout__deleted_at=None
    )
    if is_coach:
        rows = rows.filter(coach=actor)
    read_at = "coach_read_at" if is_coach else "athlete_read_at"
    alive = Q(messages__deleted_at=None)
    new = Q(**{read_at: None}) | Q(messages__created_at__gt=F(read_at))
    rows = rows.select_related("set__workout", "coach", "athlete").annotate(
        alive=Count("messages", filter=alive),
        unread=Count("messages", filter=alive & new & ~Q(messages__author=actor)),
    )
    standing = Message.objects.alive().filter(thread=OuterRef("pk"))
    return rows if empty else rows.filter(Exists(standing))


def _told(actor: User, athlete: User, rows: QuerySet[Thread]) -> list[Told]:
    standing = Message.objects.alive().select_related("author").order_by("created_at", "id")
    answering = _answering(actor, athlete)
    return [
        Told(row, actor, list(row.messages.all()), _int(row, "alive"), _int(row, "unread"),
             row.coach_id in answering)
        for row in rows.prefetch_related(Prefetch("messages", standing))
    ]  # fmt: skip


def _answering(actor: User, athlete: User) -> Collection[UUID]:
    if actor.pk != athlete.pk:  # a coach who may ask at all may write
        return {actor.pk}
    return {coach.pk for coach in coaches_answering(athlete=athlete)}


def _newest(thread_ids: list[UUID]) -> dict[UUID, list[Message]]:
    later = Message.objects.alive().filter(
        thread=OuterRef("thread"), created_at__gt=OuterRef("created_at")
    )
    rows = Message.objects.alive().filter(~Exists(later), thread__in=thread_ids)
    return {row.thread_id: [row] for row in rows.select_related("author")}


def _int(row: Thread, name: str) -> int:
    return int(getattr(row, name))
