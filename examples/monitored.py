"""Settings with Spidermon on top of Furat's: `SCRAPY_SETTINGS_MODULE=examples.monitored scrapy refresh`."""

from furat.settings import *  # noqa: F403 (this is how one Scrapy project builds on another)
from furat.settings import EXTENSIONS

EXTENSIONS = {**EXTENSIONS, "spidermon.contrib.scrapy.extensions.Spidermon": 500}
SPIDERMON_ENABLED = True
SPIDERMON_SPIDER_CLOSE_MONITORS = ("examples.monitors.CloseSuite",)
