"""What an athlete sees of their own training, for a coach to whom they granted it."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.views import APIView

from coach.apis.base import OfAthlete
from coach.apis.planned import PlannedListApi
from coach.apis.plans import ComplianceApi, PlansApi
from coach.models import Access, Scope
from coach.services.corrections import coach_corrects
from sessions.apis.corrections import CorrectionApi
from sessions.apis.frames import FramesApi
from sessions.apis.overview import TrendsApi
from sessions.apis.records import CalendarApi, RecordsApi
from sessions.apis.sets import SetApi
from sessions.apis.workouts import WorkoutApi, WorkoutsApi


def named(operation_id: str) -> Callable[[type[APIView]], type[APIView]]:
    return extend_schema_view(get=extend_schema(operation_id=operation_id))


@named("athlete_workouts")
class AthleteWorkoutsApi(OfAthlete, WorkoutsApi):
    """Part of the athlete's page, which is in the log."""

    http_method_names = ["get"]
    what, is_part = Access.What.OVERVIEW, True


@named("athlete_workout")
class AthleteWorkoutApi(OfAthlete, WorkoutApi):
    http_method_names = ["get"]
    what, target = Access.What.WORKOUT, "workout_id"


@named("athlete_set")
class AthleteSetApi(OfAthlete, SetApi):
    http_method_names = ["get"]
    what, target = Access.What.SET, "set_id"


@named("athlete_frames")
class AthleteFramesApi(OfAthlete, FramesApi):
    http_method_names = ["get"]
    scope = Scope.REPLAY
    what, target = Access.What.REPLAY, "set_id"


@named("athlete_trends")
class AthleteTrendsApi(OfAthlete, TrendsApi):
    http_method_names = ["get"]
    what = Access.What.TRENDS


@named("athlete_records")
class AthleteRecordsApi(OfAthlete, RecordsApi):
    http_method_names = ["get"]
    what = Access.What.TRENDS


@named("athlete_calendar")
class AthleteCalendarApi(OfAthlete, CalendarApi):
    http_method_names = ["get"]
    what = Access.What.TRENDS


@named("athlete_plans")
class AthletePlansApi(OfAthlete, PlansApi):
    http_method_names = ["get"]
    scope = Scope.PLAN
    what = Access.What.PLAN


@named("athlete_planned")
class AthletePlannedApi(OfAthlete, PlannedListApi):
    http_method_names = ["get"]
    scope = Scope.PLAN
    what = Access.What.PLAN


@named("athlete_compliance")
class AthleteComplianceApi(OfAthlete, ComplianceApi):
    """Part of the athlete's page, which is in the log."""

    http_method_names = ["get"]
    scope = Scope.PLAN
    what, is_part = Access.What.OVERVIEW, True


@extend_schema_view(
    put=extend_schema(operation_id="athlete_correction_put"),
    delete=extend_schema(operation_id="athlete_correction_undo"),
)
class AthleteCorrectionApi(OfAthlete, CorrectionApi):
    """The athlete hears of it, and has it taken back when they like."""

    def say(self, **said: Any) -> None:
        coach_corrects(coach=self.actor, athlete=self.subject, **said)
