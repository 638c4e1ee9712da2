import gzip
from typing import Any
from uuid import UUID

import numpy as np
import orjson
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers, asked
from sessions.selectors.frames import MOST, FramesState, StoredFrames, frames_get, frames_state
from sessions.serializers.given import FramesQuerySerializer
from sessions.serializers.sets import FramesSerializer

FOR_EVER = "private, max-age=31536000, immutable"
ASK_EACH_TIME = "private, no-cache"
OF_A_CLIP = ("width_px", "height_px", "estimator")


class FramesApi(Api):
    token_scopes = {"GET": TokenScope.KEYPOINTS}

    @extend_schema(
        operation_id="set_frames",
        description=f"The stored keypoints, at most {MOST} frames an answer; `next_ms` is where "
        "the next one starts. A set whose clips have all come may be kept by the browser.",
        parameters=[FramesQuerySerializer],
        responses=answers(400, 404, _200=FramesSerializer, _304=None),
    )
    def get(self, request: Request, set_id: UUID) -> HttpResponse:
        from_ms = asked(FramesQuerySerializer, request)["from_ms"]
        state = frames_state(actor=self.subject, set_id=set_id)
        etag = f'W/"{state.version}-{from_ms}"'
        known = get_conditional_response(request._request, etag=etag)
        if isinstance(known, HttpResponseNotModified):
            return _headed(known, etag, state)
        found = frames_get(actor=self.subject, set_id=set_id, from_ms=from_ms)
        return _headed(_packed(frames_told(found), request), etag, state)


def frames_told(found: StoredFrames) -> bytes:
    """JSON as `FramesSerializer` tells."""
    scaled = np.round(found.sequence.poses * (10_000, 10_000, 255)).astype(np.int32)
    told: dict[str, Any] = {
        **{name: getattr(found.first, name, None) for name in OF_A_CLIP},
        "t_ms": found.sequence.t_ms,
        "keypoints": scaled.reshape(-1),
        "next_ms": found.next_ms,
    }
    return orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY)


def _packed(body: bytes, request: Request) -> HttpResponse:
    """Packed here and not everywhere: whole numbers beside no secret shrink to a quarter."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(body, "application/json")
    packed = gzip.compress(body, compresslevel=5, mtime=0)
    return HttpResponse(packed, "application/json", headers={"Content-Encoding": "gzip"})


def _headed(response: HttpResponse, etag: str, state: FramesState) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER if state.final else ASK_EACH_TIME
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
