"""All of the athlete's data out, and in again."""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.audit import Kind, record
from accounts.models import User
from accounts.reauthentication import require_recent
from accounts.throttles import ExportThrottle
from accounts.tokens.scopes import NO_TOKENS, TokenScope
from sessions.apis.base import AnyAccept, Api, answers, checked
from sessions.parsers import PartParser
from sessions.portable import services
from sessions.portable.bundle import bundle_chunks
from sessions.portable.table import table_chunks
from sessions.selectors.imports import import_get, imports_list
from sessions.serializers.portable import (
    ImportOpenSerializer,
    ImportSerializer,
    ImportStartSerializer,
)


class Download(Api):
    content_negotiation_class = AnyAccept
    throttle_classes = (ExportThrottle,)


class ExportApi(Download):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="export",
        description="Everything of the athlete in one zip: docs/export-format.md. Asks who is "
        "there once more (401); with `ask` that is all (204), before the browser fetches it.",
        parameters=[OpenApiParameter("ask", bool, required=False)],
        responses=answers(_204=None) | {(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponseBase:
        require_recent(request)
        if "ask" in request.query_params:
            return HttpResponse(status=204)
        now = timezone.now()
        record(Kind.EXPORTED, about=self.actor, by=self.actor)
        name = f"posecoach-{now:%Y-%m-%d}.zip"
        return download(request, bundle_chunks(self.actor, now), name, "application/zip")


class ExportTableApi(Download):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="export_sets",
        description="One row a set.",
        responses=answers() | {(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        record(Kind.EXPORTED, about=self.actor, by=self.actor, detail="sets.csv")
        name = f"posecoach-sets-{timezone.now():%Y-%m-%d}.csv"
        return download(request, table_chunks(self.actor), name, "text/csv; charset=utf-8")


class ImportsApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="imports", responses=answers(_200=ImportSerializer(many=True)))
    def get(self, request: Request) -> Response:
        found = imports_list(actor=self.actor)
        return Response([ImportSerializer(one).data for one in found])


class ImportApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="import_get", responses=answers(404, _200=ImportSerializer))
    def get(self, request: Request, import_id: UUID) -> Response:
        return _told(self.actor, import_id)

    @extend_schema(
        operation_id="import_open",
        description="The file follows in parts of 512 KiB.",
        request=ImportOpenSerializer,
        responses=answers(400, 404, 409, _200=ImportSerializer),
    )
    def put(self, request: Request, import_id: UUID) -> Response:
        given = checked(ImportOpenSerializer, request)
        size = given.pop("bytes")
        services.import_open(athlete=self.actor, import_id=import_id, size=size, **given)
        return _told(self.actor, import_id)

    @extend_schema(operation_id="import_discard", responses=answers(404, 409, _204=None))
    def delete(self, request: Request, import_id: UUID) -> Response:
        services.import_discard(athlete=self.actor, import_id=import_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportPartApi(Api):
    token_scopes = NO_TOKENS
    parser_classes = (PartParser,)

    @extend_schema(
        operation_id="import_part",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses=answers(400, 404, 409, 413, 415, _204=None),
    )
    def put(self, request: Request, import_id: UUID, index: int) -> Response:
        payload = request.data
        if not isinstance(payload, bytes):
            raise ValidationError({"body": _("Expected bytes, got an empty request.")})
        services.part_store(athlete=self.actor, import_id=import_id, index=index, payload=payload)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ImportCheckApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="import_check",
        description="Says what the file would bring; nothing is written.",
        request=None,
        responses=answers(400, 404, 409, _200=ImportSerializer),
    )
    def post(self, request: Request, import_id: UUID) -> Response:
        services.import_check(athlete=self.actor, import_id=import_id)
        return _told(self.actor, import_id)


class ImportStartApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="import_start",
        request=ImportStartSerializer,
        responses=answers(400, 404, 409, _200=ImportSerializer),
    )
    def post(self, request: Request, import_id: UUID) -> Response:
        given = checked(ImportStartSerializer, request)
        services.import_start(athlete=self.actor, import_id=import_id, **given)
        return _told(self.actor, import_id)


class ImportUndoApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="import_undo",
        description="Deletes what the import brought; the profile stays.",
        request=None,
        responses=answers(404, 409, _200=ImportSerializer),
    )
    def post(self, request: Request, import_id: UUID) -> Response:
        services.import_undo(athlete=self.actor, import_id=import_id)
        return _told(self.actor, import_id)


def _told(actor: User, import_id: UUID) -> Response:
    return Response(ImportSerializer(import_get(actor=actor, import_id=import_id)).data)


def download(
    request: Request, chunks: Iterator[bytes], name: str, content_type: str
) -> StreamingHttpResponse:
    """Sent while it is made. Under ASGI Django would otherwise gather all of it in memory first."""
    under_asgi = isinstance(request._request, ASGIRequest)
    return StreamingHttpResponse(
        _awaited(chunks) if under_asgi else chunks,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


async def _awaited(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await sync_to_async(lambda: next(chunks, None))()) is not None:
        yield chunk
