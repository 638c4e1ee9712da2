"""Exercises that a coach has shown: made, changed, retired, shared."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.apis.base import Unkept
from coach.selectors.links import athletes_visible_to
from coach.serializers.own import AthletesGivenSerializer, OwnExerciseSerializer
from coach.services.sharing import exercise_share
from sessions.apis.base import answers, checked
from sessions.apis.frames import frames_told
from sessions.selectors.exercises import own_frames, own_get, own_list
from sessions.serializers.own import OwnGivenSerializer
from sessions.serializers.sets import FramesSerializer
from sessions.services.own import own_put, own_restore, own_retire


class OwnExercisesBase(Unkept):
    """Shared with: of the coach's athletes of now alone."""

    def told(self, own_id: UUID) -> Response:
        own = own_get(author=self.actor, own_id=own_id)
        return Response(OwnExerciseSerializer(own, context=self.links()).data)

    def links(self) -> dict[str, object]:
        found = athletes_visible_to(coach=self.actor)
        return {"athletes": set(found.values_list("pk", flat=True))}


class OwnExercisesApi(OwnExercisesBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="own_exercises_list",
        description="Those of the coach that have not retired, newest first.",
        responses=answers(_200=OwnExerciseSerializer(many=True)),
    )
    def get(self, request: Request) -> Response:
        found = own_list(author=self.actor)
        return Response(OwnExerciseSerializer(found, many=True, context=self.links()).data)


class OwnExerciseApi(OwnExercisesBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="own_exercise_get", responses=answers(404, _200=OwnExerciseSerializer)
    )
    def get(self, request: Request, own_id: UUID) -> Response:
        return self.told(own_id)

    @extend_schema(
        operation_id="own_exercise_put",
        description="The id is made by the client, so that this may be sent again.",
        request=OwnGivenSerializer,
        responses=answers(400, 403, 404, 409, _200=OwnExerciseSerializer),
    )
    def put(self, request: Request, own_id: UUID) -> Response:
        own_put(author=self.actor, own_id=own_id, **checked(OwnGivenSerializer, request))
        return self.told(own_id)

    @extend_schema(
        operation_id="own_exercise_retire",
        description="Nobody is offered it any more; sets of it stay.",
        responses=answers(404, _204=None),
    )
    def delete(self, request: Request, own_id: UUID) -> Response:
        own_retire(author=self.actor, own_id=own_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnExerciseRestoreApi(OwnExercisesBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="own_exercise_restore",
        request=None,
        responses=answers(404, _200=OwnExerciseSerializer),
    )
    def post(self, request: Request, own_id: UUID) -> Response:
        own_restore(author=self.actor, own_id=own_id)
        return self.told(own_id)


class OwnExerciseAthletesApi(OwnExercisesBase):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="own_exercise_share",
        description="Exactly these athletes of the coach's can train it.",
        request=AthletesGivenSerializer,
        responses=answers(400, 404, _200=OwnExerciseSerializer),
    )
    def put(self, request: Request, own_id: UUID) -> Response:
        exercise_share(coach=self.actor, own_id=own_id, **checked(AthletesGivenSerializer, request))
        return self.told(own_id)


class OwnExerciseFramesApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="own_exercise_frames",
        description="The reference, told as the keypoints of a set are.",
        responses=answers(404, _200=FramesSerializer),
    )
    def get(self, request: Request, own_id: UUID) -> HttpResponse:
        found = own_frames(author=self.actor, own_id=own_id)
        return HttpResponse(frames_told(found), "application/json")
