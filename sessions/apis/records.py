from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from sessions.apis.base import Api, answers, asked
from sessions.selectors.calendar import calendar
from sessions.selectors.records import records
from sessions.serializers.given import CalendarQuerySerializer
from sessions.serializers.records import CalendarSerializer, RecordsSerializer


class RecordsApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(operation_id="records", responses=answers(_200=RecordsSerializer))
    def get(self, request: Request) -> Response:
        return Response(RecordsSerializer(records(actor=self.subject, now=timezone.now())).data)


class CalendarApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="calendar",
        parameters=[CalendarQuerySerializer],
        responses=answers(400, _200=CalendarSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(CalendarQuerySerializer, request)
        days = calendar(actor=self.subject, first=query["from"], last=query["to"])
        return Response(CalendarSerializer({"days": days}).data)
