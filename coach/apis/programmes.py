from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from coach.selectors.programmes import programme_get, programmes_of
from coach.serializers.given import ProgrammeGivenSerializer
from coach.serializers.told import ProgrammeSerializer
from coach.services.programmes import programme_delete, programme_put, programme_restore
from sessions.apis.base import Api, answers, checked


class ProgrammesApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(
        operation_id="programmes_list", responses=answers(_200=ProgrammeSerializer(many=True))
    )
    def get(self, request: Request) -> Response:
        return Response(ProgrammeSerializer(programmes_of(actor=self.actor), many=True).data)


class OneProgrammeApi(Api):
    def told(self, programme_id: UUID) -> Response:
        programme = programme_get(actor=self.actor, programme_id=programme_id)
        return Response(ProgrammeSerializer(programme).data)


class ProgrammeApi(OneProgrammeApi):
    token_scopes = {"PUT": TokenScope.PLAN_CHANGE, "DELETE": TokenScope.PLAN_CHANGE}

    @extend_schema(
        operation_id="programme_put",
        description="Own ones only. Plans that came from it stay as they are.",
        request=ProgrammeGivenSerializer,
        responses=answers(400, 404, 409, _200=ProgrammeSerializer),
    )
    def put(self, request: Request, programme_id: UUID) -> Response:
        given = checked(ProgrammeGivenSerializer, request)
        programme_put(author=self.actor, programme_id=programme_id, **given)
        return self.told(programme_id)

    @extend_schema(operation_id="programme_delete", responses=answers(404, _204=None))
    def delete(self, request: Request, programme_id: UUID) -> Response:
        programme_delete(author=self.actor, programme_id=programme_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ProgrammeRestoreApi(OneProgrammeApi):
    token_scopes = {"POST": TokenScope.PLAN_CHANGE}

    @extend_schema(
        operation_id="programme_restore",
        request=None,
        responses=answers(400, 404, _200=ProgrammeSerializer),
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        programme_restore(author=self.actor, programme_id=programme_id)
        return self.told(programme_id)
