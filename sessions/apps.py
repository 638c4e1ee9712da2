from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label differs from the folder: django.contrib.sessions has taken `sessions`."""

    name = "sessions"
    label = "workouts"
    verbose_name = "Training"

    def ready(self) -> None:
        """What is kept about the account travels with an export."""
        from accounts.told import TOLD
        from sessions.portable import registry
        from sessions.portable.shown import shown_told

        for name, told in TOLD.items():
            registry.register_told(name, told)
        registry.register_told("shown", shown_told)
