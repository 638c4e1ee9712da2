"""Push messages: the bytes of the RFCs, and what is sent to a push service that answers."""

import base64
import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Notification, NotificationSettings, PushSubscription, User
from accounts.notifications import push, sending, webpush
from accounts.notifications.services import notify

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)
ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/abc"


def decrypted(body: bytes) -> bytes:
    """As a browser reads it: RFC 8188 and 8291 from the other end."""
    salt, sender, sealed = body[:16], body[21:86], body[86:]
    own = webpush.private_key(BROWSER)
    shared = own.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    )

    def derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)

    info = b"WebPush: info\0" + webpush.public_bytes(own) + sender
    ikm = derive(webpush.b64decode(SECRET), shared, info, 32)
    key = derive(salt, ikm, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(salt, ikm, b"Content-Encoding: nonce\0", 12)
    return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")[:-1]


def test_the_example_of_the_rfc() -> None:
    body = webpush.encrypt(
        TEXT,
        key=KEY,
        secret=SECRET,
        sender=webpush.private_key(SENDER),
        salt=webpush.b64decode(SALT),
    )
    assert webpush.b64encode(body) == BODY


def test_a_browser_reads_what_was_sent_and_no_two_are_the_same() -> None:
    one, two = (webpush.encrypt(TEXT, key=KEY, secret=SECRET) for _ in range(2))
    assert decrypted(one) == decrypted(two) == TEXT
    assert one != two


def test_a_message_too_long_for_one_record_is_refused() -> None:
    webpush.encrypt(b"x" * 3993, key=KEY, secret=SECRET)
    with pytest.raises(ValueError, match="at most 3993 bytes"):
        webpush.encrypt(b"x" * 3994, key=KEY, secret=SECRET)


def test_who_we_are_is_signed_for_one_push_service(settings: Settings) -> None:
    settings.VAPID_PRIVATE_KEY = webpush.new_private_key()
    header = webpush.authorization(ENDPOINT, subject="https://coach.example", now=1000)
    token, key = (part.split("=", 1)[1] for part in header.removeprefix("vapid ").split(", "))
    head, claims, signature = token.split(".")
    assert json.loads(webpush.b64decode(claims)) == {
        "aud": "https://updates.push.services.mozilla.com",
        "exp": 1000 + 12 * 3600,
        "sub": "https://coach.example",
    }
    assert key == webpush.public_key()
    raw = webpush.b64decode(signature)
    numbers = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.b64decode(key))
    public.verify(
        encode_dss_signature(*numbers), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )


def test_the_command_makes_a_key_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("push_keys")
    name, _, key = capsys.readouterr().out.strip().partition("=")
    assert name == "VAPID_PRIVATE_KEY"
    assert len(webpush.public_bytes(webpush.private_key(key))) == 65


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://updates.push.services.mozilla.com/x",
        "https://push.services.mozilla.com.evil.example/x",
        "https://evil.example/?.push.services.mozilla.com",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1/x",
        "fcm.googleapis.com/x",
        "",
    ],
)
def test_no_other_host_is_called(endpoint: str) -> None:
    assert not push.is_known(endpoint)


def test_the_services_of_the_browsers_are_known() -> None:
    for host in ("fcm.googleapis.com", "web.push.apple.com", "wns2-par02p.notify.windows.com"):
        assert push.is_known(f"https://{host}/send/abc")


