"""Writes of a coach and an athlete to each other about a set.

Whether a coach may be here at all is the view's question (`OfAthlete`); whether anybody answers
the athlete is asked here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, Throttled

from accounts.models import User
from accounts.notifications import Kind, notify
from accounts.notifications.channel import nudge
from accounts.notifications.services import notifications_read_of
from coach.models import CoachLink, Message, Thread
from coach.selectors.threads import NO_THREAD, coaches_answering
from sessions.errors import Conflict
from sessions.selectors.sets import own_set
from sessions.services.checks import check_undo
from sessions.services.inserts import insert_or_stored
from sessions.services.locks import athlete_locked

MOST_THREADS: Final = 50  # of two people on one set
MOST_MESSAGES: Final = 500  # of one thread, with those deleted
MOST_A_MINUTE: Final = 20  # of one author in one thread
NO_MESSAGE: Final = _("There is no such message of yours.")
NO_ANSWER: Final = _("This coach does not read your comments any more, so nobody would answer.")
NO_COACH: Final = _("None of your coaches who read comments has this id.")


@dataclass(frozen=True, slots=True)
class Place:
    """A thread on a set of the athlete, and who comes there: one of its two."""

    actor: User
    athlete: User
    set_id: UUID
    thread_id: UUID


@transaction.atomic
def thread_begin(
    *,
    place: Place,
    coach_id: UUID | None,
    t_ms: int | None,
    rep_start_ms: int | None,
    message_id: UUID,
    text: str,
) -> None:
    """A thread with its first message; may be called again with the same values.

    coach_id: whom an athlete writes to; a coach writes for themselves. Raises NotFound,
    ValidationError that names the field, Conflict for other values, too many threads, or a coach
    who does not read any more.
    """
    actor, athlete = place.actor, place.athlete
    athlete_locked(athlete)
    workout_set = own_set(actor=athlete, set_id=place.set_id)
    asked = Thread(
        id=place.thread_id,
        athlete=athlete,
        coach=actor if actor.pk != athlete.pk else _coach(athlete, coach_id),
        set=workout_set,
        t_ms=t_ms,
        rep_start_ms=rep_start_ms,
        created_at=timezone.now(),
        last_at=timezone.now(),
    )
    if (stored := Thread.objects.filter(id=asked.id).first()) is None:
        pair = Thread.objects.filter(athlete=athlete, coach=asked.coach, set=workout_set)
        if pair.count() >= MOST_THREADS:
            told = _("There are %(n)d threads on this set already. Go on in one of them.")
            raise Conflict(told % {"n": MOST_THREADS})
        asked.full_clean(exclude=("athlete", "coach", "set"), validate_unique=False)
        stored = insert_or_stored(asked)
    if stored is not None:
        _check_same(stored, asked)
    message_add(place=place, message_id=message_id, text=text)


def _coach(athlete: User, coach_id: UUID | None) -> User:
    if coach_id is None:
        raise ValidationError({"coach": _("Say which of your coaches you write to.")})
    for coach in coaches_answering(athlete=athlete):
        if coach.pk == coach_id:
            return coach
    if CoachLink.objects.filter(athlete=athlete, coach_id=coach_id).exists():
        raise Conflict(NO_ANSWER)
    raise ValidationError({"coach": NO_COACH})


def _check_same(stored: Thread, asked: Thread) -> None:
    if (stored.athlete_id, stored.coach_id) != (asked.athlete_id, asked.coach_id):
        raise NotFound(NO_THREAD)
    for name in ("set_id", "t_ms", "rep_start_ms"):
        if getattr(stored, name) != getattr(asked, name):
            raise Conflict(_("This thread was begun at another place."))


@transaction.atomic
def message_add(*, place: Place, message_id: UUID, text: str) -> None:
    """Says something in a thread; may be called again with the same text.

    Raises NotFound, Conflict for another text, a full thread or a coach who does not read any
    more, Throttled.
    """
    author, thread = place.actor, _locked(place)
    asked = Message(
        id=message_id, thread=thread, author=author, text=text, created_at=timezone.now()
    )
    if (stored := Message.objects.filter(id=message_id).first()) is None:
        _check_answered(author, thread)
        _check_room(author, thread, asked.created_at)
        asked.full_clean(exclude=("thread", "author"), validate_unique=False)
        stored = insert_or_stored(asked)
    if stored is not None:
        _check_same_message(stored, asked)
        return
    thread.last_at = asked.created_at
    thread.save(update_fields=["last_at"])
    data = {"exercise": thread.set.final_exercise or None}
    reader = other_than(author, thread)
    notify(user=reader, kind=Kind.COMMENT, data=data, url=address(reader, thread), by=author)


def _check_answered(author: User, thread: Thread) -> None:
    if author.pk == thread.athlete_id:
        answering = {coach.pk for coach in coaches_answering(athlete=author)}
        if thread.coach_id not in answering:
            raise Conflict(NO_ANSWER)


def _check_room(author: User, thread: Thread, now: datetime) -> None:
    if thread.messages.count() >= MOST_MESSAGES:
        told = _("This thread has %(n)d messages, and no room for more. Begin a new one.")
        raise Conflict(told % {"n": MOST_MESSAGES})
    lately = thread.messages.filter(author=author, created_at__gt=now - timedelta(minutes=1))
    if lately.count() >= MOST_A_MINUTE:
        told = _("That is more than %(n)d messages in a minute. Wait a little.")
        raise Throttled(wait=60, detail=told % {"n": MOST_A_MINUTE})


def _check_same_message(stored: Message, asked: Message) -> None:
    if (stored.thread_id, stored.author_id) != (asked.thread_id, asked.author_id):
        raise NotFound(NO_MESSAGE)
    if stored.edited_at is None and stored.text != asked.text:
        raise Conflict(_("This message was sent with another text. Edit it instead."))


@transaction.atomic
def message_edit(*, place: Place, message_id: UUID, text: str) -> None:
    """Raises NotFound."""
    author, thread = place.actor, _locked(place)
    message = _own(thread, author, message_id)
    if message.deleted_at is not None:
        raise NotFound(NO_MESSAGE)
    if message.text != text:
        message.text, message.edited_at = text, timezone.now()
        message.full_clean(exclude=("thread", "author"), validate_unique=False)
        message.save(update_fields=["text", "edited_at"])
        _tell_other(author, thread)


@transaction.atomic
def message_delete(*, place: Place, message_id: UUID) -> None:
    """Nobody sees it any more; the row stays for the undo. Raises NotFound."""
    author, thread = place.actor, _locked(place)
    message = _own(thread, author, message_id)
    if message.deleted_at is None:
        message.deleted_at = timezone.now()
        message.save(update_fields=["deleted_at"])
        _settle(author, thread)


@transaction.atomic
def message_restore(*, place: Place, message_id: UUID) -> None:
    """Raises NotFound, ValidationError when it is too late."""
    author, thread = place.actor, _locked(place)
    message = _own(thread, author, message_id)
    if message.deleted_at is not None:
        check_undo(message.deleted_at)
        message.deleted_at = None
        message.save(update_fields=["deleted_at"])
        _settle(author, thread)


@transaction.atomic
def thread_read(*, place: Place, until: datetime) -> None:
    """The reader has seen what was said until then; it never goes back. Raises NotFound."""
    reader, thread = place.actor, _locked(place)
    field = "athlete_read_at" if reader.pk == thread.athlete_id else "coach_read_at"
    before, seen = getattr(thread, field), min(until, timezone.now())
    if before is None or before < seen:
        setattr(thread, field, seen)
        thread.save(update_fields=[field])
        _tell_other(reader, thread)
    if not _unread(thread, reader):
        notifications_read_of(user=reader, kind=Kind.COMMENT, url=address(reader, thread))


def _settle(author: User, thread: Thread) -> None:
    """After a message has gone or come back: the thread's place, and what the other was told."""
    newest = thread.messages.filter(deleted_at=None).order_by("-created_at").first()
    thread.last_at = newest.created_at if newest else thread.created_at
    thread.save(update_fields=["last_at"])
    reader = other_than(author, thread)
    if not _unread(thread, reader):
        notifications_read_of(user=reader, kind=Kind.COMMENT, url=address(reader, thread))
    _tell_other(author, thread)


