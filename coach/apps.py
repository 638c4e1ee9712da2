from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "coach"
    verbose_name = "Coaching"

    def ready(self) -> None:
        """Plans travel with an export; the training room knows nothing of them."""
        from coach.portable import Plans, Programmes
        from sessions.portable import registry

        registry.register(Programmes())
        registry.register(Plans())
