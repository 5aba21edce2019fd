"""The shape of a date line: one letter for the class of each of its words, and the shapes that are dates."""

import re
from typing import Any, NamedTuple
from unicodedata import category

from furat.arabic.characters import Folded
from furat.arabic.codepage import INSIDE, Rewriter, decode, one_space
from furat.arabic.words import DOTTED, OPENERS, WORDS

Part = dict[str, list[Any]]
"""Words of a line: their values by class, in the order in which the classes first come."""

SIGNS = {sign: sign for sign in "-,/.:|()+"} | {"،": ",", "؛": ",", "\\": "/", "_": "-", "[": "(", "]": ")"}
SIGNS |= {"•": "|", "·": "|", "@": "|", "−": "-"}
"""The signs that stand in dates, and how they are read."""

# A moment as machines write it (ISO 8601) is one word.
_CLOCK = r"\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
_OFFSET = r" ?(?:z|[+-]\d\d(?::?\d\d)?)"
STAMP = rf"\d{{4}}-\d\d-\d\d(?:t(?:\d\d|{_CLOCK})(?:{_OFFSET})?| {_CLOCK}{_OFFSET})(?![\d:])"
_LETTER = "[a-zß-ÿء-ۿ]"
TOKEN = re.compile(rf"{STAMP}|\d+|{_LETTER}\.{_LETTER}\b\.?|{_LETTER}+|\S")

_END = r"[-,/.|()]*"
_NAME = r"(?:m(?:[-/,|(]*m\)?)?|h)"
_NUMERIC = "|".join(rf"n{sign}n{sign}y|y{sign}n{sign}n" for sign in (r"\.", "/", "-"))
_DAY = rf"(?:(?:n[-/.,]*v*{_NAME}[-/.,]*v*y|{_NAME}[-/.,]*n[-/.,]*y|y[-/.,]*{_NAME}[-/.,]*n|{_NUMERIC})[pe]*)"
_SHORT = rf"n[-/.,]*v*{_NAME}|{_NAME}[-/.,]*n|d"
_MONTH = rf"v*{_NAME}[-/.,]*v*y[pe]*|y[-/.,]*{_NAME}|n/y|y[-/]n"
_TIME = r"(?:(?:s:?)?n:n(?::n)?\(?[ap]?\)?|an:n(?::n)?|s:?n(?!:)[ap]?|n\.n[ap]|n[ap]|nHn?)"
_ZONE = r"(?:\(?(?:t:?c|t?:?z(?:[-+](?:n(?::n)?|y))?|\+(?:n(?::n)?|y))\)?)"
_HALF = r"(?:a(?![-,/.|()]*n))?"  # «أمس مساءً» says no hour
_LEAD = r"[lud:,.|()-]*"
_REST = (
    rf"(?:{_END}(?:q?{_END}(?P<other>{_DAY})(?:{_END}[lk:]*{_END}(?P<late>{_TIME})(?:{_END}(?P<far>{_ZONE}))?)?"
    rf"|[lu:]*u[lu:]*{_END}(?:{_DAY})?(?:{_END}[lk:]*{_END}{_TIME}(?:{_END}{_ZONE})?)?|{_TIME}{_END}{_ZONE}))?{_END}"
)
DAY_FIRST, HOUR_FIRST, MONTH_ALONE = (
    re.compile(shape)
    for shape in (
        rf"{_LEAD}(?P<date>{_DAY}|{_SHORT}){_HALF}(?:{_END}[lk:]*{_END}(?P<time>{_TIME})(?:{_END}(?P<zone>{_ZONE}))?)?{_REST}",
        rf"{_LEAD}(?P<time>{_TIME})(?:{_END}(?P<zone>{_ZONE}))?[-,/.|():l]*(?P<date>{_DAY}|{_SHORT}){_REST}",
        rf"{_LEAD}(?P<date>{_MONTH})(?P<time>)(?P<zone>)(?P<other>)(?P<late>)(?P<far>){_END}",
    )
)
"""The shapes that are dates."""

STAMPED = re.compile(rf"{_LEAD}(?P<stamp>i){_REST}")

KNOWN = {
    **WORDS,
    **DOTTED,
    **{f"{name}.": meaning for name, meaning in DOTTED.items()},
    **{sign: (sign, None) for sign in SIGNS.values()},
    **{str(number): ("n", number) for number in range(100)},
    **{f"0{number}": ("n", number) for number in range(10)},
}
YEAR = len("2024")
LONGEST = 160
"""No date line is longer."""


class Line(NamedTuple):
    """A line whose words are all known."""

    shape: str
    values: list[Any]

    def part(self, match: re.Match[str], name: str) -> Part:
        """Return the values of the words that the group ``name`` matched, by class: none, where it matched none."""
        start, end = match.span(name)
        part: Part = {}
        for kind, value in zip(self.shape[start:end], self.values[start:end], strict=False):
            part.setdefault(kind, []).append(value)
        return part


def plain(text: str) -> str:
    """Return ``text`` folded, with the signs that stand in dates.

    >>> plain("١٢ آذار، ٢٠٢٠ – ١٠:٣٠")
    '12 اذار, 2020 - 10:30'
    """
    data, held = _PLAIN.write(text)
    return decode(one_space(data).strip(), held)


def read(line: str) -> Line | None:
    """Return the words of a plain line, or None where one of them has no place beside a date."""
    shape: list[str] = []
    values: list[Any] = []
    last = ""
    for token in TOKEN.findall(line):
        if last in OPENERS and ((name := f"{last} {token}") in WORDS or name in OPENERS):
            shape[-1], values[-1] = WORDS.get(name, ("?", None))
            last = name
            continue
        last = token
        kind, value = KNOWN.get(token) or _class_of(token)
        if kind == "x":
            return None
        if kind not in "wo":
            shape.append(kind)
            values.append(value)
    return Line("".join(shape), values)


def _class_of(token: str) -> tuple[str, Any]:
    if token.isdecimal():
        return "y" if len(token) == YEAR else "x", int(token)
    if token in OPENERS:
        return "?", None
    return ("i", token) if token[0].isdigit() else ("x", None)


def _sign(character: str, folded: str) -> str:
    if folded != " " or character.isspace() or category(character) == "So":
        return folded
    return "-" if category(character) == "Pd" else SIGNS.get(character, "?")


def _plain() -> Rewriter:
    folded = Folded()
    changes = {ord(character): _sign(character, folded[ord(character)]) for character in INSIDE}
    return Rewriter("dates", changes, lambda run: "".join(_sign(sign, folded[ord(sign)]) for sign in run))


_PLAIN = _plain()
