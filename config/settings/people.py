"""Who signs in and how, and what is sent to them."""

from typing import Any

from config.env import PUBLIC_URL as _PUBLIC_URL
from config.env import env, mfa_required

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "accounts.passwords.OurWordsValidator"})
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
# A sign-in ends after so many days without a visit, and after so many whatever happens.
SESSION_IDLE_DAYS: int = env.int("SESSION_IDLE_DAYS", default=14)
SESSION_DAYS: int = env.int("SESSION_DAYS", default=30)
SESSION_COOKIE_AGE = SESSION_IDLE_DAYS * 24 * 60 * 60
AUDIT_DAYS: int = env.int("AUDIT_DAYS", default=365)
LOGIN_URL = "/sign-in"
COACHES_OPEN: bool = env.bool("COACHES_OPEN", default=False)
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION: str = env.str("EMAIL_VERIFICATION", default="optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "PoseCoach: "
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end by the password's hash
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Per address, and per key: address and account together (decision 0027).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,100/h/ip,5/5m/key",
    "login_failed_anywhere": "50/h/key",
    "signup": "20/m/ip,100/h/ip",
    "reset_password": "20/m/ip,5/m/key,20/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{_PUBLIC_URL}/verify-email/{{key}}",
    "account_reset_password": f"{_PUBLIC_URL}/reset-password",
    "account_reset_password_from_key": f"{_PUBLIC_URL}/reset-password/{{key}}",
    "account_signup": f"{_PUBLIC_URL}/sign-up",
}

# Second factors. Where addresses need no confirming, a factor needs none either.
MFA_REQUIRED = mfa_required()
MFA_ADAPTER = "accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "PoseCoach"
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="PoseCoach <posecoach@localhost>")

# Web push. Without a key of its own (`manage.py push_keys`) the server sends none, and it calls
# no other hosts than those of the browsers' push services, whatever address a page hands in.
VAPID_PRIVATE_KEY: str = env.str("VAPID_PRIVATE_KEY", default="")
PUSH_HOSTS: list[str] = env.list(
    "PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "*.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ],
)
