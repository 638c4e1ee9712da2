"""Every setting. The environment is read here and in `config.env`; docs/deployment.md lists it."""

from config.settings.browser import *
from config.settings.engines import *
from config.settings.people import *
from config.settings.site import *
