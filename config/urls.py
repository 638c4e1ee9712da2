"""Every route. What is not the API's belongs to the page."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config.errors import not_found
from config.health import healthz, readyz
from config.spa import spa

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("admin/", admin.site.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/schema", SpectacularAPIView.as_view(permission_classes=[]), name="schema"),
    path("api/", include("accounts.urls")),
    path("api/", include("sessions.urls")),
    path("api/", include("coach.urls")),
    re_path(r"^(?:api|_allauth|admin|static|ws|assets|icons|models|metrics)(?:/|$)", not_found),
    re_path(r"^[^/]+\.(?!html$)[a-z0-9]+$", not_found),
    re_path(r"^", spa),
]

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"
