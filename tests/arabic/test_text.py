"""Clean loses nothing that a reader sees; fold makes equal what is equal to a reader."""

import re
from unicodedata import category, decimal, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from furat.arabic import clean, fold
from furat.arabic.characters import CLEAN, FOLD, Rule

MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670"
UNSEEN = "\u200b\u200c\u200e\u200f\u061c\u00ad\ufeff\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD_SPACES = "\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u3000\t"
LINES = "\n\r\x0b\x0c\x85\u2028\u2029"
EMOJI = "👩🚒☀❤©🇸🇾🏽1#\ufe0f\ufe0e\u200d\u20e3↔\u0338〈"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئٱپچژگکیہەۀۂۓٻڀ"
FORMS = "ﷺﷲﷻ﷼ﻼﻻﻵﺎﺀﻛﻴﯽﮎﭖﭒﯾ\ufe70\ufe71\ufe7d\ufc60﴾﷽"
OTHERS = "abZéÉe\u0301İßΣσКя中가½²№ﬁ٣۳３𝟛.،؛؟«»-–_/:%$+<>\ud800\uffff\x00\x1a\x1f\x7f"

noisy = st.text(
    alphabet=LETTERS * 3 + MARKS * 2 + UNSEEN + ODD_SPACES + LINES + EMOJI + FORMS + OTHERS + "ـ    ", max_size=60
)
anything = (
    noisy
    | st.text()
    | st.lists(st.sampled_from(["https://a.b/", "http://", "://", *LETTERS, *UNSEEN, " ", "é"])).map("".join)
)


