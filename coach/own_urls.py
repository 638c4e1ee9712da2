"""Paths of a coach's own exercises."""

from django.urls import path

from coach.apis.own import (
    OwnExerciseApi,
    OwnExerciseAthletesApi,
    OwnExerciseFramesApi,
    OwnExerciseRestoreApi,
    OwnExercisesApi,
)

own_exercises = [
    path("own-exercises", OwnExercisesApi.as_view()),
    path("own-exercises/<uuid:own_id>", OwnExerciseApi.as_view()),
    path("own-exercises/<uuid:own_id>/restore", OwnExerciseRestoreApi.as_view()),
    path("own-exercises/<uuid:own_id>/athletes", OwnExerciseAthletesApi.as_view()),
    path("own-exercises/<uuid:own_id>/frames", OwnExerciseFramesApi.as_view()),
]
