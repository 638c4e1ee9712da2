from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.tokens.scopes import TokenScope
from models.clip import CONTENT_TYPE, Clip
from sessions import meters, trace
from sessions.apis.base import Api, answers, checked
from sessions.ingest import passes
from sessions.parsers import ClipJSONParser, ClipParser
from sessions.selectors.sets import missing_clips, set_get
from sessions.serializers.given import (
    ClipSerializer,
    SetDetailsSerializer,
    SetFinishSerializer,
    SetStartSerializer,
)
from sessions.serializers.sets import (
    SetDetailSerializer,
    SetSerializer,
    StoredClipSerializer,
)
from sessions.services.clips import clip_store
from sessions.services.sets import (
    set_delete,
    set_describe,
    set_finish,
    set_restore,
    set_start,
)
from sessions.throttles import ClipThrottle


def told(actor: User, set_id: UUID) -> Response:
    return Response(SetSerializer(set_get(actor=actor, set_id=set_id)).data)


def told_in_detail(actor: User, set_id: UUID) -> Response:
    workout_set = set_get(actor=actor, set_id=set_id)
    workout_set.missing_clips = missing_clips(actor=actor, workout_set=workout_set)  # type: ignore[attr-defined]
    return Response(SetDetailSerializer(workout_set).data)


class SetApi(Api):
    token_scopes = {
        "GET": TokenScope.RESULTS,
        "PUT": TokenScope.TRAINING,
        "PATCH": TokenScope.TRAINING,
        "DELETE": TokenScope.TRAINING,
    }

    @extend_schema(operation_id="set_get", responses=answers(404, _200=SetDetailSerializer))
    def get(self, request: Request, set_id: UUID) -> Response:
        return told_in_detail(self.subject, set_id)

    @extend_schema(
        operation_id="set_start",
        description="The id is made by the client, so that this may be sent again.",
        request=SetStartSerializer,
        responses=answers(400, 404, 409, _200=SetSerializer),
    )
    def put(self, request: Request, set_id: UUID) -> Response:
        given = checked(SetStartSerializer, request)
        workout_id = given.pop("workout")
        set_start(athlete=self.actor, set_id=set_id, workout_id=workout_id, **given)
        return told(self.actor, set_id)

    @extend_schema(
        operation_id="set_describe",
        request=SetDetailsSerializer,
        responses=answers(400, 404, _200=SetDetailSerializer),
    )
    def patch(self, request: Request, set_id: UUID) -> Response:
        set_describe(athlete=self.actor, set_id=set_id, **checked(SetDetailsSerializer, request))
        return told_in_detail(self.actor, set_id)

    @extend_schema(operation_id="set_delete", responses=answers(404, _204=None))
    def delete(self, request: Request, set_id: UUID) -> Response:
        set_delete(athlete=self.actor, set_id=set_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SetFinishApi(Api):
    token_scopes = {"POST": TokenScope.TRAINING}

    @extend_schema(
        operation_id="set_finish",
        description="Clips may still arrive, in any order.",
        request=SetFinishSerializer,
        responses=answers(400, 404, 409, _200=SetSerializer),
    )
    def post(self, request: Request, set_id: UUID) -> Response:
        given = checked(SetFinishSerializer, request)
        set_finish(athlete=self.actor, set_id=set_id, **given)
        return told(self.actor, set_id)


class SetRestoreApi(Api):
    token_scopes = {"POST": TokenScope.TRAINING}

    @extend_schema(
        operation_id="set_restore", request=None, responses=answers(400, 404, _200=SetSerializer)
    )
    def post(self, request: Request, set_id: UUID) -> Response:
        set_restore(athlete=self.actor, set_id=set_id)
        return told(self.actor, set_id)


class ClipApi(Api):
    token_scopes = {"PUT": TokenScope.TRAINING}
    parser_classes = (ClipParser, ClipJSONParser)
    throttle_classes = (ClipThrottle,)

    @extend_schema(
        operation_id="clip_put",
        description="A clip as docs/clip-format.md has it; the same clip may be sent again.",
        request={CONTENT_TYPE: OpenApiTypes.BINARY, "application/json": ClipSerializer},
        responses=answers(400, 404, 409, 413, 415, 429, _202=StoredClipSerializer),
    )
    def put(self, request: Request, set_id: UUID, index: int) -> Response:
        clip = request.data
        if not isinstance(clip, Clip):
            raise ValidationError({"body": _("Expected a clip, got an empty request.")})
        with trace.span("clip.commit", set_id=set_id, clip=index):
            stored = clip_store(athlete=self.actor, set_id=set_id, index=index, clip=clip)
        passes.note(request)
        meters.clip_seen("duplicate" if stored.duplicate else "stored", _bytes(request))
        return Response(StoredClipSerializer(stored).data, status=status.HTTP_202_ACCEPTED)

    def handle_exception(self, exc: Exception) -> Response:
        meters.clip_seen("busy" if isinstance(exc, Throttled) else "refused", _bytes(self.request))
        return super().handle_exception(exc)


def _bytes(request: Request) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)