@pytest.mark.parametrize(
    "printed, stored",
    [
        ("حـــمص", "حمص"),
        ("ـ", ""),
        ("\u200fحمص\u200e", "حمص"),
        ("حم\u200bص \ufeffدرعا\u00ad", "حمص درعا"),
        ("\u061c12\u202a آذار\u202c \u20662020\u2069", "12 آذار 2020"),
        ("حمص\u00a0\u2009 \t درعا", "حمص درعا"),
        ("  حمص  ", "حمص"),
        ("حمص\n\nدرعا", "حمص\n\nدرعا"),
        ("حمص \n \u00a0\n\n\n درعا", "حمص\n\nدرعا"),
        ("حمص\r\nدرعا\rإدلب", "حمص\nدرعا\nإدلب"),
        ("حمص\u2029درعا\u2028إدلب", "حمص\n\nدرعا\nإدلب"),
        ("کتابی", "كتابي"),
        ("ﻛﺘﺎﺏ ﻼ ﷲ", "كتاب لا الله"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("مساﺀ\ufe70", "مساءً"),
        ("﴿آية﴾ ﷽", "﴿آية﴾ ﷽"),
        ("5 م² ½ № ﬁ Ⅷ ①", "5 م² ½ № ﬁ Ⅷ ①"),
        ("شدّ\u064e\u0629", "شدَّة"),
        ("ا\u0653 ا\u0654 و\u0654 ي\u0654 ا\u0655", "آ أ ؤ ئ إ"),
        ("ا\u200f\u0654", "أ"),
        ("مُدَرِّسٌ", "مُدَرِّسٌ"),
        ("٢٠٢٤ ۲۰۲۴ 2024", "٢٠٢٤ ۲۰۲۴ 2024"),
        ("«قال: لا!» – (نعم)؟ 3.5%", "«قال: لا!» – (نعم)؟ 3.5%"),
        (
            "👩\u200d🚒 ❤\ufe0f\u200d🔥 ☀\ufe0f 1\ufe0f\u20e3 🇸🇾 👍🏽",
            "👩\u200d🚒 ❤\ufe0f\u200d🔥 ☀\ufe0f 1\ufe0f\u20e3 🇸🇾 👍🏽",
        ),
        ("حمص\u200d 👩\u200d حمص\ufe0f", "حمص 👩 حمص"),
        (
            "https://example.org/سـوریا ـ https://example.org/%d8%a7",
            "https://example.org/سـوریا https://example.org/%d8%a7",
        ),
        ("https://example.org/سوری\u200f", "https://example.org/سوری"),
        ("a\x00b\x1fc", "abc"),
        ("الرئيس\u200cالسوري", "الرئيس\u200cالسوري"),
        ("الرئيسِ\u200c\u200f\u200cالسوري", "الرئيسِ\u200cالسوري"),
        ("سـ\u200cـوري", "س\u200cوري"),
        ("ﺲ\u200cﺳ", "س\u200cس"),
        ("درعا\u200cوحمص د\u200cرعا", "درعاوحمص درعا"),
        ("حمص\u200c \u200c درعا\u200c", "حمص درعا"),
        ("حمص\u200c، حمص\u200c2", "حمص، حمص2"),
        ("ٻ\u200cٻ \u200c https://example.org/س\u200cس", "ٻ\u200cٻ https://example.org/س\u200cس"),
        ("\ud800حمص", "\ud800حمص"),
        ("", ""),
    ],
)
def test_clean(printed: str, stored: str) -> None:
    assert clean(printed) == stored


@pytest.mark.parametrize("language", ["fa", "ckb", "ur", "arc", "en", "", "fa-IR"])
def test_persian_letters_and_joiners_stay_in_other_languages(language: str) -> None:
    assert clean("می\u200cخواهم کـتاب", language) == "می\u200cخواهم کتاب"


@pytest.mark.parametrize("language", ["ar", "ar-SY", "AR", "ar_EG"])
def test_persian_letters_become_arabic_in_arabic(language: str) -> None:
    assert clean("می\u200cخواهم\u200c کتاب", language) == "مي\u200cخواهم كتاب"


@pytest.mark.parametrize(
    "printed, key",
    [
        ("3.5", "3 5"),
        ("الشَّعْبُ يُريدُ", "الشعب يريد"),
        ("أإآٱا", "ااااا"),
        ("مسؤول بيئة شيء", "مسوول بييه شيء"),
        ("مسئول شئون فئوي يقرءون", "مسوول شوون فووي يقروون"),
        ("مبادىء شاطىء مبادئ رأى شيء", "مبادي شاطي مبادي راي شيء"),
        ("ھذا مكہ ڪتاب مدينۃ مدرسە", "هذا مكه كتاب مدينه مدرسه"),
        ("مسئُول مسي\u0654ول ﻣﺴﺌﻮل مسـئـول", "مسوول مسوول مسوول مسوول"),
        ("شاطئ واسع", "شاطي واسع"),
        ("é\ufe8c\u0648 é\u0626", "éوو éي"),
        ("الرئيس\u200cالسوري درعا\u200cوحمص", "الرييس السوري درعاوحمص"),
        ("مستشفى المدينة", "مستشفي المدينه"),
        ("٢٠٢٤ ۲۰۲۴ ２０２４", "2024 2024 2024"),
        ("«حمص»، درعا؟!", "حمص درعا"),
        ("BBC عربي", "bbc عربي"),
        ("ÉCOLE e\u0301", "école é"),
        ("حمص\n\nدرعا", "حمص درعا"),
        ("کتابی", "كتابي"),
        ("ﻷن", "لان"),
        ("حمص 🎉 👩\u200d🚒 1\ufe0f\u20e3", "حمص 1"),
        ("رَحْمٰنِ ۝ ۖ", "رحمن"),
        ("#سوريا_الآن @user 50% +963 $5", "سوريا الان user 50 963 5"),
        ("½ ²", "½ ²"),
        ("...", ""),
    ],
)
def test_fold(printed: str, key: str) -> None:
    assert fold(printed) == key


@given(anything, st.sampled_from(["ar", "fa"]))
def test_clean_twice_is_clean_once(text: str, language: str) -> None:
    assert clean(clean(text, language), language) == clean(text, language)


@given(anything)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_what_is_clean_has_the_same_key(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@given(noisy)
def test_clean_is_normal(text: str) -> None:
    assert normalize("NFC", clean(text)) == clean(text)


@given(noisy)
def test_clean_loses_nothing_that_a_reader_sees(text: str) -> None:
    assert seen(clean(text)) == seen(text)


@given(st.sampled_from("بتثجحخسشصضطظعغفقكلمنهيئ"), st.text(MARKS + UNSEEN), st.sampled_from("ابتثدرسعكلمنهويةى"))
def test_a_non_joiner_that_shows_stays(before: str, between: str, after: str) -> None:
    assert "\u200c" in clean(f"{before}\u200c{between}{after}")
    assert fold(f"{before}\u200c{between}{after}") == f"{fold(before)} {fold(after)}"


@given(st.sampled_from("اأدذرزوةء،5 "), st.text(MARKS + UNSEEN), st.sampled_from("ابتثدرسعكلمنهويةى"))
def test_a_non_joiner_that_does_not_show_goes(before: str, between: str, after: str) -> None:
    assert "\u200c" not in clean(f"{before}\u200c{between}{after}")


@given(noisy)
def test_fold_is_made_of_folded_characters(text: str) -> None:
    for character in fold(text):
        assert category(character)[0] not in "PSZ" or character == " "
        assert character not in MARKS + "أإآٱؤئىةیک"
        assert category(character) != "Nd" or character in "0123456789"


@given(st.lists(st.text("ابتحمص ", min_size=1).filter(str.strip), min_size=2))
def test_paragraphs_stay_apart(paragraphs: list[str]) -> None:
    assert clean("\n\n".join(paragraphs)).split("\n\n") == [clean(paragraph) for paragraph in paragraphs]


@pytest.mark.parametrize("rule", CLEAN, ids=lambda rule: rule.does[:30])
def test_example_of_a_rule_of_clean_shows_it(rule: Rule) -> None:
    assert clean(rule.example) != rule.example


@pytest.mark.parametrize("rule", FOLD, ids=lambda rule: rule.does[:30])
def test_example_of_a_rule_of_fold_shows_it(rule: Rule) -> None:
    assert fold(rule.example) != clean(rule.example)


@given(st.characters(categories=["Nd"]))
def test_every_digit_is_a_digit(digit: str) -> None:
    assert fold(digit) == str(decimal(digit))


def seen(text: str) -> str:
    """What a reader sees, worked out one character after another: no space, nothing unseen, letters for forms."""
    letters = (normalize("NFKC", sign) if re.match("[\ufb50-\ufdff\ufe70-\ufefc]", sign) else sign for sign in text)
    unseen = f"[{UNSEEN}\u200d\ufe0e\ufe0fـ\\s\x00-\x1f\x7f-\x9f]"
    bare = re.sub(unseen, "", "".join(letters)).replace("ی", "ي").replace("ک", "ك")
    return re.sub(unseen, "", normalize("NFC", bare))
