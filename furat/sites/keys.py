"""Reads and checks the keys of a table in `sites.toml`."""

import re
from collections.abc import Callable
from math import inf
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scrapy.settings import default_settings

from furat.options import KNOWN, nearest, shown

SETTINGS = {
    "FURAT_TIMEZONE": "zone",
    "FURAT_CONTACT": "contact",
    "DOWNLOAD_DELAY": "delay",
    "AUTOTHROTTLE_START_DELAY": "delay",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "concurrency",
    "AUTOTHROTTLE_TARGET_CONCURRENCY": "concurrency",
    "FURAT_WARC": "warc",
}
"""The settings that the keys of a table set."""

DEFAULTS = {name: value for name, value in vars(default_settings).items() if name.isupper()} | KNOWN
OF_ALL = ("ASYNCIO_", "DNS", "FURAT_DATA", "FURAT_SITE", "LOG_", "REACTOR_", "TWISTED_")
"""How settings begin that are of the process, or lead to the sites, and can't be one site's own."""

FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""The name of a header field (RFC 9110, section 5.6.2)."""


def read_key(key: str, value: object) -> Any:
    """Return the parsed value of the ``key`` of a table; raise ValueError if it is not understood."""
    if key not in READERS:
        if isinstance(value, dict):
            raise ValueError(f'holds a table {key!r}; a name with a dot is quoted: ["newsroom.example"]')
        cure = nearest(key, READERS) or nearest(key.upper(), DEFAULTS) or f"it may hold {', '.join(READERS)}"
        raise ValueError(f"{key} is unknown; {cure}")
    reader, cure = READERS[key]
    try:
        return reader(value)
    except (ValueError, TypeError, AttributeError, KeyError, OSError):
        shown = "" if key in SECRET else f" = {value!r}"
        raise ValueError(f"{key}{shown} is not understood; {cure}") from None


def read_setting(name: str, value: object) -> object:
    """Return the ``value`` of a setting; raise ValueError if it is not of its kind, or another was meant."""
    if name.startswith(OF_ALL):
        raise ValueError(f"{name} is of all sites at once; set it in the settings or with -s")
    if name.startswith("HTTPAUTH_"):
        raise ValueError(f"{name} would appear in logs; write user and password instead")
    if name not in DEFAULTS:
        cure = nearest(name, DEFAULTS)
        if cure or name.startswith("FURAT_"):
            raise ValueError(f"{name} is no setting; {cure or 'README.md has those of Furat'}")
    kind, cure = _kind(DEFAULTS.get(name))
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is NUMBER):
        told = shown(value) and f" = {value!r}"
        raise ValueError(f"{name}{told} is not understood; {cure}")
    return value


NUMBER = int | float


def _kind(default: object) -> tuple[Any, str]:
    """Return the type of a setting's values, by its default, and how they are written."""
    match default:
        case bool():
            return bool, "write true or false"
        case int() | float():
            return NUMBER, "write a number"
        case str():
            return str, "write a text in quotation marks"
    return object, ""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError
    return value.strip()


def _user(value: object) -> str:
    """Return a user's name: a colon would end it (RFC 7617, section 2)."""
    if ":" in _text(value):
        raise ValueError
    return _text(value)


def _zone(value: object) -> str:
    return ZoneInfo(_text(value)).key


def _sections(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [name for name in re.split("[,،]", value) if name.strip()]
    if not isinstance(value, list) or not value:
        raise TypeError
    return tuple(map(_text, value))


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
        raise ValueError
    return value


def _requests(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _headers(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(map(FIELD.fullmatch, value)) or "user-agent" in map(str.lower, value):
        raise ValueError
    return {name: _text(text) for name, text in value.items()}


def _proxy(value: object) -> str:
    parts = urlsplit(_text(value))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError
    return parts.geturl()


READERS: dict[str, tuple[Callable[[object], Any], str]] = {
    "address": (_text, 'write address = "https://newsroom.example/"'),
    "zone": (_zone, 'name a zone of the IANA database, like zone = "Asia/Damascus"'),
    "sections": (_sections, 'write names, slugs or addresses, like sections = ["حمص", "tag/idlib"]'),
    "delay": (_seconds, "write the seconds between two requests, like delay = 2.5"),
    "concurrency": (_requests, "write how many requests are under way at a time, like concurrency = 1"),
    "contact": (_text, 'write how the owner of the site reaches you, like contact = "archive@example.org"'),
    "warc": (_switch, "write warc = true or warc = false"),
    "headers": (_headers, 'write headers = { Accept-Language = "ar" }; the user agent is the setting USER_AGENT'),
    "user": (_user, 'write user = "name" without a colon, and password = "…"'),
    "password": (_text, 'write password = "…" on one line'),
    "proxy": (_proxy, 'write proxy = "http://user:password@proxy.example:3128"'),
}
"""The keys of a table, each with its parser and how it is written."""

SECRET = ("headers", "password", "proxy")
