"""Where allauth asks for our say."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from accounts.languages import in_language_of
from accounts.models import User
from accounts.notifications.mailing import absolute
from accounts.selectors import user_by_email
from accounts.sign_ins.device import device_of

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
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
            logger.error("A mail was not sent, check EMAIL_URL: %s", type(error).__name__)
