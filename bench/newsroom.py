"""The stories of bench/stories.py and what other desks make of them.

Where bench/news.py has a copy differ in one respect, an editor here does what editors do: rewrites the lead, the
headline, the style of most sentences, and often several at once.
"""

from dataclasses import replace
from random import Random

from bench.news import News
from bench.stories import EITHER, MAKERS, WORDS, fill, value

NUMBERS = {"3": "ثلاثة", "4": "أربعة", "5": "خمسة", "6": "ستة", "7": "سبعة", "8": "ثمانية", "9": "تسعة", "20": "عشرين"}
SPELLINGS = {"أ": "ا", "إ": "ا", "ة": "ه", "ى": "ي"}
RARELY = 0.3
STYLED = 0.8
"""Sentences that an editor touches who edits the style."""

MOST = 3
"""Words replaced in one of them."""

LONG = 5
"""Paragraphs of which one can go and the rest is still the article."""


def archive(size: int, seed: int = 0) -> list[News]:
    """Return ``size`` documents, each copy somewhere after its original."""
    random = Random(seed)  # noqa: S311  (the same news every time is what is wanted)
    told: list[tuple[float, News]] = []
    texts: set[str] = set()
    while len(told) < size:
        made = random.choices(list(MAKERS), list(MAKERS.values()))[0](random)
        for news in (each for each in made if each.text not in texts):
            texts.add(news.text)
            place = float(len(told))
            original = replace(news, id=f"{len(told)}")
            told.append((place, original))
            told += [(random.uniform(place, size), copy) for copy in _copies(random, original)]
    return [news for _, news in sorted(told, key=lambda placed: placed[0])][:size]


# Copies


def wire(random: Random, news: News) -> News:
    """Return it under another dateline, or with one."""
    first, *rest = news.paragraphs
    line = f"{value(random, 'city')} - {random.choice(WORDS['agencies'])}"
    if random.choice(EITHER):
        line = f"{value(random, 'city')} ({random.choice(WORDS['agencies'])})"
    return replace(news, paragraphs=(f"{line} - {first}", *rest))


def relined(random: Random, news: News) -> News:
    """Return it under a headline of the editor's own."""
    return replace(news, title=_headline(random, news))


def releaded(random: Random, news: News) -> News:
    """Return it under a lead that tells the same otherwise, or another side of it."""
    return replace(news, paragraphs=(_other_lead(random, news), *news.paragraphs[1:]))


def relined_and_releaded(random: Random, news: News) -> News:
    """Return it under another headline and another lead."""
    return relined(random, releaded(random, news))


def styled(random: Random, news: News) -> News:
    """Return it with most sentences edited, every fact as it was."""
    return replace(news, paragraphs=tuple(_each(random, paragraph) for paragraph in news.paragraphs))


def styled_and_relined(random: Random, news: News) -> News:
    """Return it edited throughout, under a title edited too."""
    return replace(styled(random, news), title=_style(random, news.title))


def styled_and_releaded(random: Random, news: News) -> News:
    """Return it edited throughout under another lead."""
    return styled(random, releaded(random, news))


def cut(random: Random, news: News) -> News:
    """Return it without one or two paragraphs, or without its end."""
    if random.random() < RARELY:
        return replace(news, paragraphs=news.paragraphs[: max(2, len(news.paragraphs) * 3 // 5)])
    gone = random.sample(range(len(news.paragraphs)), random.randint(1, max(1, len(news.paragraphs) // 4)))
    return replace(news, paragraphs=tuple(p for place, p in enumerate(news.paragraphs) if place not in gone))


def moved(random: Random, news: News) -> News:
    """Return it with paragraphs in another order, some run together."""
    first, *rest = news.paragraphs
    place = random.randrange(len(rest))
    rest = rest[place:] + rest[:place]
    return replace(news, paragraphs=(first, *rest[:-2], " ".join(rest[-2:])))


def enlarged(random: Random, news: News) -> News:
    """Return it with background of the desk's own."""
    more = [f"{text}." for text in random.sample(WORDS["style"]["background"], random.randint(1, 2))]
    return replace(news, paragraphs=(*news.paragraphs, *more))


def spelled(random: Random, news: News) -> News:
    """Return it as a desk spells that takes no care, numbers in words where they are short."""
    return replace(news, paragraphs=tuple(_spell(random, paragraph) for paragraph in news.paragraphs))


def desk(random: Random, news: News) -> News:
    """Return it as a desk passes it on: two of the other edits."""
    one, other = random.sample([wire, cut, enlarged, spelled, relined, styled, moved], 2)
    return other(random, one(random, news))


COPIES = [
    wire,
    relined,
    releaded,
    relined_and_releaded,
    styled,
    styled_and_relined,
    styled_and_releaded,
    cut,
    moved,
    enlarged,
    spelled,
    desk,
]
OF_SHORT = [wire, relined, styled, enlarged, spelled]


def _copies(random: Random, news: News) -> list[News]:
    kinds = COPIES if news.kind in ("story", "topic", "sequel") and len(news.paragraphs) >= LONG else OF_SHORT
    if news.kind == "sequel":
        kinds = [kind for kind in kinds if "lead" not in kind.__name__ and kind not in (cut, desk)]
    chosen = random.sample(kinds, random.choices([0, 1, 2], [60, 28, 12])[0])
    made = [
        replace(copy(random, news), id=f"{news.id}-{copy.__name__}", of=news.id, kind=copy.__name__) for copy in chosen
    ]
    return [copy for copy in made if copy.paragraphs != news.paragraphs or copy.title != news.title]


def _headline(random: Random, news: News) -> str:
    if random.choice(EITHER):
        return _style(random, news.title) + f" {random.choice(WORDS['style']['insertions'])}"
    words = news.paragraphs[0].split()
    return " ".join(words[: random.randint(6, 9)])


def _other_lead(random: Random, news: News) -> str:
    first = news.paragraphs[0].rstrip(".").split(". ")[0].split()
    if random.choice(EITHER):
        cut = len(first) // 2
        return " ".join(["في تطور جديد", *first[cut:], "وذلك بعد أن", *first[:cut]]) + "."
    return f"{fill(random, random.choice(WORDS['sentences']))}."


def _each(random: Random, paragraph: str) -> str:
    sentences = paragraph.rstrip(".").split(". ")
    return ". ".join(_style(random, s) if random.random() < STYLED else s for s in sentences) + "."


def _style(random: Random, sentence: str) -> str:
    words = f" {sentence} "
    pairs = [*WORDS["style"]["pairs"]]
    random.shuffle(pairs)
    changed = 0
    for one, other in pairs:
        for mine, theirs in ((one, other), (other, one)):
            if f" {mine} " in words and changed < MOST:
                words = words.replace(f" {mine} ", f" {theirs} ", 1)
                changed += 1
                break
    words = words.strip()
    if not changed or random.random() < RARELY:
        place = random.randint(2, max(2, len(words.split()) - 2))
        parts = words.split()
        words = " ".join([*parts[:place], random.choice(WORDS["style"]["insertions"]), *parts[place:]])
    if random.random() < RARELY / 3:
        words = f"{random.choice(WORDS['style']['openers'])} {words}"
    return words


def _spell(random: Random, text: str) -> str:
    words = [NUMBERS.get(word, word) for word in text.split()]
    return "".join(SPELLINGS.get(x, x) if random.choice(EITHER) else x for x in " ".join(words))
