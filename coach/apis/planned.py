from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from coach.selectors.planned import planned_get, planned_list
from coach.serializers.given import (
    PlannedChangeSerializer,
    PlannedQuerySerializer,
    PlannedWorkoutGivenSerializer,
)
from coach.serializers.told import PlannedSerializer
from coach.services.planned import planned_begin, planned_change, planned_unlink
from sessions.apis.base import Api, answers, asked, checked


class PlannedListApi(Api):
    token_scopes = {"GET": TokenScope.PLAN}

    @extend_schema(
        operation_id="planned_list",
        parameters=[PlannedQuerySerializer],
        responses=answers(400, _200=PlannedSerializer(many=True)),
    )
    def get(self, request: Request) -> Response:
        query = asked(PlannedQuerySerializer, request)
        found = planned_list(
            actor=self.subject, since=query["from"], until=query["to"], now=timezone.now()
        )
        return Response(PlannedSerializer(found, many=True).data)


class OnePlannedApi(Api):
    def told(self, planned_id: UUID) -> Response:
        found = planned_get(actor=self.subject, planned_id=planned_id, now=timezone.now())
        return Response(PlannedSerializer(found).data)


class PlannedApi(OnePlannedApi):
    token_scopes = {"GET": TokenScope.PLAN, "PATCH": TokenScope.PLAN_CHANGE}

    @extend_schema(operation_id="planned_get", responses=answers(404, _200=PlannedSerializer))
    def get(self, request: Request, planned_id: UUID) -> Response:
        return self.told(planned_id)

    @extend_schema(
        operation_id="planned_change",
        description="Moves it, with `following` those after it too; skips it, or does not.",
        request=PlannedChangeSerializer,
        responses=answers(400, 404, 409, _200=PlannedSerializer),
    )
    def patch(self, request: Request, planned_id: UUID) -> Response:
        given = checked(PlannedChangeSerializer, request)
        planned_change(athlete=self.actor, planned_id=planned_id, now=timezone.now(), **given)
        return self.told(planned_id)


class PlannedWorkoutApi(OnePlannedApi):
    token_scopes = {"PUT": TokenScope.PLAN_CHANGE, "DELETE": TokenScope.PLAN_CHANGE}

    @extend_schema(
        operation_id="planned_begin",
        description="This workout is the planned one. May be sent again.",
        request=PlannedWorkoutGivenSerializer,
        responses=answers(400, 404, 409, _200=PlannedSerializer),
    )
    def put(self, request: Request, planned_id: UUID) -> Response:
        workout_id = checked(PlannedWorkoutGivenSerializer, request)["workout"]
        planned_begin(athlete=self.actor, planned_id=planned_id, workout_id=workout_id)
        return self.told(planned_id)

    @extend_schema(operation_id="planned_unlink", responses=answers(404, _200=PlannedSerializer))
    def delete(self, request: Request, planned_id: UUID) -> Response:
        planned_unlink(athlete=self.actor, planned_id=planned_id)
        return self.told(planned_id)
