"""Arabic text and dates, ours and our peers', on the same inputs: `python bench/arabic.py`.

Inputs are generated with a seed, each with its answer. A peer that is not installed is
said to be absent; requirements-bench.txt has them all.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from unicodedata import normalize

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.arabic_inputs import BASE, DateLine, Sample, articles, date_lines, other_lines, phrases
from furat.arabic import clean, fold, parse_date

Parser = Callable[[str], Any]
PASSES = 5
SAMPLE = 200


def main() -> None:
    """Print the three tables."""
    lines, others = date_lines(3000), other_lines(1000)
    print(f"Dates: {len(lines)} date lines, {len(others)} other lines\n")
    print(f"{'':34}{'right':>8}{'wrong':>8}{'others read':>13}{'µs a line':>11}")
    for name, parse in parsers():
        print(f"{name:34}{date_row(parse, lines, others)}", flush=True)
    short, long = phrases(5000), articles(500)
    for title, functions, column in (("clean", cleaners(), 1), ("fold", folders(), 2)):
        print(f"\n{title}: {len(short)} noisy phrases; speed on {len(long)} texts of 1.5 kB\n")
        print(f"{'':34}{'conforms':>9}{'lossless':>10}{'twice = once':>14}{'MB/s':>8}")
        for name, function in functions:
            print(f"{name:34}{text_row(function, short, column)}{speed(function, long):8.1f}", flush=True)


def date_row(parse: Parser, lines: list[DateLine], others: list[str]) -> str:
    """Return how many lines are read right and wrong, how many others are read at all, and what a line costs."""
    found = [(parse(line.printed), line.answer) for line in lines]
    sample = [line.printed for line in lines[:SAMPLE]]
    cost = min(elapsed(parse, sample) for _ in range(PASSES)) / SAMPLE
    right = sum(agrees(got, answer) for got, answer in found) / len(lines)
    wrong = sum(got is not None for got, _ in found) / len(lines) - right
    read = sum(parse(line) is not None for line in others) / len(others)
    return f"{right:8.1%}{wrong:8.1%}{read:13.1%}{cost * 1e6:11.1f}"


def text_row(function: Callable[[str], str], texts: list[Sample], column: int) -> str:
    """Return the share of texts that conform, that lose no letter or sign of the right answer, and that stay."""
    results = [(function(text.printed), text[column]) for text in texts]
    conform = sum(result == right for result, right in results) / len(texts)
    lossless = sum(not letters(right) - letters(result) for result, right in results) / len(texts)
    stay = sum(function(result) == result for result, _ in results) / len(texts)
    return f"{conform:9.1%}{lossless:10.1%}{stay:14.1%}"


def speed(function: Callable[[str], str], texts: list[Sample]) -> float:
    """Return the MB of UTF-8 that ``function`` takes in one CPU second, the best of some passes."""
    printed = [text.printed for text in texts]
    return sum(len(text.encode()) for text in printed) / min(elapsed(function, printed) for _ in range(PASSES)) / 1e6


def elapsed(function: Callable[[str], Any], texts: list[str]) -> float:
    """Return the CPU seconds that ``function`` takes on all texts."""
    start = time.process_time()
    for text in texts:
        function(text)
    return time.process_time() - start


def agrees(got: date | None, answer: date | str) -> bool:
    """Return whether an answer is right: the month, the day, or the moment with its zone, whichever is printed."""
    if got is None or isinstance(answer, str):
        return got is not None and f"{got:%Y-%m}" == answer
    if isinstance(answer, datetime):
        return got == answer
    return (got.date() if isinstance(got, datetime) else got) == answer


def letters(text: str) -> Counter[str]:
    """Return the characters that a reader sees, counted."""
    return Counter("".join(text.split()))


def parsers() -> Iterator[tuple[str, Parser]]:
    """Yield what reads dates, by name."""
    yield "furat", lambda line: (found := parse_date(line, BASE)) and found.value
    if dateparser := peer("dateparser"):
        settings = {"RELATIVE_BASE": BASE}
        yield "dateparser", partial(dateparser.parse, settings=settings)
        yield "dateparser, languages=['ar']", partial(dateparser.parse, languages=["ar"], settings=settings)
        yield "dateparser, locales=['ar-SY']", partial(dateparser.parse, locales=["ar-SY"], settings=settings)
    if dateutil := peer("dateutil.parser"):
        yield "python-dateutil", partial(_or_none, partial(dateutil.parse, default=BASE, dayfirst=True))


def cleaners() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Yield what cleans, by name."""
    yield "furat", clean
    yield "NFKC and single spaces", lambda text: " ".join(normalize("NFKC", text).split())
    if ftfy := peer("ftfy"):
        yield "ftfy, fix_text", ftfy.fix_text
    if araby := peer("pyarabic.araby"):
        yield "pyarabic, ligatures and tatweel", lambda text: araby.strip_tatweel(araby.normalize_ligature(text))
    if camel := peer("camel_tools.utils.normalize"):
        yield "camel-tools, normalize_unicode", camel.normalize_unicode


def folders() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Yield what folds, by name."""
    yield "furat", fold
    if araby := peer("pyarabic.araby"):
        steps = (
            araby.strip_tatweel,
            araby.strip_tashkeel,
            araby.normalize_ligature,
            araby.normalize_alef,
            araby.normalize_teh,
        )
        yield "pyarabic, all that normalizes", partial(_chained, steps)
    camel, dediac = peer("camel_tools.utils.normalize"), peer("camel_tools.utils.dediac")
    if camel and dediac:
        names = ("unicode", "alef_ar", "alef_maksura_ar", "teh_marbuta_ar")
        steps = (*(getattr(camel, f"normalize_{name}") for name in names), dediac.dediac_ar)
        yield "camel-tools, all that normalizes", partial(_chained, steps)


def peer(name: str) -> ModuleType | None:
    """Return a peer's module, or None, said aloud, where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        print(f"{name} is not installed")
        return None


def _chained(steps: Iterable[Callable[[str], str]], text: str) -> str:
    for step in steps:
        text = step(text)
    return text


def _or_none(parse: Parser, line: str) -> datetime | None:
    try:
        return parse(line)  # type: ignore[no-any-return]
    except (ValueError, OverflowError):
        return None


if __name__ == "__main__":
    main()
