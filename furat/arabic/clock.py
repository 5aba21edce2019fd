"""Hours of the day and time zones, as they are printed."""

from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from furat.arabic.shape import Part

_MORNING = {12: 0} | {hour: hour for hour in range(12)}
_EVENING = {hour: hour % 12 + 12 for hour in range(1, 13)}
HOURS = {
    "": {hour: hour for hour in range(24)},
    "am": _MORNING,
    "pm": _EVENING | {hour: hour for hour in range(13, 24)},
    "noon": {1: 13, 2: 14, 3: 15} | {hour: hour for hour in range(11, 16)},
    "night": {12: 0}
    | {hour: hour + 12 for hour in range(6, 12)}
    | {hour: hour for hour in (*range(6), *range(18, 24))},
}
"""The hour (0–23) for each part of the day and printed hour; impossible ones (14:00 in the morning) are missing."""

PRECISIONS = {1: "hour", 2: "minute", 3: "second"}
FARTHEST = timedelta(hours=14)
"""The largest offset of any zone from UTC."""


def hour_of(part: Part, half: str = "") -> tuple[time, str]:
    """Return the time that ``part`` says and its precision; where there is no such time, a ValueError.

    ``half`` is the part of the day that is printed elsewhere, and counts where ``part`` names none.
    """
    numbers = _in_words(part) if {"O", "F"} & part.keys() else part["n"]
    (half,) = part.get("a") or part.get("p") or [half]
    if numbers[0] not in HOURS[half]:
        raise ValueError(f"no hour {numbers[0]} in this part of the day: {half}")
    return time(HOURS[half][numbers[0]], *numbers[1:]), PRECISIONS[len(numbers)]


def _in_words(part: Part) -> list[int]:
    hour, minutes, *_ = [*part.get("O", []), *part.get("n", []), *part.get("F", []), 0]
    if minutes < 0:  # «الواحدة إلا ربعا» is 12:45
        return [hour - 1 or 12, 60 + minutes]
    return [hour, minutes] if minutes else [hour]


def zone_of(part: Part) -> tzinfo | None:
    """Return the zone that ``part`` names by a city or by an offset, or None where it names none.

    No zone is farther from UTC than 14 hours: a ValueError.
    """
    if any(cities := part.get("c", [])):
        return ZoneInfo(cities[0])
    if not {"z", "+", "-"} & part.keys():
        return None
    compact = [half for value in part.get("y", []) for half in divmod(value, 100)]
    hours, minutes = [*part.get("n", []), *compact, 0, 0][:2]
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > FARTHEST:
        raise ValueError(f"no zone is {offset} from UTC")
    offset = timedelta(hours=part.get("z", [0])[0]) + (-offset if "-" in part else offset)
    return timezone(offset) if offset else UTC
