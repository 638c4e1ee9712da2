from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label differs from the folder: django.contrib.sessions has taken `sessions`."""

    name = "sessions"
    label = "workouts"
    verbose_name = "Training"

    def ready(self) -> None:
        """What a person agreed to and what happened to the account travel with an export."""
        from accounts.audit.selectors import audit_told
        from accounts.consents.selectors import consents_told
        from sessions.portable import registry
        from sessions.portable.shown import shown_told

        registry.register_told("consents", consents_told)
        registry.register_told("account", audit_told)
        registry.register_told("shown", shown_told)