@dataclass
class Service:
    """A push service: what it was sent, and what it answers."""

    status: int = 201
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.requests.append((self.path, dict(self.headers), body))
            self.send_response(told.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    port = server.server_address[1]
    monkeypatch.setattr(
        push, "_connect", lambda netloc: http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    )
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ada(db: None, settings: Settings) -> User:
    settings.VAPID_PRIVATE_KEY = webpush.new_private_key()
    ada = User.objects.create_user("ada@example.org", language="de")
    PushSubscription.objects.create(
        user=ada, endpoint=ENDPOINT, key=KEY, secret=SECRET, created_at=timezone.now()
    )
    return ada


def tell(user: User) -> Notification:
    return notify(user=user, kind="comment", data={"by": "Tom"}, url="/workouts/1?t=5")


def test_a_push_has_the_sentence_and_the_page_and_nothing_else(ada: User, service: Service) -> None:
    row = tell(ada)
    sending.push(ada.pk)
    [(path, headers, body)] = service.requests
    assert path == "/wpush/v2/abc"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].startswith("vapid t=")
    assert int(headers["TTL"]) > 0
    assert json.loads(decrypted(body)) == {
        "title": "PoseCoach",
        "body": "Tom hat über einen Satz geschrieben.",
        "url": "/workouts/1?t=5",
        "tag": str(row.pk),
    }
    sending.push(ada.pk)
    assert len(service.requests) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_forgotten(ada: User, service: Service, status: int) -> None:
    service.status = status
    tell(ada)
    sending.push(ada.pk)
    assert not PushSubscription.objects.exists()
    assert sending.to_push() == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_cannot_now_is_asked_again(ada: User, service: Service, status: int) -> None:
    service.status = status
    row = tell(ada)
    sending.push(ada.pk)
    row.refresh_from_db()
    assert row.pushed_at is None
    service.status = 201
    sending.push(ada.pk)
    assert len(service.requests) == 2
    assert PushSubscription.objects.exists()


def test_who_does_not_want_it_is_not_pushed(ada: User, service: Service) -> None:
    NotificationSettings.objects.create(user=ada, by_push=False)
    tell(ada)
    sending.push(ada.pk)
    assert service.requests == []


def test_an_address_that_is_known_no_more_is_not_called(
    ada: User, service: Service, settings: Settings
) -> None:
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]
    tell(ada)
    sending.push(ada.pk)
    assert service.requests == []
    assert not PushSubscription.objects.exists()


def test_base64url_with_and_without_padding() -> None:
    assert webpush.b64decode("_-8") == webpush.b64decode("_-8=") == base64.b64decode("/+8=")


def test_a_service_that_is_not_reached_is_asked_again_and_keeps_no_other_waiting(
    ada: User, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = tell(ada)
    reach = push._connect

    def refused(netloc: str) -> http.client.HTTPConnection:
        raise ConnectionRefusedError(netloc)

    monkeypatch.setattr(push, "_connect", refused)
    sending.push(ada.pk)
    row.refresh_from_db()
    assert row.pushed_at is None
    PushSubscription.objects.create(
        user=ada, endpoint=f"{ENDPOINT}d", key=KEY, secret=SECRET, created_at=timezone.now()
    )
    monkeypatch.setattr(
        push, "_connect", lambda netloc, calls=[refused, reach]: calls.pop(0)(netloc)
    )
    sending.push(ada.pk)
    assert len(service.requests) == 1
    row.refresh_from_db()
    assert row.pushed_at is not None, "one browser has it"


@pytest.mark.parametrize(
    ("public_url", "subject"),
    [
        ("https://coach.example.org", "https://coach.example.org"),
        ("http://localhost:8000", "mailto:hello@example.org"),
    ],
)
def test_a_push_service_is_told_where_to_ask_about_us(
    ada: User, service: Service, settings: Settings, public_url: str, subject: str
) -> None:
    settings.PUBLIC_URL = public_url
    settings.DEFAULT_FROM_EMAIL = "PoseCoach <hello@example.org>"
    tell(ada)
    sending.push(ada.pk)
    [(_, headers, _)] = service.requests
    claims = headers["Authorization"].partition("t=")[2].split(".")[1]
    assert json.loads(webpush.b64decode(claims))["sub"] == subject


def test_a_key_of_another_length_is_none() -> None:
    with pytest.raises(ValueError, match="Expected 32 bytes as base64url, got 16"):
        webpush.private_key(SECRET)


def test_only_encrypted_connections_leave_for_a_push_service() -> None:
    assert isinstance(push._connect("fcm.googleapis.com"), http.client.HTTPSConnection)
