"""Checks and completes the settings of a crawl before Scrapy builds its components."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from furat.options import KNOWN, check_names, flag
from furat.terminal import visible
from furat.warc import require

logger = logging.getLogger(__name__)

BY_CLASS = ("EXTENSIONS", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES")
"""Settings that name classes, each with its position."""

BY_SCHEME = ("DOWNLOAD_HANDLERS", "FEED_STORAGES")
"""Settings that name a class for each URL scheme."""

OPTIONAL = {
    "furat.downloader.batching.ResponseBatching",
    "furat.downloader.gunzip.GunzipMiddleware",
    "furat.extensions.ShowProgress",
    "furat.extensions.clock_check.CheckClock",
    "furat.pipelines.Deduplicate",
}
"""Components without which a crawl still keeps its guarantees."""

SWITCHES = {
    "COOKIES_ENABLED": ("DOWNLOADER_MIDDLEWARES", "scrapy.downloadermiddlewares.cookies.CookiesMiddleware"),
    "HTTPCACHE_ENABLED": ("DOWNLOADER_MIDDLEWARES", "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware"),
    "MEMDEBUG_ENABLED": ("EXTENSIONS", "scrapy.extensions.memdebug.MemoryDebugger"),
    "REMOTE_CONTROL_ENABLED": ("EXTENSIONS", "scrapy.extensions.remote_control.RemoteControl"),
    "TELNETCONSOLE_ENABLED": ("EXTENSIONS", "scrapy.extensions.telnet.TelnetConsole"),
}
"""Scrapy's components that are switched off by a setting, which they would find out only after costly imports."""


LOSSY = ("csv", "json", "marshal", "pickle", "xml")
"""Scrapy's formats that can't hold a list of pictures, or can't be appended to."""

LIBRARIES = {"s3": ("boto3", "boto3"), "gs": ("google.cloud.storage", "google-cloud-storage")}
"""What Scrapy needs to keep feeds elsewhere: the module by the scheme of the address, and the package that has it."""


def prepare(settings: BaseSettings) -> None:
    """Check and complete ``settings``; raise UsageError if a crawl could not keep its guarantees with them."""
    check_names(settings)
    for name in BY_CLASS:
        own = {path: path for path, place in KNOWN[name].items() if place is not None and path not in OPTIONAL}
        _check(name, own, {path: path for path, place in _dict(settings, name).items() if place is not None})
    for name in BY_SCHEME:
        _check(name, KNOWN[name], _dict(settings, name))
    for uri, options in _dict(settings, "FEEDS").items():
        _must_be_lines(str(uri), options)
        _must_be_there(str(uri))
    if flag(settings, "FURAT_WARC"):
        require("FURAT_WARC")
    _introduce(settings)
    _trim(settings)
    if not flag(settings, "DOWNLOAD_VERIFY_CERTIFICATES"):
        logger.warning("CERTIFICATES ARE NOT VERIFIED (DOWNLOAD_VERIFY_CERTIFICATES): anybody may speak for the site")


def _check(name: str, own: Mapping[Any, Any], given: Mapping[Any, Any]) -> None:
    for key, path in own.items():
        if given.get(key) == path or _has_kind(path, given.values() if key == path else [given.get(key)]):
            continue
        what = path if key == path else f"{path} for {key or 'files'}"
        cure = """leave it as it is, and add to it by an add-on: -s ADDONS='{"mine.AddOn": 100}' (README.md)"""
        raise UsageError(f"{name} leaves out {what}, and no crawl keeps its promises without that; {cure}")


def _has_kind(path: str, given: Any) -> bool:
    """Return whether ``given`` has the class at ``path``, or a subclass of it."""
    wanted = load_object(path)
    with suppress(ImportError, NameError, TypeError, ValueError):  # Scrapy will tell what can't be loaded
        found = [load_object(each) for each in given if each]
        return any(isinstance(each, type) and issubclass(each, wanted) for each in found)
    return False


def _dict(settings: BaseSettings, name: str) -> dict[Any, Any]:
    try:
        return settings.getdict(name)
    except (ValueError, TypeError):
        raise UsageError(f"{name}={settings[name]} is no JSON object") from None


def _must_be_lines(uri: str, options: Mapping[str, Any]) -> None:
    """Raise UsageError if the feed at ``uri``, wherever that is, is to have another format than a crawl's."""
    if options.get("format") in LOSSY:
        cure = "name the feed like articles.jsonl; `scrapy dataset articles.csv` writes other formats"
        raise UsageError(f"{uri} asks for {options['format']}, but a crawl delivers JSON Lines: {cure}")


def _must_be_there(uri: str) -> None:
    """Raise UsageError if a feed can't be stored at ``uri``: Scrapy would crawl, and store no feed at all."""
    module, package = LIBRARIES.get(uri.partition("://")[0], ("", ""))
    try:
        if module:
            import_module(module)
    except ImportError:
        raise UsageError(f"The feed {uri} needs the package {package}; pip install {package}") from None


def _introduce(settings: BaseSettings) -> None:
    """Add FURAT_CONTACT to the user agent."""
    agent, contact = settings["USER_AGENT"], settings["FURAT_CONTACT"]
    if not contact.isprintable():
        raise UsageError(
            f"FURAT_CONTACT={visible(contact)} has line breaks or bytes that are no UTF-8; write an address"
        )
    if contact and contact not in agent:
        settings.set("USER_AGENT", f"{agent} {contact}", priority=settings.getpriority("USER_AGENT") or 0)


def _trim(settings: BaseSettings) -> None:
    """Remove components that are switched off from Scrapy's tables; one that is set to None would still be imported."""
    for switch, (name, path) in SWITCHES.items():
        if not flag(settings, switch):
            base = {key: place for key, place in _dict(settings, f"{name}_BASE").items() if key != path}
            settings.set(f"{name}_BASE", base, priority=settings.getpriority(f"{name}_BASE") or 0)
