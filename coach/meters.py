"""What the coaching room counts; `config.telemetry` serves it as /metrics."""

from typing import Final

from prometheus_client import Gauge

WATCHES: Final = Gauge(
    "posecoach_live_watches",
    "Athletes that coaches have chosen to see train now.",
    multiprocess_mode="livesum",
)
