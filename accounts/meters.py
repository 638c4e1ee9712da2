"""What the room of accounts counts; `config.telemetry` serves it as /metrics."""

from typing import Final, Literal

from prometheus_client import Counter

Kind = Literal["account", "news", "invitation", "digest"]

MAILS_FAILED: Final = Counter("posecoach_mails_failed", "Mails that could not be sent.", ["kind"])


def mail_failed(kind: Kind) -> None:
    MAILS_FAILED.labels(kind).inc()
