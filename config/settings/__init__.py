"""Every setting. The environment is read here and in `config.env`; docs/deployment.md lists it."""

from config import env as given
from config.settings.browser import *
from config.settings.engines import *
from config.settings.people import *
from config.settings.site import *

DATA_DIR = given.DATA_DIR
PUBLIC_URL: str = given.PUBLIC_URL
REDIS_URL: str = given.REDIS_URL
