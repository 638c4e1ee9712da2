"""What sign-up may carry besides e-mail and password. allauth asks for a form."""

from django import forms
from django.http import HttpRequest

from accounts.models import User, validate_time_zone


class SignupForm(forms.Form):
    display_name = forms.CharField(max_length=80, required=False)
    time_zone = forms.CharField(max_length=64, required=False, validators=[validate_time_zone])

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth when the account has been made."""
        from accounts.services import user_update

        given = {name: value for name, value in self.cleaned_data.items() if value}
        user_update(user=user, **{k: given[k] for k in ("display_name", "time_zone") if k in given})
