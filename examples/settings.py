"""Settings on top of Furat's: `SCRAPY_SETTINGS_MODULE=examples.settings scrapy crawl news`."""

from furat.settings import *  # noqa: F403 (this is how one Scrapy project builds on another)
from furat.settings import ITEM_PIPELINES

FURAT_SITE = "https://newsroom.example/"
FURAT_CONTACT = "archive@example.org"
ITEM_PIPELINES = {**ITEM_PIPELINES, "examples.redact.Redact": 150}  # after Normalize: digits have one form by then
