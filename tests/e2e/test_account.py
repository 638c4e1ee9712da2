"""Signing up, in and out, and a forgotten password through the mail on the console."""

import re

from playwright.sync_api import Page, expect

from scripts.browser import PASSWORD
from scripts.private_server import PrivateServer
from tests.e2e.forms import field, submit

NEW_PASSWORD = "quiet-Heron-7-river"


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    submit(page, "sign-in", email=email, password=password)


def test_out_and_in_again(athlete) -> None:
    studio = athlete(webgl=False)
    page = studio.page
    page.goto("/profile")
    page.get_by_test_id("sign-out").first.click()
    page.wait_for_url(re.compile("/(welcome|sign-in)"))
    page.goto("/workouts")
    page.wait_for_url("**/sign-in**")
    sign_in(page, studio.email, "not-the-Password-1")
    expect(page.get_by_role("alert").filter(has_text="do not match")).to_be_visible()
    sign_in(page, studio.email, PASSWORD)
    expect(page.get_by_test_id("home-headline")).to_be_visible()


def test_a_forgotten_password(athlete, server: PrivateServer) -> None:
    studio = athlete(webgl=False)
    page = studio.page
    page.context.clear_cookies()
    page.goto("/forgot-password")
    submit(page, "forgot", email=studio.email)
    page.goto(link_in_mail(page, server, studio.email))
    submit(page, "reset", password=NEW_PASSWORD)
    page.wait_for_url(lambda url: "reset-password" not in url)
    page.context.clear_cookies()
    sign_in(page, studio.email, NEW_PASSWORD)
    expect(page.get_by_test_id("home-headline")).to_be_visible()


def link_in_mail(page: Page, server: PrivateServer, email: str) -> str:
    for _ in range(40):
        mail = server.log().rpartition(f"To: {email}")[2]
        found = re.search(r"https?://\S+/reset-password/\S+", mail)
        if found:
            return found[0]
        page.wait_for_timeout(250)
    raise AssertionError("no mail with a link was written to the console")


def test_a_weak_password_is_named(contexts) -> None:
    page = contexts(webgl=False).new_page()
    page.goto("/sign-up")
    submit(page, "sign-up", email="kim@example.org", password="12345")
    expect(page.get_by_text(re.compile("too short|at least 8", re.I)).first).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-up"))


def test_the_profile_is_kept(athlete) -> None:
    page = athlete(webgl=False).page
    page.goto("/profile")
    field(page, "profile-name").fill("Alex Example")
    page.get_by_test_id("profile-save").click()
    page.wait_for_timeout(500)
    page.reload()
    expect(field(page, "profile-name")).to_have_value("Alex Example")
