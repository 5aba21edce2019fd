"""Every setting that differs from Scrapy's default: value, default, reason, reader."""

import os
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from furat import __version__

BOT_NAME = "furat"
SPIDER_MODULES = ["furat.spiders"]
COMMANDS_MODULE = "furat.commands"

# The archive

_CONFIGURATION = closest_scrapy_cfg()
_BESIDE = Path(_CONFIGURATION).parent if _CONFIGURATION else None

# The site that `scrapy crawl news` crawls without `-a site`: an address, or a name of FURAT_SITES. Read by the spiders.
FURAT_SITE = "https://euphratespost.net/"

# The file with a table per site: the environment's, or sites.toml beside scrapy.cfg if it is there; empty means none.
# Read by the spiders and the commands on an archive.
FURAT_SITES = os.environ.get("FURAT_SITES") or (
    str(_BESIDE / "sites.toml") if _BESIDE and (_BESIDE / "sites.toml").exists() else ""
)

# The time zone of dates that are printed without one. Damascus is UTC+3; until October 2022 it was UTC+2 in winter.
# Read by ResolveDate.
FURAT_TIMEZONE = "Asia/Damascus"

# The folder with a subfolder for each site: the environment variable, or data/ beside scrapy.cfg. Without a scrapy.cfg,
# as under Scrapyd, it must be set. Read by the spiders and the commands on an archive.
FURAT_DATA = os.environ.get("FURAT_DATA") or (str(_BESIDE / "data") if _BESIDE else "")

# What to do with an article whose text, even if edited, is already archived under another id: "mark" it in the feed,
# or "drop" it from the feed; the archive keeps it in both cases. Read by Archive.
FURAT_DUPLICATES = "mark"

# After how many failed visits an article is no longer requested, only reported as pending. Read by FrontierMiddleware.
FURAT_TRIES = 10

# The revisit interval as a fraction of an article's age: with 0.1, an article published an hour ago is due for
# recrawl after six minutes, one from last year after five weeks.
# 0 makes every article due in every crawl. Read by FrontierMiddleware.
FURAT_DUE_SHARE = 0.1

# The most articles that one crawl visits because they are due for recrawl. Read by FrontierMiddleware.
FURAT_REVISITS = 100

# Pages that lack a title, date or text which the site's articles usually have are held back, and many of them stop
# the crawl; so do more missing articles than is likely. False turns both checks off. Read by all parts of a crawl.
FURAT_QUARANTINE = True

# Keep every exchange with the site in WARC files beside the archive (docs/EVIDENCE.md). Read by PoliteDownloadHandler.
FURAT_WARC = False

# Show a line on the terminal with the progress of the crawl. Read by ShowProgress.
FURAT_PROGRESS = True

# Who is told when something is wrong with an archive, and when it is over: addresses of Apprise
# (https://github.com/caronc/apprise), spaces between, such as mailto:// and tgram://. Read by `scrapy crawl`.
FURAT_NOTIFY = ""

# An address as healthchecks.io has them, told of each crawl: /start, success, /EXIT CODE. Read by `scrapy crawl`.
FURAT_PING = ""

# A file for Prometheus's node_exporter: figures of the last crawl of each site. Read by `scrapy crawl`.
FURAT_METRICS = ""

# The authorities that stamp the time of each manifest (RFC 3161), commas between, as https://freetsa.org/tsr;
# `ots+` before the address of an OpenTimestamps calendar.
# Read by Chain.
FURAT_TIMESTAMP = ""

# How a site's owner can reach the operator: an e-mail address or a web page, added to the user agent.
# Read by `scrapy crawl`.
FURAT_CONTACT = ""

# PolitenessMiddleware

# The most seconds for which a crawl waits until a site that throttles it serves pages again; if the site asks for
# more, the crawl ends and says when to run it again. Read by PolitenessMiddleware.
FURAT_PATIENCE = 1800

# The hours in which the site may be asked, in the zone of this machine, like "01:00-05:00": a crawl that is under way
# at their end stops, and the next one goes on. Empty means always. Read by PolitenessMiddleware.
FURAT_WINDOW = ""

# The most requests per day (UTC) in all crawls of one archive; 0 means no limit. Read by PolitenessMiddleware.
FURAT_DAILY_REQUESTS = 0

# An honest user agent; `scrapy crawl` adds FURAT_CONTACT.
USER_AGENT = f"Furat/{__version__} (news archive)"
ROBOTSTXT_OBEY = True  # default False
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; one small server
DOWNLOAD_DELAY = 1  # default 0; seconds
AUTOTHROTTLE_ENABLED = True  # default False; a slow answer slows the crawl
AUTOTHROTTLE_START_DELAY = 1  # default 5
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # default CachingThreadedResolver, IPv4 alone
DOWNLOAD_TIMEOUT = 60  # default 180; seconds
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # default 1 GiB; no page is that large, but a compression bomb is
COOKIES_ENABLED = False  # default True; a reader's cookies change pages and tell nothing
METAREFRESH_ENABLED = False  # default True; WordPress never uses it, a hostile page may

# Safety

DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; anybody on the network path could change the pages
REMOTE_CONTROL_ENABLED = False  # default True; it runs code sent over HTTP
TELNETCONSOLE_ENABLED = False  # default True; as above

