from django.urls import path

from sessions.apis.overview import ExercisesApi, HomeApi, TrendsApi
from sessions.apis.sets import ClipApi, SetApi, SetFinishApi, SetRestoreApi
from sessions.apis.workouts import WorkoutApi, WorkoutFinishApi, WorkoutRestoreApi, WorkoutsApi

urlpatterns = [
    path("exercises", ExercisesApi.as_view()),
    path("home", HomeApi.as_view()),
    path("trends", TrendsApi.as_view()),
    path("workouts", WorkoutsApi.as_view()),
    path("workouts/<uuid:workout_id>", WorkoutApi.as_view()),
    path("workouts/<uuid:workout_id>/finish", WorkoutFinishApi.as_view()),
    path("workouts/<uuid:workout_id>/restore", WorkoutRestoreApi.as_view()),
    path("sets/<uuid:set_id>", SetApi.as_view()),
    path("sets/<uuid:set_id>/clips/<int:index>", ClipApi.as_view()),
    path("sets/<uuid:set_id>/finish", SetFinishApi.as_view()),
    path("sets/<uuid:set_id>/restore", SetRestoreApi.as_view()),
]
