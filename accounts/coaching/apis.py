from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.coaching.selectors import standing_of
from accounts.coaching.serializers import CoachRequestGivenSerializer, StandingSerializer
from accounts.coaching.services import coach_request_put, coach_stop
from accounts.given import checked
from accounts.models import User
from accounts.selectors import acting_user
from accounts.tokens.scopes import NO_TOKENS
from accounts.unkept import UnkeptView


class CoachRequestApi(UnkeptView):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="coach_request", responses=StandingSerializer)
    def get(self, request: Request) -> Response:
        return self._told(acting_user(request))

    @extend_schema(
        operation_id="coach_request_put",
        description="Asks to become a coach; sent again, it changes what the open request says.",
        request=CoachRequestGivenSerializer,
        responses=StandingSerializer,
    )
    def put(self, request: Request) -> Response:
        given, actor = checked(CoachRequestGivenSerializer, request), acting_user(request)
        coach_request_put(user=actor, about=given["about"])
        actor.refresh_from_db()
        return self._told(actor)

    @extend_schema(
        operation_id="coach_stop",
        description="Withdraws the request. Of a coach: they are none any more, their links end.",
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        coach_stop(user=acting_user(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _told(self, actor: User) -> Response:
        return Response(StandingSerializer(standing_of(actor=actor)).data)
