"""Addresses of plans in the hands of coaches, and of what was done of them."""

from django.urls import path

from coach.apis.plan_changes import (
    AthletePerformedApi,
    AthletePlanApi,
    AthletePlanChangeApi,
    AthletePlanChangesApi,
    AthletePlannedOneApi,
    PerformedApi,
    PlanChangesApi,
)

ATHLETE = "athletes/<uuid:athlete_id>"

plan_changes = [
    path("plan-changes", PlanChangesApi.as_view()),
    path("planned/<uuid:planned_id>/done", PerformedApi.as_view()),
    path(f"{ATHLETE}/plan-changes", AthletePlanChangesApi.as_view()),
    path(f"{ATHLETE}/plan-changes/<uuid:change_id>", AthletePlanChangeApi.as_view()),
    path(f"{ATHLETE}/plans/<uuid:plan_id>", AthletePlanApi.as_view()),
    path(f"{ATHLETE}/planned/<uuid:planned_id>", AthletePlannedOneApi.as_view()),
    path(f"{ATHLETE}/planned/<uuid:planned_id>/done", AthletePerformedApi.as_view()),
]
