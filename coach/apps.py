from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "coach"
    verbose_name = "Coaching"

    def ready(self) -> None:
        """Plans travel with an export, and what changes an athlete makes their status due; the
        training room knows nothing of either."""
        from coach.portable import Plans, Programmes
        from coach.services.status import athlete_has_changed
        from sessions.hooks import athlete_changed
        from sessions.portable import registry

        registry.register(Programmes())
        registry.register(Plans())
        athlete_changed.connect(athlete_has_changed, dispatch_uid="coach.status")
