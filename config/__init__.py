"""Wiring: settings, routes, processes. Imports every room and is imported by none."""

VERSION = "0.1.0"

from config.telemetry.pool import share_figures  # noqa: E402

share_figures()

from config.celery import app as celery_app  # noqa: E402

__all__ = ["VERSION", "celery_app"]
