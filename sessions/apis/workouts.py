from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers, asked, checked
from sessions.selectors.workouts import workout_get, workouts_page
from sessions.serializers.given import (
    WorkoutDetailsSerializer,
    WorkoutFinishSerializer,
    WorkoutPageQuerySerializer,
    WorkoutStartSerializer,
)
from sessions.serializers.told import (
    WorkoutDetailSerializer,
    WorkoutPageSerializer,
    WorkoutSerializer,
)
from sessions.services.workouts import (
    workout_delete,
    workout_describe,
    workout_finish,
    workout_restore,
    workout_start,
)


class WorkoutsApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="workouts_list",
        parameters=[WorkoutPageQuerySerializer],
        responses=answers(400, 404, _200=WorkoutPageSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(WorkoutPageQuerySerializer, request)
        page = workouts_page(actor=self.subject, before=query.get("before"), limit=query["limit"])
        return Response(WorkoutPageSerializer(page).data)


class OneWorkoutApi(Api):
    def told(self, workout_id: UUID) -> Response:
        workout = workout_get(actor=self.subject, workout_id=workout_id)
        return Response(WorkoutSerializer(workout).data)


class WorkoutApi(OneWorkoutApi):
    token_scopes = {
        "GET": TokenScope.RESULTS,
        "PUT": TokenScope.TRAINING,
        "PATCH": TokenScope.TRAINING,
        "DELETE": TokenScope.TRAINING,
    }

    @extend_schema(operation_id="workout_get", responses=answers(404, _200=WorkoutDetailSerializer))
    def get(self, request: Request, workout_id: UUID) -> Response:
        workout = workout_get(actor=self.subject, workout_id=workout_id)
        return Response(WorkoutDetailSerializer(workout).data)

    @extend_schema(
        operation_id="workout_start",
        description="The id is made by the client, so that this may be sent again.",
        request=WorkoutStartSerializer,
        responses=answers(400, 404, 409, _200=WorkoutSerializer),
    )
    def put(self, request: Request, workout_id: UUID) -> Response:
        given = checked(WorkoutStartSerializer, request)
        workout_start(athlete=self.actor, workout_id=workout_id, **given)
        return self.told(workout_id)

    @extend_schema(
        operation_id="workout_describe",
        request=WorkoutDetailsSerializer,
        responses=answers(400, 404, _200=WorkoutSerializer),
    )
    def patch(self, request: Request, workout_id: UUID) -> Response:
        given = checked(WorkoutDetailsSerializer, request)
        workout_describe(athlete=self.actor, workout_id=workout_id, **given)
        return self.told(workout_id)

    @extend_schema(operation_id="workout_delete", responses=answers(404, _204=None))
    def delete(self, request: Request, workout_id: UUID) -> Response:
        workout_delete(athlete=self.actor, workout_id=workout_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WorkoutFinishApi(OneWorkoutApi):
    token_scopes = {"POST": TokenScope.TRAINING}

    @extend_schema(
        operation_id="workout_finish",
        request=WorkoutFinishSerializer,
        responses=answers(400, 404, _200=WorkoutSerializer),
    )
    def post(self, request: Request, workout_id: UUID) -> Response:
        given = checked(WorkoutFinishSerializer, request)
        workout_finish(athlete=self.actor, workout_id=workout_id, **given)
        return self.told(workout_id)


class WorkoutRestoreApi(OneWorkoutApi):
    token_scopes = {"POST": TokenScope.TRAINING}

    @extend_schema(
        operation_id="workout_restore",
        request=None,
        responses=answers(400, 404, _200=WorkoutSerializer),
    )
    def post(self, request: Request, workout_id: UUID) -> Response:
        workout_restore(athlete=self.actor, workout_id=workout_id)
        return self.told(workout_id)
