"""The project's own settings with the naive tables and nothing but the naive address."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.ingest.naive"]
ROOT_URLCONF = "benchmarks.ingest.naive.urls"
