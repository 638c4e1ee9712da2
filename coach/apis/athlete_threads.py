"""The same comments for a coach: what was said to themselves, with the scope of comments.

Not in the log of looks: nothing of the athlete's is shown but what the athlete wrote to this coach.
"""

from typing import ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view

from coach.apis.base import OfAthlete
from coach.apis.threads import (
    MessageApi,
    MessageRestoreApi,
    SetThreadsApi,
    ThreadApi,
    ThreadReadApi,
    ThreadsApi,
)
from coach.models import Scope


class OfCommentingAthlete(OfAthlete):
    scope: ClassVar[Scope | None] = Scope.COMMENTS


@extend_schema_view(get=extend_schema(operation_id="athlete_threads"))
class AthleteThreadsApi(OfCommentingAthlete, ThreadsApi):
    """The coach's inbox of this athlete."""


@extend_schema_view(get=extend_schema(operation_id="athlete_set_threads"))
class AthleteSetThreadsApi(OfCommentingAthlete, SetThreadsApi):
    pass


@extend_schema_view(put=extend_schema(operation_id="athlete_thread_begin"))
class AthleteThreadApi(OfCommentingAthlete, ThreadApi):
    pass


@extend_schema_view(post=extend_schema(operation_id="athlete_thread_read"))
class AthleteThreadReadApi(OfCommentingAthlete, ThreadReadApi):
    pass


@extend_schema_view(
    put=extend_schema(operation_id="athlete_message_add"),
    patch=extend_schema(operation_id="athlete_message_edit"),
    delete=extend_schema(operation_id="athlete_message_delete"),
)
class AthleteMessageApi(OfCommentingAthlete, MessageApi):
    pass


@extend_schema_view(post=extend_schema(operation_id="athlete_message_restore"))
class AthleteMessageRestoreApi(OfCommentingAthlete, MessageRestoreApi):
    pass
