from django.urls import path

from sessions.consumers import WorkoutConsumer

websocket_urlpatterns = [path("ws/workouts/<uuid:workout_id>", WorkoutConsumer.as_asgi())]
