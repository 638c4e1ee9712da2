"""Signing in to Django admin."""

from allauth.account.adapter import get_adapter
from django.contrib.admin.forms import AdminAuthenticationForm


class LimitedLoginForm(AdminAuthenticationForm):
    """Admin's sign-in under the same limits against guessing as everybody's."""

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if given.get("username") and given.get("password"):
            self.user_cache = get_adapter().authenticate(
                self.request, email=given["username"], password=given["password"]
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
        return given
