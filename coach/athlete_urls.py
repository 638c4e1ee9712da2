"""Routes of one athlete's page for a coach, and of the report that both read."""

from django.urls import path

from coach.apis.athletes import (
    AthleteComplianceApi,
    AthleteCorrectionApi,
    AthletePlannedApi,
    AthletePlansApi,
)
from coach.apis.notes import AthleteNoteApi, AthleteNoteRestoreApi, AthleteNotesApi
from coach.apis.reports import (
    AthleteReportApi,
    AthleteReportTableApi,
    ReportApi,
    ReportTableApi,
)
from coach.apis.timeline import AthleteTimelineApi

ONE = "athletes/<uuid:athlete_id>"

athlete = [
    path(f"{ONE}/timeline", AthleteTimelineApi.as_view()),
    path(f"{ONE}/plans", AthletePlansApi.as_view()),
    path(f"{ONE}/planned", AthletePlannedApi.as_view()),
    path(f"{ONE}/compliance", AthleteComplianceApi.as_view()),
    path(
        f"{ONE}/sets/<uuid:set_id>/corrections/<uuid:correction_id>",
        AthleteCorrectionApi.as_view(),
    ),
    path(f"{ONE}/notes", AthleteNotesApi.as_view()),
    path(f"{ONE}/notes/<uuid:note_id>", AthleteNoteApi.as_view()),
    path(f"{ONE}/notes/<uuid:note_id>/restore", AthleteNoteRestoreApi.as_view()),
    path(f"{ONE}/report", AthleteReportApi.as_view()),
    path(f"{ONE}/report.csv", AthleteReportTableApi.as_view()),
    path("report", ReportApi.as_view()),
    path("report.csv", ReportTableApi.as_view()),
]
