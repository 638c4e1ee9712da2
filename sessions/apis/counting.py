from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers
from sessions.selectors.versions import Counting, browser_file, counting

FOR_EVER = "private, max-age=31536000, immutable"  # the address has the digest of the files


class CountingSerializer(serializers.Serializer[Counting]):
    version = serializers.CharField(help_text="With which this server counts.")
    model = serializers.CharField(
        allow_null=True, help_text="Its copy for browsers, where the page's own files are not it."
    )


class CountingApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(operation_id="counting", responses=answers(_200=CountingSerializer))
    def get(self, request: Request) -> Response:
        return Response(CountingSerializer(counting()).data)


class ModelFileApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="model_file",
        responses={
            **answers(404),
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY),
            (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT),
        },
    )
    def get(self, request: Request, digest: str, name: str) -> HttpResponse:
        file = browser_file(digest, name)
        kind = "application/json" if name.endswith(".json") else "application/octet-stream"
        headers = {"Cache-Control": FOR_EVER, "ETag": f'"{file.sha256}"'}
        return HttpResponse(bytes(file.payload), kind, headers=headers)
