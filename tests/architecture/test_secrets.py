"""No secret stands in a tracked file, nor in any version of one that HEAD's history holds.

Each object of the history is read once (`git cat-file --batch`), so a secret that was committed and
taken out again is found as well: it has to be revoked, not only deleted.
"""

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Shapes that their makers gave to secrets, so that they can be found.
SHAPES = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}",
    "AWS key": r"AKIA[0-9A-Z]{16}\b",
    "AWS session key": r"ASIA[0-9A-Z]{16}\b",
    "GitHub token": r"gh[pousr]_[A-Za-z0-9]{36}\b",
    "GitHub token of today": r"github_pat_[A-Za-z0-9_]{60,}",
    "GitLab token": r"glpat-[A-Za-z0-9_-]{20}",
    "Google key": r"AIza[0-9A-Za-z_-]{35}",
    "Slack token": r"xox[abpr]-[0-9A-Za-z-]{20,}",
    "Stripe key": r"k_live_[0-9A-Za-z]{20,}",
    "npm token": r"npm_[A-Za-z0-9]{36}\b",
    "JSON web token": r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}",
    "PoseCoach token": r"pc_[A-Za-z0-9_-]{43}",
    "address with a password": (r"://[^\s/:@\"'`<>{}$%]{1,40}:[^\s/:@\"'`<>{}$%]{6,80}@"),
}
# One by one: a pattern that begins with letters is searched for as fast as those letters are.
SHAPE = {name: re.compile(shape) for name, shape in SHAPES.items()}
VALUE = re.compile(r"[\"']([A-Za-z0-9+/_=.~-]{16,120})[\"']")
NAMED = re.compile(
    r"(?i)(?:secret[_-]?key|api[_-]?key|passw(?:or)?d|token|private[_-]?key|secret)[\"']?\s*[:=]\s*$"
)
# Written to be seen as one: user:password@…, pc_AAAA…, a path.
EXAMPLE = re.compile(r"(?i):(?:password|example|secret|posecoach|pw)@|([a-z0-9])\1{7}|^/")
LEAST_BITS = 3.6  # a character, of what stands behind such a name; words have about 3
LARGEST = 2_000_000
# What looks like one and is none; each with its reason, and matched as a whole.
ALLOWED = {
    "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94": "private key of the example in RFC 8291",
    "BTBZMqHH6r4Tts7J_aSIgg": "authentication secret of the example in RFC 8291",
}
# Files of numbers, hashes and measured values, whose like no pattern can tell from a key.
NO_TEXT = re.compile(
    r"(^|/)(requirements/\w+\.txt|package-lock\.json|.*\.(npz|onnx|bin|png|jpe?g|ico|woff2?|mp4|webm|"
    r"gz|zip|weights\.h5|sqlite3))$"
)


def bits(text: str) -> float:
    """Shannon entropy, bits a character."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)


def secrets_in(text: str) -> Iterator[tuple[str, str]]:
    """(what it looks like, the text) of everything that is not allowed."""
    for kind, shape in SHAPE.items():
        for found in shape.finditer(text):
            if found[0] not in ALLOWED and not EXAMPLE.search(found[0]):
                yield kind, found[0]
    for found in VALUE.finditer(text):
        value = found[1]
        if (
            NAMED.search(text[max(0, found.start() - 40) : found.start()])
            and any(c.isdigit() for c in value)
            and any(c.isalpha() for c in value)
            and bits(value) >= LEAST_BITS
            and value not in ALLOWED
            and not EXAMPLE.search(value)
        ):
            yield "value of a secret's name", value


def git(*arguments: str, given: str | None = None) -> bytes:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, check=False,
        input=None if given is None else given.encode(),
    )  # fmt: skip
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout


def blobs() -> dict[str, str]:
    """Object to one of its names, of every version of every file in HEAD's history."""
    found = {}
    for line in git("rev-list", "--objects", "HEAD").decode("utf-8", "replace").splitlines():
        name, _, path = line.partition(" ")
        if path and not NO_TEXT.search(path):
            found[name] = path
    return found


def texts(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(path, text) of the objects that are text and not huge."""
    out, at = git("cat-file", "--batch", "--buffer", given="\n".join(names)), 0
    while at < len(out):
        end = out.index(b"\n", at)
        name, kind, size = out[at:end].decode().split()
        body = out[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
        if kind == "blob" and int(size) <= LARGEST and b"\0" not in body[:4096]:
            yield names[name], body.decode("utf-8", "replace")


def test_nothing_secret_is_in_the_history_of_this_tree() -> None:
    found = {
        f"{path}: {kind}: {secret[:12]}…"
        for path, text in texts(blobs())
        for kind, secret in secrets_in(text)
    }
    told = "revoke it, then say in ALLOWED why it does no harm:\n"
    assert not found, told + "\n".join(sorted(found))


def test_nothing_secret_is_in_a_tracked_file() -> None:
    """As they lie here, which HEAD does not know yet."""
    found = []
    for name in git("ls-files", "-z").decode().split("\0"):
        path = ROOT / name
        if not name or NO_TEXT.search(name) or not path.is_file() or path.stat().st_size > LARGEST:
            continue
        body = path.read_bytes()
        if b"\0" not in body[:4096]:
            found += [f"{name}: {kind}" for kind, _ in secrets_in(body.decode("utf-8", "replace"))]
    assert not found


@pytest.mark.parametrize(
    "planted",
    [
        "AKIA" + "QYLPMN5HHHFPZAM2",
        "ghp_" + "x7Gq2LmZ9RtVb4NcKd81WsYpEaHu30JfToQi",
        "pc_" + "k3Jx9QmVb2Rt7YcLw0Zs5NdHf8GpUe1AiOq4TrXy6Wz",
        'SECRET_KEY = "' + "t9f!x".replace("!", "Q") + "Zk20-vLm81pRw7Ye3Ua" + '"',
        "postgres://posecoach:" + "hunter2hunter3" + "@db:5432/x",
        "-----BEGIN EC PRIVATE "
        + "KEY-----\n"
        + "MHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY/PuoAoG",
        "password: '" + "Rk7vT2mXq9LpZ4wN" + "'",
    ],
)
def test_what_is_planted_is_found(planted: str) -> None:
    assert list(secrets_in(f"x = 1\n{planted}\n"))


@pytest.mark.parametrize(
    "harmless",
    [
        'password = "three calm otters"',
        "postgres://user:password@host:5432/name",
        'token = "aaaaaaaaaaaaaaaaaaaaaaaaaaa1"',
        "SECRET_KEY=",
    ],
)
def test_what_only_speaks_of_secrets_is_not(harmless: str) -> None:
    assert not list(secrets_in(harmless))
