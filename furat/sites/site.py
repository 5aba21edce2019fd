"""The sites of `sites.toml`: the address of each, and its own settings."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from w3lib.http import basic_auth_header

from furat.options import nearest
from furat.sites.keys import SETTINGS, read_key, read_setting
from furat.terminal import visible
from furat.urls import absolute, anonymous, folder

LOCAL = re.compile(r"[.:/]")
"""Characters that every address has, unless it is the name of a host in the operator's own network."""


@dataclass(frozen=True, slots=True)
class Access:
    """What is sent to this site only; part of it is secret."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    authorization: bytes = field(default=b"", repr=False)
    """The value of the `Authorization` header (RFC 7617)."""

    proxy: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Site:
    """One newsroom."""

    address: str
    """The address of its home page."""

    name: str = ""
    """Its name in `sites.toml`; empty if it has no table there."""

    sections: tuple[str, ...] = ()
    """The sections that are crawled; empty for all."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings of Scrapy and Furat for this site."""

    access: Access = Access()

    def apply(self, settings: BaseSettings) -> None:
        """Apply this site's settings to ``settings``; the command line takes precedence."""
        for name, value in self.settings.items():
            settings.set(name, value, priority=SETTINGS_PRIORITIES["spider"])


def site_named(settings: BaseSettings, given: str = "") -> Site:
    """Return the site that ``given`` names: by a name in `sites.toml`, or by an address, with or without a scheme.

    If ``given`` is empty, it is FURAT_SITE. Raises UsageError if it is neither a name nor an address.
    """
    given, sites = given or settings["FURAT_SITE"], all_sites(settings)
    if given in sites:
        return sites[given]
    if sites and not LOCAL.search(given):
        cure = nearest(given, sites) or f"there are {', '.join(sorted(sites)[:10])}"
        raise UsageError(f"site={visible(given)} is no address, and no site of {settings['FURAT_SITES']}: {cure}")
    url = address_of(given)
    return next((site for site in sites.values() if folder(site.address) == folder(url)), Site(url))


def address_of(site: str) -> str:
    """Return the address of a site's home page; raise UsageError if ``site`` is not a web address.

    >>> address_of("example.org/ar"), address_of("::1")
    ('https://example.org/ar/', 'https://[::1]/')
    """
    address = site if re.match(r"\w+://", site) else f"https://{_bracketed(site)}"
    url = absolute(f"{address.rstrip('/')}/", "./")
    if anonymous(address) != address or (url is None and "@" in address):  # what it is must not be shown
        raise UsageError("site= holds a user's name; write the address alone, like https://euphratespost.net/")
    if url is None:
        raise UsageError(f"site={visible(site)} is not a web address; write it like https://euphratespost.net/")
    return url


def all_sites(settings: BaseSettings) -> Mapping[str, Site]:
    """Return the sites of FURAT_SITES by name; none if it is empty."""
    if not settings["FURAT_SITES"]:
        return {}
    path = Path(settings["FURAT_SITES"])
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"FURAT_SITES={path} can't be read: {error}; name a TOML file in UTF-8") from None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Site]:
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(visible(f"{path} is no TOML: {error}; mend that place")) from None
    sites: dict[str, Site] = {}
    names: dict[str, str] = {}
    for name, table in tables.items():
        try:
            sites[name] = _site(name, table)
            _must_be_alone(name, sites[name], names)
        except ValueError as error:
            raise UsageError(visible(f"{path}: [{name}] {error}")) from None
    return sites


def _must_be_alone(name: str, site: Site, names: dict[str, str]) -> None:
    if (other := names.setdefault(folder(site.address), name)) != name:
        raise ValueError(f"has the address of [{other}]: {site.address}; one newsroom is one table")


def _site(name: str, table: object) -> Site:
    if not isinstance(table, dict):
        raise ValueError(f'is no table; write [{name}], and below it address = "https://…/"')  # noqa: TRY004 (as below)
    keys = {key: read_key(key, value) for key, value in table.items() if not key.isupper()}
    settings = {key: read_setting(key, value) for key, value in table.items() if key.isupper()}
    if "address" not in keys:
        raise ValueError('has no address; write address = "https://newsroom.example/"')
    named = {setting: keys[key] for setting, key in SETTINGS.items() if key in keys}
    address = _address(keys["address"])
    return Site(address, name, keys.get("sections", ()), named | settings, _access(keys))


def _access(keys: Mapping[str, Any]) -> Access:
    if ("user" in keys) != ("password" in keys):
        raise ValueError("has a user without a password, or a password without a user; give both")
    basic = basic_auth_header(keys["user"], keys["password"], "utf-8") if "user" in keys else b""
    return Access(keys.get("headers", {}), basic, keys.get("proxy", ""))


def _address(text: str) -> str:
    try:
        return address_of(text)
    except UsageError as error:
        raise ValueError(str(error).replace("site=", "address = ", 1)) from None


def _bracketed(site: str) -> str:
    """Return ``site`` in brackets if it is a bare IPv6 address (RFC 3986, section 3.2.2)."""
    try:
        return f"[{IPv6Address(site)}]"
    except ValueError:
        return site
