"""Everything that is logged, as it would be written, whatever the loggers' levels are."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.telemetry.logs import JsonLines, PlainLines


class Lines(logging.Handler):
    """Writes each record as both forms of the log would."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._json, self._plain = JsonLines(), PlainLines()
        self.lines: list[dict[str, Any]] = []
        self.plain: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self._json.format(record)))
        self.plain.append(self._plain.format(record))

    @property
    def text(self) -> str:
        return "\n".join([*self.plain, *(json.dumps(line) for line in self.lines)])

    def of(self, message: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["message"] == message]


@contextmanager
def listening() -> Iterator[Lines]:
    """All loggers at DEBUG, those that `settings.LOGGING` keeps quiet too."""
    lines, root = Lines(), logging.getLogger()
    manager = logging.Logger.manager.loggerDict
    known = [one for one in manager.values() if isinstance(one, logging.Logger)]
    before = {one: (one.level, one.disabled) for one in (root, *known)}
    for one in before:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    root.addHandler(lines)
    try:
        yield lines
    finally:
        root.removeHandler(lines)
        for one, (level, disabled) in before.items():
            one.setLevel(level)
            one.disabled = disabled
