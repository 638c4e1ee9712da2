"""Django's own admin, with two more pages that no model has: what runs, and what is wrong."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver, path

from accounts.admin_login import LimitedLoginForm
from config.jobs import jobs, jobs_again
from config.wellbeing import health


class Site(AdminSite):
    site_header = site_title = "PoseCoach"
    index_title = "Everything"
    login_form = LimitedLoginForm

    def get_urls(self) -> list[Any]:
        own: list[URLPattern | URLResolver] = [
            path("jobs/", self.admin_view(jobs), name="jobs"),
            path("jobs/again/", self.admin_view(jobs_again), name="jobs_again"),
            path("health/", self.admin_view(health), name="health"),
        ]
        return [*own, *super().get_urls()]
