from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.tokens.scopes import NO_TOKENS
from coach.feed import calendar_of
from coach.models import CalendarFeed
from coach.selectors.feeds import athlete_of, feed_of, token_of
from coach.serializers.told import CalendarFeedSerializer
from coach.services.feeds import feed_renew, feed_withdraw
from sessions.apis.base import AnyAccept, Api, answers

CONTENT_TYPE = "text/calendar"


class CalendarFeedApi(Api):
    token_scopes = NO_TOKENS

    @extend_schema(operation_id="calendar_feed", responses=answers(_200=CalendarFeedSerializer))
    def get(self, request: Request) -> Response:
        return self._told(feed_of(actor=self.actor))

    @extend_schema(
        operation_id="calendar_feed_renew",
        description="A new address; the one before leads nowhere from then on.",
        request=None,
        responses=answers(_200=CalendarFeedSerializer),
    )
    def post(self, request: Request) -> Response:
        return self._told(feed_renew(athlete=self.actor))

    @extend_schema(operation_id="calendar_feed_withdraw", responses=answers(_204=None))
    def delete(self, request: Request) -> Response:
        feed_withdraw(athlete=self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _told(self, feed: CalendarFeed | None) -> Response:
        path = feed and f"/api/calendar-feed/{token_of(feed)}.ics"
        url = path and self.request.build_absolute_uri(path)
        created_at = feed and feed.created_at
        return Response(CalendarFeedSerializer({"url": url, "created_at": created_at}).data)


class CalendarApi(Api):
    """Without a sign-in: whoever has the address may read, and only this."""

    token_scopes = NO_TOKENS

    authentication_classes = ()
    permission_classes = ()
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="calendar_feed_read",
        auth=[],
        responses={
            (200, CONTENT_TYPE): OpenApiTypes.STR,
            **{code: shape for code, shape in answers(404).items() if code == 404},
        },
    )
    def get(self, request: Request, token: str) -> HttpResponse:
        text = calendar_of(
            athlete=athlete_of(token=token),
            site=request.build_absolute_uri("/").rstrip("/"),
            now=timezone.now(),
        )
        answer = HttpResponse(text, content_type=f"{CONTENT_TYPE}; charset=utf-8")
        answer["Cache-Control"] = "private, max-age=300"
        answer["X-Robots-Tag"] = "noindex"
        return answer
