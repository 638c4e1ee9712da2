from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from accounts.tokens.scopes import TokenScopes


class UnkeptView(APIView):
    """Answers that neither browser nor page keeps a copy of: they are of this moment alone."""

    token_scopes: ClassVar[TokenScopes]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-No-Copy"] = "1"
        return response
