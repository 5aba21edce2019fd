"""The shape of a date line: one letter for the class of each of its words."""

import re
from typing import Any, NamedTuple
from unicodedata import category

from furat.arabic.characters import BIDI, INVISIBLE, Folded
from furat.arabic.codepage import INSIDE, Rewriter, decode, one_space
from furat.arabic.machine import STAMP
from furat.arabic.words import DOTTED, OPENERS, WORDS

Part = dict[str, list[Any]]
"""The values of a line's words by class, in order of first appearance."""

SIGNS = {sign: sign for sign in "-,/.:|()+"} | {
    "،": ",",
    "٬": ",",
    "؛": ",",
    "؍": "/",
    "۔": ".",
    "\\": "/",
    "_": "-",
    "[": "(",
    "]": ")",
}
SIGNS |= {"•": "|", "·": "|", "@": "|", "«": "|", "»": "|", "›": "|", "−": "-", "~": "-", "…": ".", "'": " ", "’": " "}
"""The signs in dates, mapped to the form in which they are parsed."""

TATWEEL = "\u0640"
DASH = re.compile(rf"(?<!\S){TATWEEL}+(?!\S)")
"""A tatweel that stands alone is a dash."""

UNSEEN = BIDI.changes | INVISIBLE.changes | dict.fromkeys(map(ord, "\u200d\ufe0e\ufe0f"), "")

_LETTER = "[a-zß-ſء-ۿ]"
_TUESDAY = r"mar\.(?= \d\d? (?:jan|f[eé]v|mar|avr|mai|jui|ao[uû]|sep|oct|nov|d[eé]c))"
TOKEN = re.compile(rf"{STAMP}(?![\d:])|\d+|{_TUESDAY}|{_LETTER}(?:\.{_LETTER})+\b\.?|avant-hier|{_LETTER}+|\S")


class _Known(dict[str, tuple[str, Any]]):
    """The class and value of each token; those of unknown tokens follow from their form."""

    def __missing__(self, token: str) -> tuple[str, Any]:
        if token.isdecimal():
            return "y" if len(token) == YEAR else "b", int(token)
        if token[0].isdigit():
            return "i", token
        return ("x" if token[0].isalpha() else "?"), None


KNOWN = _Known(
    {
        **WORDS,
        **DOTTED,
        **{f"{name}.": meaning for name, meaning in DOTTED.items()},
        **{sign: (sign, None) for sign in SIGNS.values() if sign != " "},
        **{str(number): ("n", number) for number in range(100)},
        **{f"0{number}": ("n", number) for number in range(10)},
        **{str(year): ("y", year) for year in range(1900, 2100)},
    }
)
YEAR = len("2024")
LONGEST = 160
"""No date line is longer."""

UNKNOWN = 5
"""The most unknown words in a line; no newsroom or zone has a longer name."""


class Line(NamedTuple):
    """The words of a line as classes and values, with its weekdays apart."""

    shape: str
    values: list[Any]
    weekdays: list[int | None]

    def part(self, place: slice | None) -> Part:
        """Return the values of the words at a place by class; empty without a place."""
        part: Part = {}
        if place:
            for kind, value in zip(self.shape[place], self.values[place], strict=True):
                part.setdefault(kind, []).append(value)
        return part


def plain(text: str) -> str:
    """Return ``text`` folded, but with the signs of dates kept.

    >>> plain("١٢ آذار، ٢٠٢٠ – ١٠:٣٠")
    '12 اذار, 2020 - 10:30'
    """
    data, held = _PLAIN.write(DASH.sub("-", visible(text)) if TATWEEL in text else text)
    return decode(one_space(data).strip(), held)


def visible(text: str) -> str:
    """Return ``text`` without the marks that no reader sees.

    >>> visible("5 مارس '\u200f17")
    "5 مارس '17"
    """
    return text.translate(UNSEEN)


def read(line: str) -> Line | None:
    """Return the words of a plain line, or None if too many are unknown."""
    tokens = TOKEN.findall(line)
    words = [KNOWN[name] for name in (tokens if OPENERS.isdisjoint(tokens) else _names(tokens))]
    shape = "".join([kind for kind, _ in words])
    if shape.count("x") > UNKNOWN:
        return None
    weekdays: list[int | None] = []
    if "w" in shape or "o" in shape:
        weekdays = [value for kind, value in words if kind == "w"]
        words = [word for word in words if word[0] not in "wo"]
        shape = shape.replace("w", "").replace("o", "")
    return Line(shape, [value for _, value in words], weekdays)


def _names(tokens: list[str]) -> list[str]:
    """Return the tokens with names of several words joined."""
    names = [""]
    for token in tokens:
        if names[-1] in OPENERS and ((name := f"{names[-1]} {token}") in WORDS or name in OPENERS):
            names[-1] = name
        else:
            names.append(token)
    return names[1:]


def _sign(character: str, folded: str) -> str:
    if folded != " " or character.isspace() or category(character) in {"So", "Cf"}:
        return folded
    return "-" if category(character) == "Pd" else SIGNS.get(character, "?")


def _plain() -> Rewriter:
    folded = Folded()
    changes = {ord(character): _sign(character, folded[ord(character)]) for character in INSIDE}
    return Rewriter("dates", changes, lambda run: "".join(_sign(sign, folded[ord(sign)]) for sign in run))


_PLAIN = _plain()
