"""The rules of clean and fold as tables: the replacement of each character."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import category, decimal, decomposition, normalize

UAX9 = "[UAX #9](https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types)"
UAX15 = "[UAX #15](https://www.unicode.org/reports/tr15/)"
UAX44 = "[UAX #44](https://www.unicode.org/reports/tr44/#General_Category_Values)"
UTS51 = "[UTS #51](https://www.unicode.org/reports/tr51/#Emoji_ZWJ_Sequences)"
CORE_9 = "[The Unicode Standard, 9.2](https://www.unicode.org/versions/latest/core-spec/chapter-9/#G7480)"
CORE_5 = "[The Unicode Standard, 5.8](https://www.unicode.org/versions/latest/core-spec/chapter-5/#G10213)"
IGNORABLE = "[DerivedCoreProperties, Default_Ignorable_Code_Point](https://www.unicode.org/Public/UCD/latest/ucd/)"
LUCENE = (
    "[Lucene, ArabicNormalizer]"
    "(https://lucene.apache.org/core/9_0_0/analysis/common/org/apache/lucene/analysis/ar/ArabicNormalizer.html)"
)
CAMEL = "[CAMeL Tools, camel_tools.utils](https://camel-tools.readthedocs.io/en/latest/api/utils/normalize.html)"


class Rule(NamedTuple):
    """One rule: what it does, its source, an example, and its replacements."""

    does: str
    source: str
    example: str
    changes: dict[int, str] = {}


def _span(first: int, last: int) -> Iterable[int]:
    return range(first, last + 1)


def _all(characters: Iterable[int] | str, becomes: str) -> dict[int, str]:
    return {character if isinstance(character, int) else ord(character): becomes for character in characters}


def _letters(form: int) -> str:
    # The isolated form of a mark decomposes into a space and the mark; a reader sees the mark on its letter.
    return normalize("NFKC", chr(form)).lstrip(" ")


FORMS = Rule(
    "Presentation forms and ligatures become the letters they stand for; ornate parentheses and honorifics without"
    " a decomposition stay, and so do ² ½ № and all other compatibility characters",
    f"{UAX15}, compatibility mappings of U+FB50–FDFF and U+FE70–FEFC alone",
    "ﻣﻼﺣﻈﺔ ﷺ ² ½ №",
    {
        form: _letters(form)
        for form in [*_span(0xFB50, 0xFDFF), *_span(0xFE70, 0xFEFC)]
        if normalize("NFKC", chr(form)) != chr(form)
    },
)

TATWEEL = Rule("Tatweel goes", f"{CORE_9}; {LUCENE}", "حـــمص", _all("\u0640", ""))

BIDI = Rule(
    "Bidirectional controls go, the Arabic letter mark among them",
    UAX9,
    "\u200fحمص\u061c 2024\u200e \u2067درعا\u2069",
    _all([0x061C, 0x200E, 0x200F, *_span(0x202A, 0x202E), *_span(0x2066, 0x2069)], ""),
)

INVISIBLE = Rule(
    "Zero-width marks go: soft hyphen, zero-width space, word joiner, byte order mark and their like",
    IGNORABLE,
    "\ufeffحم\u200bص\u00ad",
    _all(
        [0xAD, 0x34F, 0x180E, 0x200B, *_span(0x2060, 0x2064), *_span(0x206A, 0x206F), 0xFEFF, *_span(0xFFF9, 0xFFFB)],
        "",
    ),
)

JOINERS = Rule(
    "Where the page is Arabic a joiner goes, and a non-joiner stays only where it shows, between two letters that would"
    " join; pages of other languages keep both (Persian needs them)",
    f"{CORE_9}, cursive joining",
    "\u200cحمص\u200d الرئيس\u200cالسوري",
)


def _letters_with(form: str) -> str:
    letters = {
        decomposition(chr(code)).removeprefix(f"<{form}> ") for code in [*_span(0xFB50, 0xFDFF), *_span(0xFE70, 0xFEFC)]
    }
    return "".join(chr(int(letter, 16)) for letter in sorted(letters) if re.fullmatch("[0-9A-F]+", letter))


JOINS_NEXT, JOINS_LAST = _letters_with("initial"), _letters_with("final")
"""The letters that join the next letter, and those that join the previous one: Unicode has such a form of them."""

EMOJI = Rule(
    "A joiner between two emoji and a variation selector after an emoji or in a keycap stay; elsewhere they go",
    UTS51,
    "حمص\ufe0f 👩\u200d🚒 ☀\ufe0f 1\ufe0f\u20e3",
)

CONTROLS = Rule(
    "Control characters go",
    f"{UAX44}, Cc",
    "حم\x00ص\x7f",
    _all({*_span(0x00, 0x1F), *_span(0x7F, 0x9F)} - {*_span(0x09, 0x0D), 0x85}, ""),
)

SPACES = Rule(
    "Every space and tab is a space; a run of them is one; at the ends of a line there is none",
    f"{UAX44}, Zs",
    "\u00a0حمص\u2003 \t درعا\u3000",
    _all([0x09, 0xA0, 0x1680, *_span(0x2000, 0x200A), 0x202F, 0x205F, 0x3000], " "),
)

LINES = Rule(
    "Every line break is a newline; a blank line, or U+2029, parts paragraphs, and many blank lines are one",
    f"{CORE_5}, newline guidelines",
    "حمص\r\nدرعا\u2028إدلب\u2029حلب\n \n\n\nدمشق",
    {**_all([0x0B, 0x0C, 0x0D, 0x85, 0x2028], "\n"), 0x2029: "\n\n"},
)

PERSIAN = Rule(
    "Persian ye and kaf become Arabic, where the page is Arabic",
    f"{CORE_9}; U+06CC and U+06A9",
    "سوری کتاب",
    {0x6CC: "ي", 0x6A9: "ك"},
)

LINKS = Rule(
    "A link (https://…) keeps its letters and its tatweel, so that it still leads where it led",
    "[RFC 3987](https://www.rfc-editor.org/rfc/rfc3987)",
    "سـوریا https://example.org/سـوریا",
)

NFC = Rule("Letters and marks are composed and ordered", f"{UAX15}, NFC", "سو\u0654ال شد\u0651\u064eة")

CLEAN = (FORMS, TATWEEL, BIDI, INVISIBLE, JOINERS, EMOJI, CONTROLS, SPACES, LINES, PERSIAN, LINKS, NFC)

MARKS = Rule(
    "Harakat and Quranic marks go, the hamza and madda that stand above or below a letter with them",
    f"{UAX44}, Mn of the Arabic blocks; {CAMEL}, dediac_ar",
    "الشَّعْبُ رَحْمٰن",
    _all(
        [
            *_span(0x0610, 0x061A),
            *_span(0x064B, 0x065F),
            0x0670,
            *(set(_span(0x06D6, 0x06ED)) - {0x06DD, 0x06DE, 0x06E9}),
            *_span(0x0898, 0x089F),
            *(set(_span(0x08CA, 0x08FF)) - {0x08E2}),
        ],
        "",
    ),
)

SEATS = Rule(
    "A hamza before a waw is a waw, whichever of its usual seats it has: on a ye, on a waw or on the line; one behind"
    " an alef maksura at a word's end is seated on it",
    "[Alif and hamza, 2](http://www.transparent.com/arabic/alif-and-hamza-part-2/): both are right, one is Egyptian",
    "مسئول مسؤول شئون شؤون رءوس رؤوس مبادئ مبادىء",
)

HAMZA = Rule(
    "A letter that carries a hamza, a madda or a wasla is the bare letter; a hamza that stands alone stays",
    f"{LUCENE}; {CAMEL}, normalize_alef_ar",
    "أإآٱ ؤ ئ ء",
    {
        **_all("أإآٱ", "ا"),
        **_all("ؤ", "و"),
        **_all("ئ", "ي"),
        **_all("ۀۂ", "ه"),
        ord("ۓ"): "ے",
    },
)

KEYBOARDS = Rule(
    "Letters of Persian, Urdu and Kurdish keyboards that Arabic words are typed with are the Arabic ones",
    f"{CORE_9}; U+06AA, U+06BE, U+06C1, U+06C3, U+06D5",
    "ڪتاب ھذا مكہ مدينۃ مدرسە",
    {**_all("ڪ", "ك"), **_all("ھہۃە", "ه")},
)

ENDINGS = Rule(
    "Alef maksura is a ye and te marbuta a he",
    f"{LUCENE}; {CAMEL}, normalize_alef_maksura_ar, normalize_teh_marbuta_ar",
    "مستشفى الحرية",
    {**_all("ى", "ي"), **_all("ة", "ه")},
)

DIGITS = Rule("Digits of every script are 0–9", f"{UAX44}, Nd", "٢٠٢٤ ۲۰۲۴ ２０２４")
SIGNS = Rule("Punctuation and symbols are a space: 3.5 is not 35", f"{UAX44}, P and S", "3.5 «حمص»، درعا؟ #سوريا 🎉")
CASE = Rule("Capitals are small", "[The Unicode Standard, 3.13](https://www.unicode.org/versions/latest/)", "BBC عربي")
ONE_LINE = Rule("All is one line, its words parted by one space", "ours", "حمص\n\nدرعا")

FOLD = (MARKS, SEATS, HAMZA, KEYBOARDS, ENDINGS, DIGITS, SIGNS, CASE, ONE_LINE)


def cleaned(*, arabic: bool) -> dict[int, str]:
    """Return the replacements of `clean` for an Arabic page or for any other."""
    rules = [rule.changes for rule in CLEAN if arabic or rule is not PERSIAN]
    changes = {character: becomes for rule in rules for character, becomes in rule.items()}
    return {character: becomes.translate(changes) for character, becomes in changes.items()}


class Folded(dict[int, str]):
    """The replacement of each character under `fold`, computed when it is first needed.

    >>> "Ａl-أسد ٣".translate(Folded())
    'ａl اسد 3'
    """

    def __init__(self) -> None:
        super().__init__(_all("\n\u200c", " "))
        self.rules = {key: to for rule in (MARKS, HAMZA, KEYBOARDS, ENDINGS) for key, to in rule.changes.items()}
        self.cleaned = cleaned(arabic=True)

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(self._of, self.cleaned.get(code, chr(code))))
        return self[code]

    def _of(self, character: str) -> str:
        kind = category(character)
        if (ruled := self.rules.get(ord(character))) is not None:
            return ruled
        if kind == "Nd":
            return str(decimal(character))
        if kind[0] in "PSZ" or character == "\n":
            return " "
        # Variation selectors, enclosing marks and the unseen that `clean` keeps in emoji.
        invisible = kind in {"Cf", "Me"} or "\ufe00" <= character <= "\ufe0f"
        return "" if invisible else character.lower()
