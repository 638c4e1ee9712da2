"""What sign-up may carry besides e-mail and password. allauth asks for a form."""

from django import forms
from django.http import HttpRequest

from accounts.languages import language_asked_for
from accounts.models import User, validate_time_zone
from accounts.services import user_update


class SignupForm(forms.Form):
    display_name = forms.CharField(max_length=80, required=False)
    time_zone = forms.CharField(max_length=64, required=False, validators=[validate_time_zone])

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Called by allauth when the account has been made."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        profile = {name: given[name] for name in SignupForm.base_fields if name in given}
        # Before the first mail goes out, which is in this language.
        user_update(user=user, language=language_asked_for(), **profile)
