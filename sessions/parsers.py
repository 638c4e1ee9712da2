"""Request bodies, read no further than they are allowed to be long."""

from collections.abc import Mapping
from json import loads
from typing import IO, Any, Final

import orjson
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser

from models.clip import CONTENT_TYPE, ClipError, decode, from_json
from sessions.errors import TooLarge
from sessions.models.imports import PART_BYTES

MAX_BINARY_BYTES: Final = 64 * 1024
MAX_JSON_BYTES: Final = 512 * 1024


class JSONParser(BaseParser):
    """JSON by orjson."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return _json(_read(stream, parser_context, MAX_JSON_BYTES))


class ClipJSONParser(JSONParser):
    """A clip in JSON; what is parsed is a `models.clip.Clip`."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return from_json(super().parse(stream, media_type, parser_context))
        except ClipError as error:
            raise ValidationError({error.field: error.message}) from error


class ClipParser(BaseParser):
    """A clip in its binary form; what is parsed is a `models.clip.Clip`."""

    media_type = CONTENT_TYPE

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return decode(_read(stream, parser_context, MAX_BINARY_BYTES))
        except ClipError as error:
            raise ValidationError({error.field: error.message}) from error


class PartParser(BaseParser):
    """A part of a file, as it is."""

    media_type = "application/octet-stream"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return _read(stream, parser_context, PART_BYTES)


def _read(stream: IO[Any], context: Mapping[str, Any] | None, limit: int) -> bytes:
    declared = context["request"].META.get("CONTENT_LENGTH") if context else None
    if declared and int(declared) > limit:
        raise TooLarge(f"At most {limit // 1024} KiB, got {int(declared) // 1024} KiB.")
    body: bytes = stream.read(limit + 1)
    if len(body) > limit:
        raise TooLarge(f"At most {limit // 1024} KiB.")
    return body


def _json(body: bytes) -> Any:
    """Raises ParseError. NaN and infinities pass, so that a later check can name their field."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        if b"NaN" not in body and b"Infinity" not in body:
            raise ParseError(f"This is not JSON: {error}.") from error
    try:
        return loads(body)
    except (ValueError, RecursionError) as error:
        raise ParseError("This is not JSON.") from error
