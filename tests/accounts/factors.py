"""Setting up second factors through the API that the page uses."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail

from tests.accounts.passkey import Passkey
from tests.browser import AUTH, PASSWORD, Browser

TOTP = f"{AUTH}/account/authenticators/totp"
CODES = f"{AUTH}/account/authenticators/recovery-codes"
PASSKEYS = f"{AUTH}/account/authenticators/webauthn"
STEP = f"{AUTH}/auth/2fa/authenticate"


def signed_in(email: str = "ada@example.org") -> Browser:
    """Somebody new, who has just said the password again; no mail so far."""
    browser = Browser()
    assert browser.sign_up(email).status_code == 200
    assert prove(browser).status_code == 200
    mail.outbox.clear()
    return browser


def prove(browser: Browser) -> Any:
    """Answers "is it you?"."""
    return browser.call("POST", f"{AUTH}/auth/reauthenticate", {"password": PASSWORD})


def code_now(secret: str) -> str:
    """What an authenticator app shows (RFC 6238: six digits, 30 s)."""
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def set_up_totp(browser: Browser) -> str:
    """The secret, for the codes to come."""
    secret = str(browser.get(TOTP).json()["meta"]["secret"])
    answer = browser.call("POST", TOTP, {"code": code_now(secret)})
    assert answer.status_code == 200, answer.content
    return secret


def recovery_codes(browser: Browser) -> list[str]:
    return list(browser.get(CODES).json()["data"]["unused_codes"])


def add_passkey(browser: Browser, passkey: Passkey, name: str = "Phone") -> Any:
    options = browser.get(f"{PASSKEYS}?passwordless").json()["data"]["creation_options"]
    credential = passkey.make(options)
    given = {"name": name, "credential": credential, "passwordless": True}
    return browser.call("POST", PASSKEYS, given)


def pending(answer: Any) -> list[str]:
    """Of which kinds a second step is asked for; empty: none is."""
    flows = answer.json()["data"].get("flows", [])
    return next((flow["types"] for flow in flows if flow.get("is_pending")), [])
