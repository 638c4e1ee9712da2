"""The sentence of each kind, in the language that is active."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext

from accounts.languages import in_language_of
from accounts.models import Notification, User
from accounts.notifications.kinds import Kind

_WORDS: Final[dict[str, Callable[[], str]]] = {
    Kind.COMMENT: lambda: gettext("%(by)s wrote about a set."),
    Kind.COACH_JOINED: lambda: gettext("%(by)s accepted your invitation."),
    Kind.LINK_ENDED: lambda: gettext("%(by)s ended your link."),
    Kind.PLAN_ASSIGNED: lambda: gettext("%(by)s gave you the plan “%(title)s”."),
    Kind.PLAN_CHANGED: lambda: gettext("%(by)s changed your plan “%(title)s”."),
    Kind.CORRECTED: lambda: gettext("%(by)s corrected a set of yours."),
    Kind.EXERCISE_SHARED: lambda: gettext("%(by)s shared the exercise “%(title)s” with you."),
}


def sentence(row: Notification, user: User) -> str:
    """What the user is told, in their language."""
    with in_language_of(user):
        return words(row.kind, row.data)


def words(kind: str, data: dict[str, Any]) -> str:
    if kind == Kind.COACH_REQUEST_DECIDED:
        if data.get("granted"):
            return gettext("You are a coach now.")
        return gettext("Your request to become a coach was declined.")
    if (found := _WORDS.get(kind)) is None:
        return gettext("There is something new for you.")
    told = {"by": gettext("Somebody"), "title": "…"} | data
    if told.get("slug"):  # ours, and translated
        told["title"] = gettext(told["title"])
    return found() % told
