"""Links as the athlete has them: who coaches them, what each may see, and what they looked at."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.apis.base import Unkept
from coach.selectors.links import coach_of, coaches_of, link_between
from coach.selectors.looks import looks_at
from coach.serializers.links import (
    CoachOfSerializer,
    GrantGivenSerializer,
    LooksQuerySerializer,
    LooksSerializer,
)
from coach.services.links import end_link, link_change
from sessions.apis.base import Api, answers, asked, checked


class CoachesApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="coaches_list",
        description="Everybody who ever was a coach of the actor; those who are come first.",
        responses=answers(_200=CoachOfSerializer(many=True)),
    )
    def get(self, request: Request) -> Response:
        found = coaches_of(athlete=self.actor, at=timezone.now())
        return Response(CoachOfSerializer(found, many=True).data)


class CoachApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="coach_change",
        description="Grants other scopes or another end; or what the athlete has ended once more.",
        request=GrantGivenSerializer,
        responses=answers(400, 404, _200=CoachOfSerializer),
    )
    def put(self, request: Request, coach_id: UUID) -> Response:
        link_change(athlete=self.actor, coach_id=coach_id, **checked(GrantGivenSerializer, request))
        return Response(CoachOfSerializer(coach_of(athlete=self.actor, coach_id=coach_id)).data)

    @extend_schema(
        operation_id="coach_end",
        description="From now on the coach sees nothing of the athlete.",
        responses=answers(404, _204=None),
    )
    def delete(self, request: Request, coach_id: UUID) -> Response:
        link = link_between(actor=self.actor, athlete_id=self.actor.pk, coach_id=coach_id)
        end_link(link=link, acting=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class EndLinkMixin(Api):
    """Gives the view of one athlete `DELETE`: the coach coaches them no longer."""

    athlete_id: UUID

    @extend_schema(
        operation_id="athlete_end",
        description="Ends the link from the coach's side.",
        responses=answers(404, _204=None),
    )
    def delete(self, request: Request) -> Response:
        link = link_between(actor=self.actor, athlete_id=self.athlete_id, coach_id=self.actor.pk)
        end_link(link=link, acting=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AccessLogApi(Unkept):
    token_scopes = NO_TOKENS

    @extend_schema(
        operation_id="access_log",
        description="What coaches looked at, newest first.",
        parameters=[LooksQuerySerializer],
        responses=answers(400, 404, _200=LooksSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(LooksQuerySerializer, request)
        looks, next_before = looks_at(
            actor=self.actor, before=query.get("before"), limit=query["limit"]
        )
        return Response(LooksSerializer({"results": looks, "next_before": next_before}).data)
