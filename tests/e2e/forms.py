"""Fields of forms, by the test id of the field that wraps the input."""

from playwright.sync_api import Locator, Page


def field(page: Page, testid: str) -> Locator:
    return page.get_by_test_id(testid).locator("input")


def submit(page: Page, form: str, **values: str) -> None:
    """Fills `form`'s fields (email=…, password=…) and presses its button."""
    for name, value in values.items():
        field(page, f"{form}-{name}").fill(value)
    page.get_by_test_id(f"{form}-submit").click()
