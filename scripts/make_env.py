"""Writes .env from .env.example with an address and fresh secrets; never over one that is there."""

import os
import secrets
import sys
from urllib.parse import urlsplit

from scripts.steps import ROOT, StepError, main_guard, say

SECRETS = {"SECRET_KEY": 50, "POSTGRES_PASSWORD": 24}


def main() -> int:
    url = sys.argv[1] if len(sys.argv) > 1 else ""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path not in ("", "/"):
        raise StepError(
            f"PUBLIC_URL is {url!r}; it should be an https address without a path: "
            "make env PUBLIC_URL=https://coach.example.org"
        )
    values = {"PUBLIC_URL": url.rstrip("/")}
    values |= {name: secrets.token_hex(length // 2) for name, length in SECRETS.items()}
    example = (ROOT / ".env.example").read_text().splitlines(keepends=True)
    try:
        file = os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise StepError(".env is already there; change it by hand, or move it away.") from error
    with os.fdopen(file, "w") as out:
        out.writelines(filled_in(line, values) for line in example)
    say(f".env is written for {values['PUBLIC_URL']}; only its owner can read it.")
    return 0


def filled_in(line: str, values: dict[str, str]) -> str:
    name = line.partition("=")[0]
    return f"{name}={values[name]}\n" if name in values else line


if __name__ == "__main__":
    main_guard(main)
