"""`manage.py push_keys`: a key pair by which push services know this server."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.notifications.webpush import new_private_key


class Command(BaseCommand):
    help = "Prints a new VAPID_PRIVATE_KEY for web push. Keep it: a new one ends all subscriptions."

    def handle(self, *_: Any, **__: Any) -> None:
        self.stdout.write(f"VAPID_PRIVATE_KEY={new_private_key()}")
