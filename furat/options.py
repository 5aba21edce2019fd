"""Strict parsing of settings: a value that is not understood is refused."""

from math import inf

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings


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
