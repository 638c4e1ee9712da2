"""The athlete's own profile."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.erasure import own_account_erase
from accounts.given import valid
from accounts.reauthentication import require_recent
from accounts.selectors import acting_user
from accounts.serializers import MeSerializer
from accounts.services import user_update
from accounts.tokens.scopes import NO_TOKENS


class MeApi(APIView):
    token_scopes = NO_TOKENS
    is_open_without_factor = True

    @extend_schema(operation_id="me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(acting_user(request)).data)

    @extend_schema(operation_id="me_update", request=MeSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        user = acting_user(request)
        profile = valid(MeSerializer(user, data=request.data, partial=True))
        return Response(MeSerializer(user_update(user=user, **profile)).data)

    @extend_schema(
        operation_id="me_erase",
        description=(
            "Erases the account and all that is in it, at once and for good. "
            "Asks who is there once more (401)."
        ),
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        require_recent(request)
        own_account_erase(user=acting_user(request))
        request._request.session.flush()
        return Response(status=status.HTTP_204_NO_CONTENT)
