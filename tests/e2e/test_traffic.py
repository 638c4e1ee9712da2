"""Nothing but keypoints and form data leaves the page, and only to our own server."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Request, WebSocket

from models.clip import decode
from scripts.browser import launch, sign_up
from tests.e2e.studio import Studio

CLIP = "application/vnd.posecoach.clip"
ELSEWHERE = "https://example.com/collect"


def is_home(url: str, home: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("blob", "data") or parts.netloc == urlsplit(home).netloc


def test_a_workout_sends_keypoints_and_nothing_else(
    playwright, chromium: str, server, squat_webcam: Path, tmp_path: Path
) -> None:
    netlog = tmp_path / "netlog.json"
    browser = launch(
        playwright,
        executable=chromium,
        webcam=squat_webcam,
        webgl=False,
        extra=(
            f"--log-net-log={netlog}",
            "--net-log-capture-mode=Everything",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
        ),
    )
    context = browser.new_context(base_url=server.url, permissions=["camera"])
    requests: list[Request] = []
    sockets: list[WebSocket] = []
    spoken: list[bytes | str] = []
    context.on("request", lambda request: requests.append(request))

    def listen(socket: WebSocket) -> None:
        sockets.append(socket)
        socket.on("framesent", lambda text: spoken.append(text))

    email = sign_up(context, server.url)
    page = context.new_page()
    page.on("websocket", listen)
    studio = Studio(page, email).open()
    studio.use_camera()
    studio.start_set()
    studio.wait_reps(2)
    studio.finish_set()
    studio.finish_workout()
    page.wait_for_timeout(1000)
    context.close()
    browser.close()

    away = [request.url for request in requests if not is_home(request.url, server.url)]
    assert away == []
    assert sockets
    assert all(is_home(socket.url, server.url) for socket in sockets)
    assert all(len(text) < 200 for text in spoken)

    clips, forms, unexplained = 0, 0, []
    for request in requests:
        body = request.post_data_buffer
        if not body:
            continue
        kind = request.headers.get("content-type", "")
        if kind == CLIP:
            decode(body)  # raises unless every byte of it is a clip
            clips += 1
        elif kind.startswith("application/json") and len(body) < 2000:
            json.loads(body)
            forms += 1
        else:
            unexplained.append((request.method, request.url, kind, len(body)))
    assert unexplained == []
    assert clips >= 2
    assert forms >= 2

    hosts, sent = read_netlog(netlog, server.url)
    assert hosts == {urlsplit(server.url).netloc}
    bodies = sum(len(request.post_data_buffer or b"") for request in requests)
    # headers and handshakes come on top of the bodies; one camera picture would be 12 kB
    assert sent < bodies + 2_500 * (len(requests) + 20)


def read_netlog(path: Path, home: str) -> tuple[set[str], int]:
    """Hosts that the page made Chromium's network stack ask for, and the bytes its sockets sent.

    The browser's own errands (its updates) have no page as their initiator.
    """
    log = json.loads(path.read_text())
    names = {number: name for name, number in log["constants"]["logEventTypes"].items()}
    hosts, sent = set(), 0
    for event in log["events"]:
        facts = event.get("params", {})
        name = names[event["type"]]
        if name == "URL_REQUEST_START_JOB" and facts.get("initiator") == home:
            hosts.add(urlsplit(facts["url"]).netloc)
        if name == "SOCKET_BYTES_SENT":
            sent += facts["byte_count"]
    return hosts, sent


def test_the_policy_forbids_any_other_address(athlete, server) -> None:
    page = athlete(webgl=False).page
    answer = page.goto("/")
    policy = answer.header_value("content-security-policy")
    assert "connect-src 'self'" in policy
    assert "default-src 'none'" in policy
    told = page.evaluate(
        """async (url) => {
          const broken = []
          addEventListener('securitypolicyviolation', (e) => broken.push(e.effectiveDirective))
          const outcomes = []
          await fetch(url, { method: 'POST', body: 'x' }).catch((e) => outcomes.push(e.name))
          outcomes.push(navigator.sendBeacon(url, 'x'))
          new Image().src = url
          try { new WebSocket(url.replace('https', 'wss')) } catch (e) { outcomes.push(e.name) }
          await new Promise((resolve) => setTimeout(resolve, 500))
          return { broken, outcomes }
        }""",
        ELSEWHERE,
    )
    assert told["outcomes"][0] == "TypeError"
    assert set(told["broken"]) == {"connect-src", "img-src"}
    assert told["broken"].count("connect-src") == 3
