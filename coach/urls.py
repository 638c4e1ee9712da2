from django.urls import path

from coach.apis.athletes import (
    AthleteCalendarApi,
    AthleteFramesApi,
    AthleteRecordsApi,
    AthleteSetApi,
    AthleteTrendsApi,
    AthleteWorkoutApi,
    AthleteWorkoutsApi,
)
from coach.apis.feeds import CalendarApi, CalendarFeedApi
from coach.apis.planned import PlannedApi, PlannedListApi, PlannedWorkoutApi
from coach.apis.plans import ComplianceApi, PlanApi, PlanRestoreApi, PlansApi
from coach.apis.programmes import ProgrammeApi, ProgrammeRestoreApi, ProgrammesApi
from coach.athlete_urls import athlete
from coach.comment_urls import comments
from coach.link_urls import links
from coach.own_urls import own_exercises
from coach.plan_urls import plan_changes
from coach.roster_urls import roster

urlpatterns = [
    *athlete,
    *links,
    *comments,
    *roster,
    *plan_changes,
    *own_exercises,
    path("programmes", ProgrammesApi.as_view()),
    path("programmes/<uuid:programme_id>", ProgrammeApi.as_view()),
    path("programmes/<uuid:programme_id>/restore", ProgrammeRestoreApi.as_view()),
    path("plans", PlansApi.as_view()),
    path("plans/<uuid:plan_id>", PlanApi.as_view()),
    path("plans/<uuid:plan_id>/restore", PlanRestoreApi.as_view()),
    path("planned", PlannedListApi.as_view()),
    path("planned/<uuid:planned_id>", PlannedApi.as_view()),
    path("planned/<uuid:planned_id>/workout", PlannedWorkoutApi.as_view()),
    path("compliance", ComplianceApi.as_view()),
    path("calendar-feed", CalendarFeedApi.as_view()),
    path("calendar-feed/<str:token>.ics", CalendarApi.as_view()),
    path("athletes/<uuid:athlete_id>/workouts", AthleteWorkoutsApi.as_view()),
    path("athletes/<uuid:athlete_id>/workouts/<uuid:workout_id>", AthleteWorkoutApi.as_view()),
    path("athletes/<uuid:athlete_id>/sets/<uuid:set_id>", AthleteSetApi.as_view()),
    path("athletes/<uuid:athlete_id>/sets/<uuid:set_id>/frames", AthleteFramesApi.as_view()),
    path("athletes/<uuid:athlete_id>/trends", AthleteTrendsApi.as_view()),
    path("athletes/<uuid:athlete_id>/records", AthleteRecordsApi.as_view()),
    path("athletes/<uuid:athlete_id>/calendar", AthleteCalendarApi.as_view()),
]
