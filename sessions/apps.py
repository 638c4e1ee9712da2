from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label differs from the folder: django.contrib.sessions has taken `sessions`."""

    name = "sessions"
    label = "workouts"
    verbose_name = "Training"
