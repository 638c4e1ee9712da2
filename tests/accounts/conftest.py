"""An account, and its page right after signing in."""

import pytest
from django.test import Client

from accounts.models import User
from tests.browser import PASSWORD
from tests.proven import prove

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada@example.org", PASSWORD)


@pytest.fixture
def page(ada: User) -> Client:
    client = Client()
    client.force_login(ada, BACKEND)
    prove(client, ada)
    return client