# The components that an article passes through

DOWNLOADER_MIDDLEWARES = {
    # Last of all: responses that others refuse, retry or redirect do not wait.
    "furat.downloader.batching.ResponseBatching": 1,
    # Before all others: what was forgotten is not even looked for among kept pages.
    "furat.downloader.forgotten.ForgottenMiddleware": 40,
    # Scrapy's own allows other ports and subdomains, where another service may answer.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "furat.downloader.offsite.OnSiteMiddleware": 50,
    # Before Scrapy's defaults, which keep headers that are set already.
    "furat.downloader.access.AccessMiddleware": 55,
    # Before politeness: a visit that it answers costs the site no request.
    "furat.downloader.kept.KeptPagesMiddleware": 60,
    # After kept pages, which answer what asks nothing of the site, and before robots.txt is asked for.
    "furat.downloader.replay.ReplayMiddleware": 65,
    # Scrapy's own crawls a site whose robots.txt can't be read.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "furat.downloader.robots.RobotsMiddleware": 100,
    # Before Scrapy's retries, which would give up on a throttled site; after decompression, to see challenges.
    "furat.downloader.PolitenessMiddleware": 560,
    # Before Scrapy's own decompression, which handles the bodies that this one leaves.
    "furat.downloader.gunzip.GunzipMiddleware": 595,
}
DOWNLOAD_HANDLERS = {
    "http": "furat.downloader.PoliteDownloadHandler",
    "https": "furat.downloader.PoliteDownloadHandler",
}  # PolitenessMiddleware, at the last moment
SPIDER_MIDDLEWARES = {
    # Nearest to the spider: the entries of a listing end here; no other middleware needs to see them.
    "furat.frontier.middleware.FrontierMiddleware": 1000,
    # It silently drops long addresses; those with Arabic headlines are long.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    # Walks end by the entries that they find, not by depth.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
ITEM_PIPELINES = {
    "furat.pipelines.Normalize": 100,
    # A printed date is parsed as printed: Normalize does not change it.
    "furat.pipelines.ResolveDate": 200,
    # Before any step that drops items: a suspect page must neither end a visit nor count as a failed one.
    "furat.pipelines.Quarantine": 250,
    # After Normalize and ResolveDate: a text of spaces is no text, and a range of days needs the date.
    "furat.pipelines.Validate": 300,
    "furat.pipelines.Deduplicate": 400,
    # The last step: what passes it is in the archive, and goes to the feed.
    "furat.pipelines.Archive": 900,
}
# Closes the feeds and decides the verdict before Scrapy sends `spider_closed` to others.
SCHEDULER = "furat.extensions.closing.ClosingScheduler"
EXTENSIONS = {
    # Scrapy's own closes its feeds while other extensions get `spider_closed`: too late for the verdict.
    "scrapy.extensions.feedexport.FeedExporter": None,
    "furat.extensions.closing.EarlyFeedExporter": 0,
    # First of all: nothing may touch an archive that another crawl is using.
    "furat.extensions.Lock": -10,
    # Before anything is written: a torn record must not be followed by others.
    "furat.extensions.tails.CutTails": 5,
    # Delivers what a killed crawl left before anything new begins.
    "furat.extensions.Deliver": 10,
    # Before Verdict, so that what it finds is committed with that.
    "furat.extensions.clock_check.CheckClock": 15,
    "furat.extensions.Verdict": 20,
    "furat.extensions.ShowProgress": 30,
    # Once all files of the crawl are closed.
    "furat.extensions.chain.Chain": 40,
    # ShowProgress and Verdict log more.
    "scrapy.extensions.logstats.LogStats": None,
    # Scrapy's memory debugger and job state have no use here.
    "scrapy.extensions.spiderstate.SpiderState": None,
}

# The feed

# The spiders name their own feed, data/SITE/feed/SPIDER-CRAWL.jsonl, and its fields (`FEEDS`, `FEED_EXPORT_FIELDS`):
# another spider in this project has its own. What is set here, or with -s, -o and -O, takes precedence.
FEED_STORAGES = {"": "furat.feeds.storage.AtomicFileStorage", "file": "furat.feeds.storage.AtomicFileStorage"}
FEED_EXPORTERS = dict.fromkeys(
    ("jsonlines", "jsonl", "jl"), "furat.feeds.exporter.JsonLinesExporter"
)  # default half as fast
FEED_EXPORT_ENCODING = "utf-8"  # default escapes every Arabic letter
FEED_STORE_EMPTY = False  # default True; a crawl that found nothing new writes no file
# Speed

CONCURRENT_ITEMS = 1  # default 100; a hundred tasks per response are a fifth of the CPU
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True; it parses the source of callbacks again and again
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop"  # default asyncio's own, a tenth slower

# The log

LOG_LEVEL = "INFO"  # default DEBUG
LOG_VERSIONS: list[str] = []  # default nine packages; requirements.txt pins them
LOG_FORMATTER = "furat.extensions.log_format.BriefLogFormatter"  # default prints whole items
# LOG_FORMAT and LOG_DATEFORMAT are left alone: `scrapy crawl` writes short lines to a terminal, and elsewhere such as
# tell their day, zone and site; what is set here or with -s stays.
