"""Date lines by kind, each read or not: `python bench/arabic_kinds.py [FILE.tsv …]`.

The lines are CLDR's own, as Babel writes them, and those of tests/arabic/kinds, one file a kind, or of the
files named: a line, its answer, and its answer with the base where that differs, parted by tabs.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.arabic_inputs import BASE
from furat.arabic import parse_date

Row = tuple[str, str, str]
Unit = Literal["second", "minute", "hour", "day", "week"]
KINDS = Path(__file__).parents[1] / "tests/arabic/kinds"
LOCALES = ["ar", "ar_SY", "ar_LB", "ar_IQ", "ar_EG", "ar_SA", "ar_AE", "ar_MA", "ar_DZ", "ar_TN", "en", "en_GB", "fr"]
UNITS: dict[Unit, str] = {"second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "day"}
ZONES = [*map(ZoneInfo, ("Asia/Damascus", "America/New_York", "Europe/Paris", "Asia/Kolkata", "UTC"))]


def main() -> None:
    """Print how many lines of each kind are right, missed and wrong, and those that are not right."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(KINDS.glob("*.tsv"))
    kinds = {path.stem: set(rows(path)) for path in files}
    if not sys.argv[1:]:
        kinds |= {"cldr days": set(days()), "cldr moments": set(moments()), "cldr ago": set(ago())}
    print(f"{'':24}{'lines':>7}{'right':>9}{'missed':>8}{'wrong':>7}")
    for kind, lines in kinds.items():
        verdicts = {line: verdict(line) for line in lines}
        counts = Counter(verdicts.values())
        print(f"{kind:24}{len(lines):7}{counts['right'] / len(lines):9.1%}{counts['missed']:8}{counts['wrong']:7}")
        for line, found in verdicts.items():
            if found != "right":
                print(f"    {found}: {line[0]}")


def rows(path: Path) -> Iterator[Row]:
    """Yield the lines of a file with their answers, without the base and with it."""
    for line in path.read_text().splitlines():
        printed, alone, *rest = line.split("\t")
        yield printed, alone, (rest or [alone])[0]


def verdict(row: Row) -> str:
    """Return whether a line is read right, missed, or read as something else."""
    printed, *answers = row
    found = [told(printed, base) for base in (None, BASE)]
    if found == answers:
        return "right"
    return "missed" if all(got in {answer, "-"} for got, answer in zip(found, answers, strict=True)) else "wrong"


def told(printed: str, base: datetime | None) -> str:
    """Return the date of a line as the files have it."""
    found = parse_date(printed, base)
    return f"{found.value.isoformat()} {found.precision}" if found else "-"


def days() -> Iterator[Row]:
    """Yield a day of each month as CLDR writes it."""
    for locale in LOCALES:
        for month in range(1, 13):
            day = datetime(2024, month, 25, tzinfo=ZONES[0]).date()
            for form in ("full", "long", "medium"):
                yield both(format_date(day, form, locale=locale), f"{day} day")
            yield both(format_date(day, "MMMM y", locale=locale), f"{day:%Y-%m}-01 month")


def moments() -> Iterator[Row]:
    """Yield moments with their zones as CLDR writes them."""
    for locale, zone, hour in product(LOCALES, ZONES, range(24)):
        moment = datetime(2024, 7, 25, hour, 30, tzinfo=zone)
        for form in ("full", "long"):
            yield both(format_datetime(moment, form, tzinfo=zone, locale=locale), f"{moment.isoformat()} second")
        naive = moment.replace(tzinfo=None).isoformat()
        yield both(format_datetime(moment, "medium", tzinfo=zone, locale=locale), f"{naive} second")


def both(printed: str, answer: str) -> Row:
    """Return a line whose answer is the same with a base."""
    return printed, answer, answer


def ago() -> Iterator[Row]:
    """Yield how long ago something was as CLDR writes it."""
    for locale in ("ar", "en", "fr"):
        for unit, precision in UNITS.items():
            for count in (1, 2, 3, 9, 11, 20):
                step = timedelta(**{f"{unit}s": count})
                value = BASE - step
                printed = format_timedelta(-step, unit, threshold=10**6, add_direction=True, locale=locale)
                yield printed, "-", f"{(value.date() if precision == 'day' else value).isoformat()} {precision}"


if __name__ == "__main__":
    main()
