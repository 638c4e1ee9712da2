"""What can become of a planned workout and of a plan; worked out when asked, never stored."""

from enum import StrEnum


class PlannedState(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    MISSED = "missed"
    SKIPPED = "skipped"


class PlanState(StrEnum):
    COMING = "coming"
    RUNNING = "running"
    FINISHED = "finished"
    ENDED = "ended"
