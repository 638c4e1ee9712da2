"""Views of one athlete's data for a coach: the views of the training room with another subject."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from accounts.models import User
from accounts.tokens.scopes import NO_TOKENS
from accounts.unkept import UnkeptView
from coach.models import Access, Scope
from coach.selectors.links import athlete_for
from coach.services.access import access_log, access_log_part
from sessions.apis.base import Api


class Unkept(UnkeptView, Api):
    """What these answers tell may end any moment."""


class OfAthlete(Unkept):
    """Put before a view: `{athlete_id}` of the path is whose data it reads, if it was granted.

    scope: what must be granted, None: any link. what: how the look stands in the athlete's log,
    None: not a look (a write, or what is the coach's own). is_part: of a page, whose look it
    shares. target: the name of the id in the path that was looked at.
    """

    # A token is of one's own data; what somebody else has granted stays with the person.
    token_scopes: ClassVar[Any] = NO_TOKENS  # whatever the view says that it is put before
    scope: ClassVar[Scope | None] = Scope.RESULTS
    what: ClassVar[Access.What | None] = None
    is_part: ClassVar[bool] = False
    target: ClassVar[str | None] = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.athlete_id: UUID = kwargs.pop("athlete_id")
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Called before the view's own method, when it is known who asks."""
        super().initial(request, *args, **kwargs)
        athlete = self.subject
        if self.what is None or request.method not in ("GET", "HEAD"):
            return
        if self.is_part:
            access_log_part(coach=self.actor, athlete=athlete, what=self.what)
        else:
            target = kwargs[self.target] if self.target else None
            access_log(coach=self.actor, athletes=[athlete], what=self.what, target=target)

    @cached_property
    def subject(self) -> User:
        """The athlete. Raises NotFound."""
        return athlete_for(coach=self.actor, athlete_id=self.athlete_id, scope=self.scope)
