"""The error table: whatever goes wrong under /api is told in the one shape of docs/data-flow.md."""

import logging
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import Error as DatabaseError
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from accounts.throttles import too_soon
from config.telemetry.context import request_id
from sessions.errors import TooLarge, Unavailable, is_disk_full

logger = logging.getLogger(__name__)

Fields = list[dict[str, str]]
Headers = dict[str, str]
# An answer does not grow with what was wrong in a request.
MOST_TOLD, MOST_CHARACTERS = 20, 400
FULL_WAIT_S, AWAY_WAIT_S = 30, 2
WHOLE = {NON_FIELD_ERRORS, api_settings.NON_FIELD_ERRORS_KEY}


class StorageFull(Unavailable):
    """A disk without room refuses for longer than a database that starts again."""

    default_detail = gettext_lazy(
        "The server has no room left. What you trained waits on your device."
    )
    default_code = "storage_full"


def body(code: str, message: str, fields: Fields | None = None) -> dict[str, Any]:
    """reference: the id under which the log knows the request; for whoever asks for help."""
    told = {"code": code, "message": message, "fields": fields or []}
    return {"error": {**told, "reference": request_id()}}


def exception_handler(exc: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. Returns None for what nobody foresaw: a 500, and logged."""
    error = _as_api_exception(exc)
    if error is None:
        return None
    set_rollback()
    return Response(_tell(error), status=error.status_code, headers=_headers(error))


def told_outside(error: exceptions.APIException, language: str) -> tuple[int, Headers, bytes]:
    """Status, headers of its own and JSON of an answer that no view gives."""
    with translation.override(language):
        text = JSONRenderer().render(_tell(error))
    return error.status_code, _headers(error), text


def _as_api_exception(exc: Exception) -> exceptions.APIException | None:
    match exc:
        case exceptions.APIException():
            return exc
        case Http404():
            return exceptions.NotFound()
        case DjangoPermissionDenied():
            return exceptions.PermissionDenied()
        case RequestDataTooBig():
            return TooLarge()
        case OperationalError() | InterfaceError() | InternalError():
            return _unavailable(exc)
        case DjangoValidationError():
            detail = exc.message_dict if hasattr(exc, "error_dict") else exc.messages
            return exceptions.ValidationError(detail)
    return None


def _unavailable(exc: DatabaseError) -> Unavailable:
    """The database is away, busy, or has no room; the same request may be sent again."""
    logger.error("The database did not take a request: %s", type(exc.__cause__ or exc).__name__)
    if is_disk_full(exc):
        return StorageFull(FULL_WAIT_S)
    return Unavailable(AWAY_WAIT_S)


def _tell(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        found = [(field, _shortened(text)) for field, text in _first(_flatten(error.detail))]
        fields = [{"field": field, "message": text} for field, text in found if field]
        return body("invalid", "; ".join(text for _, text in found), fields)
    if isinstance(error, exceptions.Throttled):
        return body(error.default_code, too_soon(getattr(error, "wait", None)))
    if isinstance(error.detail, (dict, list)):
        texts = (_shortened(text) for _, text in _first(_flatten(error.detail)))
        return body(error.default_code, "; ".join(texts))
    return body(str(error.detail.code), str(error.detail))


def _first(told: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return islice(told, MOST_TOLD)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _flatten(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(field path, message) of each leaf: names joined by dots, indices in brackets."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flatten(inner, _join(path, name))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            yield from _flatten(inner, _join(path, index) if nested else path)
    else:
        yield path, str(detail)


def _join(path: str, name: str | int) -> str:
    if isinstance(name, int):
        return f"{path}[{name}]"
    if name in WHOLE:
        return path
    return f"{path}.{name}" if path else name


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    told = gettext("There is nothing at %(path)s.") % {"path": request.path}
    return JsonResponse(body("not_found", told), status=404)


def bad_request(_request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Django's handler400: a host name that is not ours, a header that makes no sense."""
    return JsonResponse(
        body("bad_request", gettext("The request could not be understood.")), status=400
    )


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW; a wrong origin is the usual fault of a proxy."""
    hint = " Set PUBLIC_URL to that address on the server." if reason.startswith("Origin") else ""
    return JsonResponse(body("csrf_failed", f"CSRF check failed: {reason}{hint}"), status=403)


def server_error(_request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Django's handler500: says nothing about the cause, which is in the log."""
    cause = sys.exc_info()[1]
    if isinstance(cause, OperationalError | InterfaceError | InternalError):  # not in our views
        error = _unavailable(cause)
        return JsonResponse(_tell(error), status=error.status_code, headers=_headers(error))
    return JsonResponse(
        body("server_error", gettext("Something went wrong on the server. Please try again.")),
        status=500,
    )
