"""Moments that are told by how long ago they were."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from furat.arabic.text import fold
from furat.arabic.words import AGO, COUNTS, LABELS, LAST, LATER, NOW, UNITS, UPDATES

_UNITS = {fold(name): unit for name, unit in UNITS.items()}
_COUNTS = {fold(name): count for name, count in COUNTS.items()}
_NOW = {fold(name) for name in NOW}
_LABEL = "|".join(map(fold, [*LAST, *" ".join([*LABELS, *UPDATES]).split()]))
_AMOUNT = rf"(?:(\d{{1,3}}|{'|'.join(_COUNTS)}) )?({'|'.join(_UNITS)})(?: واحده?)?"
_AMOUNTS = rf"{_AMOUNT}(?: و ?{_AMOUNT})?"
PAST = re.compile(rf"(?:(?:{_LABEL})[ :]+)*(?:{'|'.join(AGO)}) {_AMOUNTS}")
GONE = re.compile(rf"{_AMOUNTS} (?:{'|'.join(map(fold, LATER))})")

DUAL = 2
STEPS: dict[str, Callable[..., Any]] = {"months": relativedelta, "years": relativedelta}
"""What is taken off the base where a `timedelta` cannot say it, for months differ in length."""

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
    """Return the moment before ``base`` that a plain line tells, and its precision: that of the last unit.

    >>> moment_ago("منذ ساعتين", datetime(2024, 7, 25, 10, 30))
    (datetime.datetime(2024, 7, 25, 8, 30), 'hour')
    """
    if line in _NOW:
        return base, "minute"
    # Looking for the words first costs a tenth of trying the pattern.
    told = AGO[0] in line or AGO[1] in line or line.endswith(LATER)
    match = (PAST.fullmatch(line) or GONE.fullmatch(line)) if told else None
    if not match:
        return None
    first_count, first_unit, count, unit = match.groups()
    amounts = [_amount(first_count, first_unit), *([_amount(count, unit)] if unit else [])]
    if not all(number for _, number in amounts):
        return None
    moment = base
    for name, number in amounts:
        moment -= STEPS.get(name, timedelta)(**{name: number})
    precision = PRECISIONS[amounts[-1][0]]
    return (moment.date() if precision in {"day", "month"} else moment), precision


def _amount(count: str | None, unit: str) -> tuple[str, int]:
    # «ساعتين» is two hours by itself, and no number stands before it; «ساعات» alone is no number of hours.
    name, own = _UNITS[unit]
    if count is None:
        return name, own
    return name, 0 if own == DUAL else _COUNTS.get(count) or int(count)
