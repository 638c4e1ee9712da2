"""Only what is named is written; of a library's message the words that fill it are not."""

import json
import logging
from typing import Any

import pytest
from pytest_django import Settings

from config.telemetry.logs import FIELDS, JsonLines, PlainLines, logging_config
from tests.config.telemetry.lines import listening

SECRET = "three calm otters"


def record(name: str, message: str, *args: Any, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord(name, logging.INFO, "x.py", 1, message, args, None)
    made.__dict__.update(extra)
    return made


def written(made: logging.LogRecord) -> dict[str, Any]:
    return dict(json.loads(JsonLines().format(made)))


def test_a_field_that_is_not_named_stays_out() -> None:
    line = written(record("sessions.x", "done", status=200, request="GET /secret", email="a@b.c"))
    assert line.keys() == {"time", "level", "logger", "message", "status"}


@pytest.mark.parametrize(
    ("message", "args", "told"),
    [
        ("Not Found: %s", ("/api/invited/CODE",), "Not Found: …"),
        ("%s: %s", ("Not Found", "/api/invited/CODE"), "Not Found: …"),
        ("took %d ms, %.1f, %s", (3, 1.25, None), "took 3 ms, 1.2, None"),
        ("port %d", ("words",), "port %d"),
        ("too %s and %s", ("few",), "too %s and %s"),
        ("Task %(name)s in %(runtime)s", ({"name": "x", "runtime": 0.5},), "Task … in 0.5"),
        ("ada@example.org came", (), "[address] came"),
    ],
)
def test_a_library_is_told_without_its_words(message: str, args: Any, told: str) -> None:
    assert written(record("some.library", message, *args))["message"] == told


def test_our_own_words_are_told_and_scrubbed() -> None:
    told = written(record("coach.services", "%s was not sent: %s", "A mail", "a@b.c"))["message"]
    assert told == "A mail was not sent: [address]"


def test_an_error_is_told_without_its_values() -> None:
    with listening() as lines:
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger("sessions.x").exception("It broke")
    assert lines.lines[0]["exception"]["type"] == "ValueError"
    assert "test_logs.py" in lines.plain[0]
    assert SECRET not in lines.text


def test_a_developer_sees_the_whole_error(settings: Settings) -> None:
    settings.DEBUG = True
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        made = record("sessions.x", "It broke")
        made.exc_info = (ValueError, error, error.__traceback__)
    assert SECRET in PlainLines().format(made)
    assert SECRET not in JsonLines().format(made)


def test_a_plain_line_reads_from_left_to_right() -> None:
    line = PlainLines().format(record("config.telemetry.http", "request", status=202, set_id="s"))
    assert line.endswith("INFO config.telemetry.http request status=202 set_id=s")


@pytest.mark.parametrize(("form", "level"), [("json", "INFO"), ("plain", "WARNING")])
def test_a_terminal_is_quiet_about_what_went_well(form: str, level: str) -> None:
    found = logging_config(form, "INFO")
    assert found["handlers"]["console"]["formatter"] == form
    assert found["loggers"]["config.telemetry"] == {"level": level}
    assert logging_config(form, "DEBUG")["loggers"]["config.telemetry"] == {"level": "DEBUG"}


def test_the_document_names_every_field() -> None:
    from config.env import BASE_DIR

    text = (BASE_DIR / "docs" / "observability.md").read_text()
    assert [name for name in FIELDS if f"`{name}`" not in text] == []
