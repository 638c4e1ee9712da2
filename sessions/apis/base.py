from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.given import asked as asked
from accounts.given import checked as checked
from accounts.models import User
from accounts.selectors import acting_user
from accounts.tokens.scopes import TokenScopes
from sessions.parsers import JSONParser
from sessions.serializers.told import ErrorSerializer


class Api(APIView):
    # Each view says it for itself, and a test asks: without it no token is taken.
    token_scopes: ClassVar[TokenScopes]
    parser_classes: tuple[type[BaseParser], ...] = (JSONParser,)

    @property
    def actor(self) -> User:
        return acting_user(self.request)

    @property
    def subject(self) -> User:
        """Whose data is read: one's own, unless a view of another room says otherwise."""
        return self.actor


class AnyAccept(BaseContentNegotiation):
    """For files: whatever a browser or a calendar asks for, it is the file; errors are JSON."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


def answers(*errors: int, **told: Any) -> dict[int, OpenApiResponse]:
    """Responses of the schema: `answers(400, 404, _200=SetSerializer)`. 401 is everywhere."""
    shapes = {int(status[1:]): OpenApiResponse(shape) for status, shape in told.items()}
    refusals = {status: OpenApiResponse(ErrorSerializer) for status in (*errors, 401)}
    return shapes | dict(sorted(refusals.items()))
