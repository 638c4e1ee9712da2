"""Which PoseCoach this is, as `pyproject.toml` says; the container has no such file."""

from typing import Final

VERSION: Final = "0.1.0"
