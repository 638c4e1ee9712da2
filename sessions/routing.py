from django.urls import path

from sessions.consumers import TrainingConsumer, WorkoutConsumer

websocket_urlpatterns = [
    path("ws/workouts/<uuid:workout_id>", WorkoutConsumer.as_asgi()),
    path("ws/training", TrainingConsumer.as_asgi()),
]
