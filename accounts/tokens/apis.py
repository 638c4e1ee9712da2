"""A person's own API tokens. No token makes, reads or ends tokens."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.given import checked
from accounts.reauthentication import require_recent
from accounts.selectors import acting_user
from accounts.throttles import TokenThrottle
from accounts.tokens.scopes import NO_TOKENS, TokenScopes
from accounts.tokens.selectors import tokens_of
from accounts.tokens.serializers import (
    ApiTokenGivenSerializer,
    ApiTokenMadeSerializer,
    ApiTokenSerializer,
)
from accounts.tokens.services import token_make, token_revoke
from accounts.unkept import UnkeptView


class TokensApi(UnkeptView):
    token_scopes: ClassVar[TokenScopes] = NO_TOKENS
    throttle_classes = (TokenThrottle,)

    @extend_schema(operation_id="tokens", responses=ApiTokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = tokens_of(actor=acting_user(request))
        return Response(ApiTokenSerializer(found, many=True).data)

    @extend_schema(
        operation_id="token_make",
        description="The secret is told this once. Asks who is there once more (401).",
        request=ApiTokenGivenSerializer,
        responses={201: ApiTokenMadeSerializer},
    )
    def post(self, request: Request) -> Response:
        require_recent(request)
        given = checked(ApiTokenGivenSerializer, request)
        made = token_make(user=acting_user(request), **given)
        return Response(ApiTokenMadeSerializer(made).data, status=status.HTTP_201_CREATED)


class TokenApi(UnkeptView):
    token_scopes: ClassVar[TokenScopes] = NO_TOKENS

    @extend_schema(
        operation_id="token_revoke",
        description="From the next request on it opens nothing.",
        responses={204: None},
    )
    def delete(self, request: Request, token_id: UUID) -> Response:
        token_revoke(user=acting_user(request), token_id=token_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
