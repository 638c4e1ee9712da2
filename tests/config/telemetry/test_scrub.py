import pytest

from config.telemetry.scrub import LONGEST, exception_told, scrubbed

KEY = "wzq4k81mxo2p5r7t9v3b6n8c0d1f2g3h"
ID = "7f1f6c0a-6d34-4f8e-9a63-1df4f4f0a111"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to ada.l@example.org now", "to [address] now"),
        ("from 192.168.1.77:8000", "from [ip]:8000"),
        ("from 2001:db8::ff00:42:8329 on", "from [ip] on"),
        (f"session {KEY} ended", "session [secret] ended"),
        ("code aBcDeFgHiJkLmNoPqR", "code [secret]"),
        (f"Set {ID} waits", f"Set {ID} waits"),
        ("for 'Ada Lovelace' and \"Grace\"", "for '…' and '…'"),
        ("twice\nDETAIL:  Key (email)=(a@b.c) already exists.", "twice"),
        ("Failing row\nDETAIL: (1, Ada)", "Failing row"),
        ("A mail was not sent, check EMAIL_URL: SMTPServerDisconnected", None),
        ("took 12.5 ms at 10:11:12", None),
        ("route /api/sets/{set_id}/clips/{index}", None),
    ],
)
def test_what_belongs_to_a_person_is_taken_out(text: str, told: str | None) -> None:
    assert scrubbed(text) == (text if told is None else told)


def test_a_message_has_an_end() -> None:
    assert len(scrubbed("word " * 1000)) == LONGEST


def test_an_error_of_a_machine_says_what_it_misses() -> None:
    told = exception_told(ConnectionRefusedError(111, "Connection refused"))
    assert told["message"] == "[Errno 111] Connection refused"


def test_another_error_says_where_and_not_what() -> None:
    secret = "Ada"
    try:
        raise ValueError(f"no plan for {secret}")
    except ValueError as error:
        told = exception_told(error)
    assert told.keys() == {"type", "frames"}
    assert told["type"] == "ValueError"
    assert told["frames"][0].endswith("test_another_error_says_where_and_not_what")


def test_a_cause_is_named() -> None:
    told = RuntimeError("Ada")
    told.__cause__ = KeyError("Ada")
    assert exception_told(told) == {"type": "RuntimeError", "frames": [], "cause": "KeyError"}
