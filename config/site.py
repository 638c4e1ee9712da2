"""Django's own admin, with two more pages that no model has: what runs, and what is wrong."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from accounts.factors.required import lacks_factor
from accounts.models import User
from config.jobs import jobs, jobs_again
from config.wellbeing import health

SIGN_IN, SECURITY = "/sign-in", "/security"


class Site(AdminSite):
    """There is one sign-in, the page's, with its limits and its second step: admin has none."""

    site_header = site_title = "PoseCoach"
    index_title = "Everything"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, with a second factor where the server asks for one."""
        if not super().has_permission(request):
            return False
        return not (isinstance(request.user, User) and lacks_factor(request.user))

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002
        """Where admin sends whoever may not see a page of it."""
        if self.has_permission(request):
            return HttpResponseRedirect(_asked_for(request))
        if not isinstance(request.user, User):
            asked = urlencode({"next": _asked_for(request)})
            return HttpResponseRedirect(f"{SIGN_IN}?{asked}")
        if super().has_permission(request):
            return HttpResponseRedirect(SECURITY)
        context = {**self.each_context(request), "title": "For administrators"}
        return TemplateResponse(request, "admin/posecoach/not_staff.html", context, status=403)

    def get_urls(self) -> list[Any]:
        own: list[URLPattern | URLResolver] = [
            path("jobs/", self.admin_view(jobs), name="jobs"),
            path("jobs/again/", self.admin_view(jobs_again), name="jobs_again"),
            path("health/", self.admin_view(health), name="health"),
        ]
        return [*own, *super().get_urls()]


def _asked_for(request: HttpRequest) -> str:
    """The page of admin that led here, or its first one."""
    asked = request.GET.get(REDIRECT_FIELD_NAME, "")
    own = url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/")
    return asked if own else reverse("admin:index")
