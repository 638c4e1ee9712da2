from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from sessions.parsers import JSONParser
from sessions.serializers.told import ErrorSerializer


class Api(APIView):
    parser_classes = (JSONParser,)

    @property
    def actor(self) -> User:
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 (IsAuthenticated has let nobody else in)
        return user


def checked(form: type[serializers.Serializer[None]], request: Request) -> dict[str, Any]:
    """What the form makes of the body. Raises ValidationError."""
    return _valid(form(data=request.data))


def asked(form: type[serializers.Serializer[None]], request: Request) -> dict[str, Any]:
    """What the form makes of the query. Raises ValidationError."""
    return _valid(form(data=request.query_params.dict()))


def _valid(given: serializers.Serializer[None]) -> dict[str, Any]:
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return values


def answers(
    *errors: int, **told: type[serializers.BaseSerializer[Any]] | None
) -> dict[int, OpenApiResponse]:
    """Responses of the schema: `answers(400, 404, _200=SetSerializer)`. 401 is everywhere."""
    shapes = {int(status[1:]): OpenApiResponse(shape) for status, shape in told.items()}
    refusals = {status: OpenApiResponse(ErrorSerializer) for status in (*errors, 401)}
    return shapes | dict(sorted(refusals.items()))
