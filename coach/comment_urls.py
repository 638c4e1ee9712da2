"""Where comments are, of one's own sets and of those of an athlete."""

from django.urls import path

from coach.apis.athlete_threads import (
    AthleteMessageApi,
    AthleteMessageRestoreApi,
    AthleteSetThreadsApi,
    AthleteThreadApi,
    AthleteThreadReadApi,
    AthleteThreadsApi,
)
from coach.apis.threads import (
    MessageApi,
    MessageRestoreApi,
    SetThreadsApi,
    ThreadApi,
    ThreadReadApi,
    ThreadsApi,
)

THREADS = "sets/<uuid:set_id>/threads"
THREAD = f"{THREADS}/<uuid:thread_id>"
MESSAGE = f"{THREAD}/messages/<uuid:message_id>"
ATHLETE = "athletes/<uuid:athlete_id>"

comments = [
    path("threads", ThreadsApi.as_view()),
    path(THREADS, SetThreadsApi.as_view()),
    path(THREAD, ThreadApi.as_view()),
    path(f"{THREAD}/read", ThreadReadApi.as_view()),
    path(MESSAGE, MessageApi.as_view()),
    path(f"{MESSAGE}/restore", MessageRestoreApi.as_view()),
    path(f"{ATHLETE}/threads", AthleteThreadsApi.as_view()),
    path(f"{ATHLETE}/{THREADS}", AthleteSetThreadsApi.as_view()),
    path(f"{ATHLETE}/{THREAD}", AthleteThreadApi.as_view()),
    path(f"{ATHLETE}/{THREAD}/read", AthleteThreadReadApi.as_view()),
    path(f"{ATHLETE}/{MESSAGE}", AthleteMessageApi.as_view()),
    path(f"{ATHLETE}/{MESSAGE}/restore", AthleteMessageRestoreApi.as_view()),
]
