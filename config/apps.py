from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class WiringConfig(AppConfig):
    default = True
    name = "config"
    verbose_name = "Wiring"

    def ready(self) -> None:
        from config import checks, live_checks, runs  # noqa: F401 (registers them)
        from config.telemetry import people, tasks, workers  # noqa: F401 (the same)


class PoseCoachAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "config.site.Site"
