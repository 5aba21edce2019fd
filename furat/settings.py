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

# The zone of dates that are printed without one; Damascus is UTC+3, until October 2022 UTC+2 in winter.
# Read by ResolveDate.
FURAT_TIMEZONE = "Asia/Damascus"

# The folder under which each site has its own: the environment's, or data/ beside scrapy.cfg. Where there is none, as
# under Scrapyd, it must be set. Read by the spiders and the commands on an archive.
FURAT_DATA = os.environ.get("FURAT_DATA") or (str(_BESIDE / "data") if _BESIDE else "")

# What becomes of an article whose text, be it edited, is archived already under another id: "mark" it in the feed,
# or "drop" it from the feed; the store keeps it in both cases. Read by Archive.
FURAT_DUPLICATES = "mark"

# Failed visits after which an article is no longer asked for, only reported as pending. Read by FrontierMiddleware.
FURAT_TRIES = 10

# An article is due when it was last visited longer ago than this share of its age: one published an hour ago
# after six minutes, one from last year after five weeks.
# 0 makes everything due at every crawl. Read by FrontierMiddleware.
FURAT_DUE_SHARE = 0.1

# Due articles that one crawl visits at most. Read by FrontierMiddleware.
FURAT_REVISITS = 100

# Pages that lack a title, a date or a text though the site's articles have it are held back, and many of them stop
# the crawl; so do more missing articles than is likely. False takes the site as it is. Read by all parts of a crawl.
FURAT_QUARANTINE = True

# A line on the terminal that tells how far the crawl is. Read by ShowProgress.
FURAT_PROGRESS = True

# How a site's owner reaches the operator: an address or a web page, part of the user agent.
# Read by `scrapy crawl`.
FURAT_CONTACT = ""

# PolitenessMiddleware

# Seconds for which a crawl waits until a site that throttles it serves pages again; where the site asks for more,
# the crawl ends and says when to come back. Read by PolitenessMiddleware.
FURAT_PATIENCE = 1800

# The hours in which the site may be asked, in the zone of this machine, like "01:00-05:00": a crawl that is under way
# at their end stops, and the next one goes on. Empty means always. Read by PolitenessMiddleware.
FURAT_WINDOW = ""

# Requests per day (UTC) over all crawls of one archive; 0 means no limit. Read by PolitenessMiddleware.
FURAT_DAILY_REQUESTS = 0

# Who asks, honestly; `scrapy crawl` adds FURAT_CONTACT.
USER_AGENT = f"Furat/{__version__} (news archive)"
ROBOTSTXT_OBEY = True  # default False
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8; one small server
DOWNLOAD_DELAY = 1  # default 0; seconds
AUTOTHROTTLE_ENABLED = True  # default False; a slow answer slows the crawl
AUTOTHROTTLE_START_DELAY = 1  # default 5
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"  # default CachingThreadedResolver, IPv4 alone
DOWNLOAD_TIMEOUT = 60  # default 180; seconds
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # default 1 GiB; no page is so large, a compression bomb is
COOKIES_ENABLED = False  # default True; a reader's cookies change pages and tell nothing
METAREFRESH_ENABLED = False  # default True; WordPress never uses it, a hostile page may

# Safety

DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; whoever sits between could say anything
REMOTE_CONTROL_ENABLED = False  # default True; it runs code sent over HTTP
TELNETCONSOLE_ENABLED = False  # default True; as above

# The way of an article

DOWNLOADER_MIDDLEWARES = {
    # Last of all: what others refuse, ask again or redirect does not wait.
    "furat.downloader.batching.ResponseBatching": 1,
    # Scrapy's own lets other ports and subdomains pass, where another service may answer.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "furat.downloader.offsite.OnSiteMiddleware": 50,
    # Before Scrapy's defaults, which yield to what is there.
    "furat.downloader.access.AccessMiddleware": 55,
    # Before politeness: what it answers asks nothing of the site.
    "furat.downloader.kept.KeptPagesMiddleware": 60,
    # Scrapy's own crawls a site whose robots.txt can't be had.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "furat.downloader.robots.RobotsMiddleware": 100,
    # Before Scrapy's retries, which would give up on a throttled site; after decompression, to see challenges.
    "furat.downloader.PolitenessMiddleware": 560,
    # Before Scrapy's own decompression, which reads what this one leaves.
    "furat.downloader.gunzip.GunzipMiddleware": 595,
}
DOWNLOAD_HANDLERS = {
    "http": "furat.downloader.PoliteDownloadHandler",
    "https": "furat.downloader.PoliteDownloadHandler",
}  # PolitenessMiddleware, at the last moment
SPIDER_MIDDLEWARES = {
    # Nearest to the spider: the entries of a listing end here, no other middleware need see them.
    "furat.frontier.middleware.FrontierMiddleware": 1000,
    # It drops long addresses without a word; those of Arabic headlines are long.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    # Walks end by what they find, not by depth.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
ITEM_PIPELINES = {
    "furat.pipelines.Normalize": 100,
    # A printed date is parsed from what was printed; Normalize left that alone.
    "furat.pipelines.ResolveDate": 200,
    # Before anything leaves for good: what is suspect must neither end a visit nor count as a failed visit.
    "furat.pipelines.Quarantine": 250,
    # Validate follows Normalize and ResolveDate: a body of spaces is no body, and a range of days needs the day.
    "furat.pipelines.Validate": 300,
    "furat.pipelines.Deduplicate": 400,
    # The last word: what passes here is in the store, and goes to the feed.
    "furat.pipelines.Archive": 900,
}
# Closes the feeds and has the crawl judged before Scrapy tells others that the spider was closed.
SCHEDULER = "furat.extensions.closing.ClosingScheduler"
EXTENSIONS = {
    # Scrapy's own closes its feeds while others hear that the spider was closed: no verdict could be known then.
    "scrapy.extensions.feedexport.FeedExporter": None,
    "furat.extensions.closing.EarlyFeedExporter": 0,
    # First of all: nothing may touch the archive of another crawl.
    "furat.extensions.Lock": -10,
    # Finishes what a killed crawl left before anything new begins.
    "furat.extensions.Deliver": 10,
    "furat.extensions.Verdict": 20,
    "furat.extensions.ShowProgress": 30,
    # The line of ShowProgress and the verdict say more.
    "scrapy.extensions.logstats.LogStats": None,
    # Scrapy's memory debugger and job state have no use here.
    "scrapy.extensions.spiderstate.SpiderState": None,
}

# The feed

# The spiders name their own feed, data/SITE/feed/SPIDER-CRAWL.jsonl, and its fields (`FEEDS`, `FEED_EXPORT_FIELDS`):
# another spider in this project has its own. What is set here or with -s, -o and -O, comes before that.
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
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_DATEFORMAT = "%H:%M:%S"
