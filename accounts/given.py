"""What a request gives, once it is checked."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


def checked(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the form makes of the body. Raises ValidationError."""
    return valid(form(data=request.data))


def asked(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the form makes of the query. Raises ValidationError."""
    return valid(form(data=request.query_params.dict()))


def valid(given: serializers.Serializer[Any]) -> dict[str, Any]:
    """What a form with data makes of it. Raises ValidationError."""
    given.is_valid(raise_exception=True)
    values: dict[str, Any] = given.validated_data
    return values
