from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "config"
    verbose_name = "Wiring"

    def ready(self) -> None:
        from config import checks, runs  # noqa: F401 (registers them)
