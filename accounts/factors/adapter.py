"""Where allauth asks for our say about second factors."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext, gettext_lazy

from accounts.factors import secrets


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of codes are encrypted; a passkey's row holds a public key and no secret."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not fit. Codes change every 30 seconds: use the newest one, and check "
            "that the clock of your phone is right."
        ),
    }

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002
        """Of a passkey that was given no name."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The browser shows the name beside the passkey; the id is the host that it belongs to."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "PoseCoach"}
