"""What every process counts. The training room has its own in `sessions.meters`.

Labels have few values: route templates, methods, statuses, names of tasks.
"""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS: Final = Counter(
    "posecoach_http_requests", "Requests answered.", ["method", "route", "status"]
)
REQUEST_S: Final = Histogram(
    "posecoach_http_request_seconds",
    "From the first byte of a request to the last of its answer.",
    ["method", "route"],
    buckets=SECONDS,
)
REQUESTS_OPEN: Final = Gauge(
    "posecoach_http_requests_open", "Requests not answered yet.", multiprocess_mode="livesum"
)
SOCKETS: Final = Gauge(
    "posecoach_sockets", "Sockets that are open.", ["route"], multiprocess_mode="livesum"
)
SOCKETS_CLOSED: Final = Counter(
    "posecoach_sockets_closed", "Sockets that were closed or refused.", ["route", "code"]
)
TASKS: Final = Counter("posecoach_tasks", "Tasks run, by how they ended.", ["task", "outcome"])
TASK_S: Final = Histogram(
    "posecoach_task_seconds", "How long tasks ran.", ["task"], buckets=(*SECONDS, 30, 60, 300)
)
TASK_WAIT_S: Final = Histogram(
    "posecoach_task_wait_seconds",
    "From sending a task to running it.",
    ["queue"],
    buckets=(*SECONDS, 30, 60, 300),
)
SIGN_INS: Final = Counter("posecoach_sign_ins", "Sign-ins, by how they ended.", ["outcome"])
SIGN_UPS: Final = Counter("posecoach_sign_ups", "Accounts made.")
PASSWORD_RESETS: Final = Counter("posecoach_password_resets", "Passwords set anew through a mail.")
LOG_LINES: Final = Counter("posecoach_log_lines", "Warnings and errors logged.", ["level"])
