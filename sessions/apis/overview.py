from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers, asked
from sessions.selectors.exercises import exercises_list
from sessions.selectors.home import home
from sessions.selectors.trends import trends
from sessions.serializers.given import TrendQuerySerializer
from sessions.serializers.overview import HomeSerializer, TrendsSerializer
from sessions.serializers.told import ExerciseSerializer


class ExercisesApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="exercises_list", responses=answers(_200=ExerciseSerializer(many=True))
    )
    def get(self, request: Request) -> Response:
        return Response(ExerciseSerializer(exercises_list(actor=self.actor), many=True).data)


class TrendsApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="trends_list",
        parameters=[TrendQuerySerializer],
        responses=answers(400, _200=TrendsSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(TrendQuerySerializer, request)
        found = trends(actor=self.subject, now=timezone.now(), **query)
        return Response(TrendsSerializer(found).data)


class HomeApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(operation_id="home", responses=answers(_200=HomeSerializer))
    def get(self, request: Request) -> Response:
        return Response(HomeSerializer(home(actor=self.actor, now=timezone.now())).data)
