"""What coaches and athletes say to each other and change, in an export: to read and keep."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Prefetch, Q

from accounts.models import User
from coach.models import CoachNote, Message, PlanChange, Thread

MOST: Final = 5_000  # an import reads JSON files of 8 MiB


def threads_told(user: User) -> Iterable[dict[str, Any]]:
    """Every thread of the user, as athlete or as coach, newest first, with what still stands."""
    alive = Prefetch("messages", Message.objects.alive().select_related("author"))
    own = Thread.objects.filter(Q(athlete=user) | Q(coach=user))
    threads = own.select_related("athlete", "coach").prefetch_related(alive)[:MOST]
    return [
        {
            "set": str(thread.set_id),
            "athlete": thread.athlete.display_name,
            "coach": thread.coach.display_name,
            "t_ms": thread.t_ms,
            "rep_start_ms": thread.rep_start_ms,
            "messages": [
                {
                    "mine": message.author_id == user.pk,
                    "author": message.author.display_name,
                    "text": message.text,
                    "created_at": _time(message.created_at),
                    "edited_at": _time(message.edited_at),
                }
                for message in thread.messages.all()
            ],
        }
        for thread in threads
        if thread.messages.all()
    ]


def plan_changes_told(user: User) -> Iterable[dict[str, Any]]:
    """What coaches did to the user's plans, newest first."""
    changes = PlanChange.objects.filter(plan__athlete=user).select_related("author")[:MOST]
    return [
        {
            "plan": str(change.plan_id),
            "kind": change.kind,
            "by": None if change.author is None else change.author.display_name,
            "at": _time(change.at),
            "undone_at": _time(change.undone_at),
            "told": change.told,
        }
        for change in changes
    ]


def notes_told(user: User) -> Iterable[dict[str, Any]]:
    """What the user has written down about athletes; never what others wrote about the user."""
    notes = CoachNote.objects.alive().filter(coach=user).select_related("athlete")[:MOST]
    return [
        {
            "athlete": note.athlete.display_name,
            "text": note.text,
            "created_at": _time(note.created_at),
            "changed_at": _time(note.changed_at),
        }
        for note in notes
    ]


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()
