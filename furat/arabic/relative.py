"""Relative moments, such as «منذ ساعتين»."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from furat.arabic.numbers import COUNTS
from furat.arabic.text import fold
from furat.arabic.units import BEFORE, BEHIND, LAST_PERIODS, NOW, PARTS, ROUGHLY, UNITS
from furat.arabic.words import LABEL_WORDS

_UNITS = {fold(name): unit for name, unit in UNITS.items()}
_COUNTS = {fold(name): count for name, count in COUNTS.items()}
_PARTS = {fold(name): minutes for name, minutes in PARTS.items()}
_NOW = {fold(name) for name in NOW}
_PERIODS = {fold(name): unit for name, unit in LAST_PERIODS.items()}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(fold, names), key=len, reverse=True))


_AMOUNT = rf"(?:(\d{{1,3}}|{_any(COUNTS)}) ?)?({_any(UNITS)})(?: واحده?)?(?![a-zء-ي])"
_PART = rf"(?:an? |une )?({_any(PARTS)})(?: الساعه)?"
_TOLD = (
    rf"(?:(?:{_any(ROUGHLY)}) )?(?:{_AMOUNT}(?:(?: و ?| and | et |, ?| )(?:{_AMOUNT}|{_PART}))?"
    rf"|{_PART}(?: of)?(?: an?)? ({_any(['ساعة', 'الساعة', 'hour', 'heure'])}))(?: تقريبا)?"
)
HINT = re.compile(_any([*BEFORE, *BEHIND, *LAST_PERIODS]))
LABEL = re.compile(rf"(?:{_any(LABEL_WORDS)})[ :]+")
AGO = re.compile(rf"(?:{_any(BEFORE)}) {_TOLD}(?: (?:{_any(BEHIND)}))?|{_TOLD} (?:{_any(BEHIND)})")

DUAL = 2
STEPS: dict[str, Callable[..., Any]] = {"months": relativedelta, "years": relativedelta}
"""Units that a `timedelta` lacks, because months differ in length."""

PRECISIONS = {
    "seconds": "second",
    "minutes": "minute",
    "hours": "hour",
    "days": "day",
    "weeks": "day",
    "months": "month",
    "years": "month",
}


def moment_ago(line: str, base: datetime) -> tuple[date | datetime, str] | None:
    """Return the moment before ``base`` that a plain line means, with the precision of its last unit.

    >>> moment_ago("منذ ساعتين", datetime(2024, 7, 25, 10, 30))
    (datetime.datetime(2024, 7, 25, 8, 30), 'hour')
    >>> moment_ago("half an hour ago", datetime(2024, 7, 25, 10, 30))
    (datetime.datetime(2024, 7, 25, 10, 0), 'minute')
    """
    if line in _NOW:
        return base, "minute"
    # Searching for the words first costs a tenth of matching the pattern.
    if not HINT.search(line):
        return None
    line = line.replace("-", " ")
    while label := LABEL.match(line):
        line = line[label.end() :]
    if line in _PERIODS:
        return _before(base, [(_PERIODS[line], 1)])
    match = AGO.fullmatch(line)
    return _before(base, list(_amounts(match.groups()))) if match else None


def _amounts(groups: tuple[str | None, ...]) -> Iterable[tuple[str, int]]:
    half = len(groups) // 2
    count, unit, other_count, other, part, alone, _ = groups[:half] if any(groups[:half]) else groups[half:]
    if unit:
        yield _amount(count, unit)
    if other:
        yield _amount(other_count, other)
    if found := part or alone:
        yield "minutes", _PARTS[found] if alone or _UNITS[unit or ""][0] == "hours" else 0


def _before(base: datetime, amounts: list[tuple[str, int]]) -> tuple[date | datetime, str] | None:
    if not all(number for _, number in amounts):
        return None
    moment = base
    for name, number in amounts:
        moment -= STEPS.get(name, timedelta)(**{name: number})
    precision = PRECISIONS[amounts[-1][0]]
    return (moment.date() if precision in {"day", "month"} else moment), precision


def _amount(count: str | None, unit: str) -> tuple[str, int]:
    # «ساعتين» means two hours and takes no number; «ساعات» alone gives no number of hours.
    name, own = _UNITS[unit]
    if count is None:
        return name, own
    return name, 0 if own == DUAL else _COUNTS.get(count) or int(count)
