from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coach.apis.base import OfAthlete
from coach.models import Access
from coach.selectors.links import scopes_granted
from coach.selectors.timeline import timeline
from coach.serializers.athletes import TimelineSerializer
from sessions.apis.base import Api, answers, asked
from sessions.serializers.given import WorkoutPageQuerySerializer


class AthleteTimelineApi(OfAthlete, Api):
    """Part of the athlete's page, which is in the log."""

    what, is_part = Access.What.OVERVIEW, True

    @extend_schema(
        operation_id="athlete_timeline",
        parameters=[WorkoutPageQuerySerializer],
        responses=answers(400, 404, _200=TimelineSerializer),
    )
    def get(self, request: Request) -> Response:
        query = asked(WorkoutPageQuerySerializer, request)
        page = timeline(
            coach=self.actor,
            athlete=self.subject,
            scopes=scopes_granted(coach=self.actor, athlete_id=self.athlete_id),
            before=query.get("before"),
            limit=query["limit"],
            now=timezone.now(),
        )
        return Response(TimelineSerializer(page).data)
