"""Counts who comes in, never who they are."""

from allauth.account.signals import password_reset, user_signed_up
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from config.telemetry import meters


@receiver(user_logged_in)
def signed_in(**_: object) -> None:
    meters.SIGN_INS.labels("done").inc()


@receiver(user_login_failed)
def refused(**_: object) -> None:
    meters.SIGN_INS.labels("failed").inc()


@receiver(user_signed_up)
def signed_up(**_: object) -> None:
    meters.SIGN_UPS.inc()


@receiver(password_reset)
def password_set_anew(**_: object) -> None:
    meters.PASSWORD_RESETS.inc()
