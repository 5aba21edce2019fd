"""What the operator set, taken for what it says or refused."""

from math import inf

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings


def flag(settings: BaseSettings, name: str) -> bool:
    """Return the value of a setting that is true or false; raise UsageError if it is neither."""
    try:
        return settings.getbool(name)
    except ValueError:
        cure = f"write {name}=True or {name}=False"
        raise UsageError(f"{name}={settings[name]} is neither true nor false; {cure}") from None


def number(settings: BaseSettings, name: str) -> float:
    """Return the value of a setting that is a number from 0 on; raise UsageError if it is none."""
    value = settings[name]
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1
    if not 0 <= found < inf:
        raise UsageError(f"{name}={value} is no number; write it like {name}=10")
    return found
