"""A passkey of a virtual authenticator and the codes of an app, from setting up to signing in."""

import re
import time

from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import Page, expect

from scripts.browser import PASSWORD
from tests.e2e.forms import field, submit

PERIOD_S = 30
SPARE_S = 4


def with_authenticator(page: Page) -> None:
    """A device that has a finger on its reader all the time."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_of(secret: str) -> str:
    """That of an authenticator app, with some seconds left to type it."""
    if time.time() % PERIOD_S > PERIOD_S - SPARE_S:
        time.sleep(SPARE_S)
    return f"{hotp_value(secret, int(time.time()) // PERIOD_S):06}"


def sign_out(page: Page) -> None:
    page.goto("/profile")
    page.get_by_test_id("sign-out").first.click()
    page.wait_for_url(re.compile("/(welcome|sign-in)"))
    page.goto("/sign-in")


def test_a_passkey_and_codes(athlete) -> None:
    studio = athlete(webgl=False)
    page = studio.page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with_authenticator(page)

    page.goto("/security")
    page.get_by_test_id("passkey-add").click()
    field(page, "again-password").fill(PASSWORD)
    page.get_by_test_id("again-submit").click()
    expect(page.get_by_test_id("codes").get_by_role("listitem")).to_have_count(10)
    page.get_by_test_id("codes-kept").click()
    expect(page.get_by_test_id("passkeys").get_by_role("listitem")).to_have_count(1)

    page.get_by_test_id("totp-begin").click()
    expect(page.get_by_test_id("qr")).to_be_visible()
    secret = page.get_by_test_id("totp-secret").inner_text().replace(" ", "")
    field(page, "totp-code").fill(code_of(secret))
    page.get_by_test_id("totp-confirm").click()
    expect(page.get_by_test_id("totp-remove")).to_be_visible()

    sign_out(page)
    submit(page, "sign-in", email=studio.email, password=PASSWORD)
    field(page, "proof-code").fill(code_of(secret))
    page.get_by_test_id("proof-submit").click()
    expect(page.get_by_test_id("home-headline")).to_be_visible()

    sign_out(page)
    page.get_by_test_id("sign-in-passkey").click()
    expect(page.get_by_test_id("home-headline")).to_be_visible()
    assert not [text for text in said if "Content Security Policy" in text]
