"""What sign-up may carry besides e-mail and password. allauth asks for a form."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.consents import words
from accounts.consents.services import consent_give
from accounts.languages import language_asked_for
from accounts.models import Consent, User, validate_time_zone
from accounts.services import user_update


class SignupForm(forms.Form):
    display_name = forms.CharField(max_length=80, required=False)
    time_zone = forms.CharField(max_length=64, required=False, validators=[validate_time_zone])

    consent = forms.CharField(max_length=10, required=False)

    def clean_consent(self) -> str:
        """The version that the page has shown, or none: then it asks later."""
        version = str(self.cleaned_data["consent"])
        if version and version != words.current(Consent.Document.MOVEMENT):
            raise forms.ValidationError(_("The text has changed. Please read the new one."))
        return version

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        """Called by allauth when the account has been made."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        profile = {name: given[name] for name in ("display_name", "time_zone") if name in given}
        # Before the first mail goes out, which is in this language.
        language = language_asked_for()
        user_update(user=user, language=language, **profile)
        if version := given.get("consent"):
            movement = Consent.Document.MOVEMENT
            consent_give(user=user, document=movement, version=version, language=language)
