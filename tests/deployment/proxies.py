"""Runs the proxies' example files as they are, but for names, ports and certificates."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.engines import free_port
from tests.live import ROOT

HOST = "coach.example.org"
BACKENDS = ("127.0.0.1", "127.0.0.2")  # both are this machine
DEPLOY = ROOT / "deploy"
STARTS_WITHIN_S = 20


@dataclass
class Front:
    """A proxy that runs. backends: by the address that each is at."""

    name: str
    tls_port: int
    plain_port: int
    backends: dict[str, "subprocess.Popen[bytes]"]


def program(name: str) -> str | None:
    """Beside this Python, where a wheel has brought it, or on the path of an administrator."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], "/usr/sbin"])
    return shutil.which(name, path=places)


def changed(text: str, *pairs: tuple[str, str]) -> str:
    """Raises AssertionError where the example does not say what a reader would have to change."""
    for old, new in pairs:
        assert old in text, f"the example has no {old!r}"
        text = text.replace(old, new)
    return text


@contextmanager
def front(name: str, folder: Path) -> Iterator[Front]:
    """The proxy of this name before two web processes."""
    web, tls_port, plain_port = free_port(), free_port(), free_port()
    with ExitStack() as ends:
        backends = {at: ends.enter_context(_backend(at, web)) for at in BACKENDS}
        command = {"caddy": _caddy, "nginx": _nginx, "traefik": _traefik}[name](
            folder, web, tls_port, plain_port, ends
        )
        ends.enter_context(_running(command, folder))
        _wait_for(tls_port, folder)
        yield Front(name, tls_port, plain_port, backends)


@contextmanager
def _backend(at: str, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    started = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "tests.deployment.echo:app", "--host", at,
         "--port", str(port), "--log-level", "warning", "--lifespan", "off"],
        cwd=ROOT, env=os.environ | {"WHO": at, "FORWARDED_ALLOW_IPS": "*"},
    )  # fmt: skip
    try:
        _wait_for_tcp(at, port)
        yield started
    finally:
        started.kill()
        started.wait(10)


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log,
            env=os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder),
                              "XDG_CONFIG_HOME": str(folder)},
        )  # fmt: skip
    try:
        yield
    finally:
        started.terminate()
        started.wait(10)


def _nginx(folder: Path, web: int, tls: int, plain: int, ends: ExitStack) -> list[str]:
    cert, key = certificate(folder)
    more = "".join(f"server {at}:{web} max_fails=1 fail_timeout=2s; " for at in BACKENDS)
    site = changed(
        (DEPLOY / "nginx.conf").read_text(),
        ("server 127.0.0.1:8000 max_fails=1 fail_timeout=2s;", more),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
        ("/etc/ssl/posecoach/fullchain.pem", str(cert)),
        ("/etc/ssl/posecoach/privkey.pem", str(key)),
    )
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; error_log {folder}/log; daemon off;\n"
        f"events {{}}\nhttp {{ {places}\ninclude {folder}/site.conf; }}\n"
    )
    return [str(program("nginx")), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _traefik(folder: Path, web: int, tls: int, plain: int, ends: ExitStack) -> list[str]:
    cert, key = certificate(folder)
    start = changed(
        (DEPLOY / "traefik/traefik.yml").read_text(),
        ('":80"', f'"127.0.0.1:{plain}"'),
        ('":443"', f'"127.0.0.1:{tls}"'),
        ("/etc/traefik/dynamic.yml", str(folder / "dynamic.yml")),
        ("/var/lib/traefik/acme.json", str(folder / "acme.json")),
    )
    (folder / "traefik.yml").write_text(start)
    urls = "\n          - url: ".join(f"http://{at}:{web}" for at in BACKENDS)
    leads = changed(
        (DEPLOY / "traefik/dynamic.yml").read_text(),
        ("http://127.0.0.1:8000", urls),
        ("tls: {certResolver: public}", "tls: {}"),
    )
    own = f"tls: {{certificates: [{{certFile: {cert}, keyFile: {key}}}]}}\n"
    (folder / "dynamic.yml").write_text(leads + own)
    return [str(program("traefik")), "--configFile", str(folder / "traefik.yml")]


def _caddy(folder: Path, web: int, tls: int, plain: int, ends: ExitStack) -> list[str]:
    """Finds the web processes by their name, as in compose."""
    names = ends.enter_context(name_server(BACKENDS))
    site = changed(
        (DEPLOY / "Caddyfile").read_text(),
        ("{$PUBLIC_URL}", f"https://{HOST}:{tls}"),
        ("{$TLS}", "internal"),
        ("{$UPSTREAM_NAME}", "web."),
        ("{$UPSTREAM_PORT}", str(web)),
        ("refresh 5s", f"refresh 5s\n\t\t\tresolvers 127.0.0.1:{names}"),
    )
    own = f"admin off\nhttp_port {plain}\nhttps_port {tls}\nskip_install_trust"
    (folder / "Caddyfile").write_text(f"{{\n{own}\n}}\n{site}")
    config = str(folder / "Caddyfile")
    return [str(program("caddy")), "run", "--adapter", "caddyfile", "--config", config]


@contextmanager
def name_server(addresses: tuple[str, ...]) -> Iterator[int]:
    """Port of a server that answers every question for addresses with all of these (RFC 1035)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0.2)
        over = threading.Event()

        def answer() -> None:
            while not over.is_set():
                try:
                    asked, who = listener.recvfrom(512)
                except TimeoutError:
                    continue
                end = asked.index(b"\0", 12) + 5  # after the name: its type and its class
                known = addresses if asked[end - 4 : end - 2] == b"\0\1" else ()
                head = asked[:2] + b"\x81\x80" + b"\0\1" + len(known).to_bytes(2) + b"\0\0\0\0"
                found = b"".join(
                    b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + socket.inet_aton(one) for one in known
                )
                listener.sendto(head + asked[12:end] + found, who)

        answering = threading.Thread(target=answer)
        answering.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            answering.join()


def certificate(folder: Path) -> tuple[Path, Path]:
    """For HOST, signed by itself: the files of certificate and key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


def trusting() -> ssl.SSLContext:
    """Certificates are made for the test: what is proven here is what lies behind them."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def secured(port: int) -> ssl.SSLSocket:
    """A connection that asks for HOST, wherever that really is."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        return trusting().wrap_socket(plain, server_hostname=HOST)


def _wait_for(port: int, folder: Path) -> None:
    """Until it speaks TLS for HOST: Caddy makes its own authority first."""
    if not _within(lambda: secured(port).close()):
        raise TimeoutError((folder / "log").read_text()[-2000:])


def _wait_for_tcp(host: str, port: int) -> None:
    if not _within(lambda: socket.create_connection((host, port), timeout=1).close()):
        raise TimeoutError(f"Nothing listens on {host}:{port}.")


def _within(reach: Callable[[], None]) -> bool:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            reach()
            return True
        except OSError:
            time.sleep(0.1)
    return False