def _unread(thread: Thread, reader: User) -> bool:
    is_athlete = reader.pk == thread.athlete_id
    read_at = thread.athlete_read_at if is_athlete else thread.coach_read_at
    others = thread.messages.filter(deleted_at=None).exclude(author=reader)
    return (others.filter(created_at__gt=read_at) if read_at else others).exists()


def _tell_other(author: User, thread: Thread) -> None:
    """An open page of the other one asks for the state again."""
    other = other_than(author, thread).pk
    transaction.on_commit(lambda: nudge(other), robust=True)


def other_than(author: User, thread: Thread) -> User:
    return thread.coach if author.pk == thread.athlete_id else thread.athlete


def address(reader: User, thread: Thread) -> str:
    """The page of the thread, at its moment, where the reader has it."""
    place = f"/workouts/{thread.set.workout_id}/sets/{thread.set_id}"
    moment = "" if thread.t_ms is None else f"t={thread.t_ms}&"
    base = "" if reader.pk == thread.athlete_id else f"/coach/athletes/{thread.athlete_id}"
    return f"{base}{place}?{moment}thread={thread.id}"


def _locked(place: Place) -> Thread:
    """Raises NotFound for a thread that is not of the two, or whose set was deleted."""
    rows = Thread.objects.filter(
        id=place.thread_id,
        athlete=place.athlete,
        set=place.set_id,
        set__deleted_at=None,
        set__workout__deleted_at=None,
    )
    if place.actor.pk != place.athlete.pk:
        rows = rows.filter(coach=place.actor)
    locked = rows.select_for_update(of=("self",))
    thread = locked.select_related("set", "coach", "athlete").first()
    if thread is None:
        raise NotFound(NO_THREAD)
    return thread


def _own(thread: Thread, author: User, message_id: UUID) -> Message:
    message = thread.messages.filter(id=message_id, author=author).first()
    if message is None:
        raise NotFound(NO_MESSAGE)
    return message
