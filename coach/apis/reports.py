"""A period of an athlete: their own, or for a coach to whom the results were granted."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import TokenScope
from coach.apis.base import OfAthlete
from coach.models import Access, Scope
from coach.selectors.links import scopes_granted
from coach.selectors.report import report
from coach.serializers.athletes import ReportSerializer
from sessions.apis.base import Api, answers, asked
from sessions.apis.portable import Download, download
from sessions.portable.table import table_chunks
from sessions.serializers.given import CalendarQuerySerializer

CSV = {(200, "text/csv"): OpenApiTypes.STR}


class ReportApi(Api):
    token_scopes = {"GET": TokenScope.RESULTS}

    def scopes(self) -> Iterable[str]:
        """Of oneself, everything."""
        return Scope.values

    @extend_schema(
        operation_id="report",
        parameters=[CalendarQuerySerializer],
        responses=answers(400, _200=ReportSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(CalendarQuerySerializer, request)
        found = report(
            athlete=self.subject,
            reader=self.actor,
            scopes=self.scopes(),
            since=query["from"],
            until=query["to"],
            now=timezone.now(),
        )
        return Response(ReportSerializer(found).data)


class ReportTableApi(Download):
    token_scopes = {"GET": TokenScope.RESULTS}

    @extend_schema(
        operation_id="report_table",
        description="One row a set of these days.",
        parameters=[CalendarQuerySerializer],
        responses=answers(400) | CSV,
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        query = asked(CalendarQuerySerializer, request)
        days = (query["from"], query["to"])
        name = f"posecoach-{days[0]}-{days[1]}.csv"
        chunks = table_chunks(self.subject, days)
        return download(request, chunks, name, "text/csv; charset=utf-8")


@extend_schema_view(get=extend_schema(operation_id="athlete_report"))
class AthleteReportApi(OfAthlete, ReportApi):
    what = Access.What.REPORT

    def scopes(self) -> Iterable[str]:
        return scopes_granted(coach=self.actor, athlete_id=self.athlete_id)


@extend_schema_view(get=extend_schema(operation_id="athlete_report_table"))
class AthleteReportTableApi(OfAthlete, ReportTableApi):
    what = Access.What.REPORT
