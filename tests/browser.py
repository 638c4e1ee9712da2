"""A browser for tests inside the process: Django's client with CSRF checks and JSON."""

from typing import Any

from django.test import Client

PASSWORD = "three calm otters"
AUTH = "/_allauth/browser/v1"


class Browser:
    """Holds cookies like a browser and sends the CSRF token like the page."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.get("/")

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        token = self.client.cookies["csrftoken"].value
        return self.client.generic(
            method,
            path,
            b"" if data is None else self.client._encode_json(data, "application/json"),
            content_type="application/json",
            headers={"X-CSRFToken": token, **headers},
        )

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def sign_up(self, email: str = "ada@example.org", **profile: str) -> Any:
        account = {"email": email, "password": PASSWORD, **profile}
        return self.call("POST", f"{AUTH}/auth/signup", account)

    def sign_in(self, email: str = "ada@example.org", password: str = PASSWORD) -> Any:
        return self.call("POST", f"{AUTH}/auth/login", {"email": email, "password": password})

    def sign_out(self) -> Any:
        return self.call("DELETE", f"{AUTH}/auth/session")

    def is_signed_in(self) -> bool:
        return bool(self.get("/api/me").status_code == 200)
