from django.urls import path

from coach.consumers import LiveConsumer

websocket_urlpatterns = [path("ws/coach/live", LiveConsumer.as_asgi())]
