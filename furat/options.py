"""Strict parsing of settings: a value that is not understood is refused."""

from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from math import inf
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

KNOWN = {name: value for name, value in vars(import_module("furat.settings")).items() if name.isupper()}
"""The project's settings with their defaults, without those that the operator sets."""


def check_names(settings: BaseSettings) -> None:
    """Raise UsageError if a setting whose name begins with FURAT_ is not one of Furat's."""
    for name in settings:
        if str(name).startswith("FURAT_") and name not in KNOWN:
            cure = nearest(name, KNOWN) or "README.md lists all settings"
            raise UsageError(f"{name}{shown(settings[name])} is unknown; {cure}", print_help=False)


def shown(value: object) -> str:
    """Return what a setting is set to; nothing if it may be an address that holds a secret.

    >>> shown(10), shown("tgram://SECRET/1"), shown(["json://h/SECRET"])
    ('=10', '', '')
    """
    return "" if "://" in str(value) else f"={value}"


def flag(settings: BaseSettings, name: str) -> bool:
    """Return the value of a boolean setting; raise UsageError if it is not true or false."""
    try:
        return settings.getbool(name)
    except ValueError:
        cure = f"write {name}=True or {name}=False"
        raise UsageError(f"{name}={settings[name]} is neither true nor false; {cure}") from None


def number(settings: BaseSettings, name: str) -> float:
    """Return the value of a numeric setting; raise UsageError if it is not a number of at least 0."""
    value = settings[name]
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1
    if not 0 <= found < inf:
        raise UsageError(f"{name}={value} is not a number of at least 0; write it like {name}=10")
    return found


def data_folder(settings: BaseSettings) -> Path:
    """Return the folder of all archives; raise UsageError if none is configured."""
    if folder := settings["FURAT_DATA"]:
        return Path(folder)
    cure = "set the environment variable FURAT_DATA, or -s FURAT_DATA=FOLDER"
    raise UsageError(f"FURAT_DATA is not set, and without a scrapy.cfg it has no default; {cure}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a question that names the nearest of ``known``; an empty string if none is near.

    >>> nearest("delai", ["delay", "zone"])
    'did you mean delay?'
    """
    found = get_close_matches(name, known, n=1, cutoff=0.75)
    return f"did you mean {found[0]}?" if found else ""
