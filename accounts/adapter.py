"""Where allauth asks for our say."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts.languages import in_language_of
from accounts.meters import mail_failed
from accounts.models import User
from accounts.notifications.mailing import absolute
from accounts.reauthentication import is_recent
from accounts.selectors import user_by_email
from accounts.sign_in_limits import CODE, guess_anywhere, guess_key, guess_refused
from accounts.sign_ins.device import device_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Called before a password is looked at. Raises ValidationError after too many guesses."""
        email = str(credentials.get("email", ""))
        try:
            super().pre_authenticate(request, **credentials)
            self._guess = guess_anywhere(request, email)
            if self._guess is None:
                raise self.validation_error(CODE)
        except ValidationError:
            guess_refused(request, email)
            raise

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002
        """Before factors and addresses change; who has just signed in has proven it."""
        return self.request is None or not is_recent(self.request, self.request.user)

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._guess is not None:
            self._guess.rollback()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return guess_key(request, str(credentials.get("email", "")))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """What has happened to the account: told its owner, with when and from where."""
        agent = self.get_http_user_agent(self.request)
        told = {"user": user, "device": device_of(agent), "security_url": absolute("/security")}
        with timezone.override(user.time_zone):
            super().send_notification_mail(
                template_prefix, user, {**told, **(context or {})}, email
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of who reads it; of a stranger we know only that of the request.

        A mail server that is down keeps nobody from signing up, nor tells who has an account.
        """
        reader = context.get("user") or user_by_email(email)
        try:
            with in_language_of(reader):
                super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            mail_failed("account")
            logger.error("A mail was not sent, check EMAIL_URL: %s", type(error).__name__)
