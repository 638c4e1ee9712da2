"""What the training room counts while it works; `config.telemetry` serves it as /metrics.

Labels have few values, fixed in code: never an id, a person or a path.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final, Literal

from prometheus_client import Counter, Gauge, Histogram

Outcome = Literal["stored", "duplicate", "refused", "busy"]

CLIPS: Final = Counter("posecoach_clips", "Clips received, by what became of them.", ["outcome"])
CLIP_BYTES: Final = Counter("posecoach_clip_bytes", "Bytes of clips as they came over the wire.")
BATCH_CLIPS: Final = Histogram(
    "posecoach_ingest_batch_clips",
    "Clips that one commit stored.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
WAITING_CLIPS: Final = Gauge(
    "posecoach_ingest_waiting_clips",
    "Clips received and not yet committed.",
    multiprocess_mode="livesum",
)
COMMIT_S: Final = Histogram(
    "posecoach_ingest_commit_seconds",
    "How long a commit of clips took.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
ANALYSIS_S: Final = Histogram(
    "posecoach_analysis_seconds",
    "How long the analysis of a set took, from reading to commit.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ANALYSES: Final = Counter("posecoach_analyses", "Analyses of sets, by how they ended.", ["outcome"])
SWEPT: Final = Counter(
    "posecoach_swept", "Work that a sweep found undone and queued again.", ["kind"]
)
NUDGES: Final = Counter("posecoach_nudges", "Messages sent to open pages that a set has changed.")


def clip_seen(outcome: Outcome, received_bytes: int = 0) -> None:
    """received_bytes: of the body, whatever became of it."""
    _clips(outcome).inc()
    if received_bytes:
        CLIP_BYTES.inc(received_bytes)


@cache
def _clips(outcome: Outcome) -> Counter:
    """Looked up once, for it is asked for with each clip."""
    return CLIPS.labels(outcome)


@contextmanager
def analysing() -> Iterator[None]:
    """Times the analysis of one set, and counts how it ended."""
    started = time.perf_counter()
    try:
        yield
    except Exception:
        ANALYSES.labels("failed").inc()
        raise
    ANALYSES.labels("done").inc()
    ANALYSIS_S.observe(time.perf_counter() - started)
