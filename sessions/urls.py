from django.urls import path

from sessions.apis.corrections import CorrectionApi
from sessions.apis.counting import CountingApi, ModelFileApi
from sessions.apis.frames import FramesApi
from sessions.apis.overview import ExercisesApi, HomeApi, TrendsApi
from sessions.apis.portable import (
    ExportApi,
    ExportTableApi,
    ImportApi,
    ImportCheckApi,
    ImportPartApi,
    ImportsApi,
    ImportStartApi,
    ImportUndoApi,
)
from sessions.apis.records import CalendarApi, RecordsApi
from sessions.apis.sets import ClipApi, SetApi, SetFinishApi, SetRestoreApi
from sessions.apis.workouts import WorkoutApi, WorkoutFinishApi, WorkoutRestoreApi, WorkoutsApi

urlpatterns = [
    path("exercises", ExercisesApi.as_view()),
    path("home", HomeApi.as_view()),
    path("trends", TrendsApi.as_view()),
    path("records", RecordsApi.as_view()),
    path("calendar", CalendarApi.as_view()),
    path("workouts", WorkoutsApi.as_view()),
    path("workouts/<uuid:workout_id>", WorkoutApi.as_view()),
    path("workouts/<uuid:workout_id>/finish", WorkoutFinishApi.as_view()),
    path("workouts/<uuid:workout_id>/restore", WorkoutRestoreApi.as_view()),
    path("sets/<uuid:set_id>", SetApi.as_view()),
    path("sets/<uuid:set_id>/clips/<int:index>", ClipApi.as_view()),
    path("sets/<uuid:set_id>/corrections/<uuid:correction_id>", CorrectionApi.as_view()),
    path("sets/<uuid:set_id>/frames", FramesApi.as_view()),
    path("sets/<uuid:set_id>/finish", SetFinishApi.as_view()),
    path("sets/<uuid:set_id>/restore", SetRestoreApi.as_view()),
    path("counting", CountingApi.as_view()),
    path("models/<slug:digest>/<str:name>", ModelFileApi.as_view()),
    path("export", ExportApi.as_view()),
    path("export/sets.csv", ExportTableApi.as_view()),
    path("imports", ImportsApi.as_view()),
    path("imports/<uuid:import_id>", ImportApi.as_view()),
    path("imports/<uuid:import_id>/parts/<int:index>", ImportPartApi.as_view()),
    path("imports/<uuid:import_id>/check", ImportCheckApi.as_view()),
    path("imports/<uuid:import_id>/start", ImportStartApi.as_view()),
    path("imports/<uuid:import_id>/undo", ImportUndoApi.as_view()),
]
