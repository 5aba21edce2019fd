"""A newsroom of a few posts, under a theme that nobody knows: what the site says of them, and what its pages print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from furat.pages.page import Page
from furat.profile import Lesson, Truth

SITE = "https://sada.example/"
ZONE = ZoneInfo("Asia/Damascus")

THINGS = (
    "المخبز",
    "الجسر",
    "المدرسة",
    "المشفى",
    "الحديقة",
    "السوق",
    "المكتبة",
    "الملعب",
    "المحطة",
    "النبع",
    "المتحف",
    "المرفأ",
)
EVENTS = ("يفتح أبوابه", "يُغلق للصيانة", "يستقبل زواره", "يحتفل بعيده", "يوسّع ساعاته")
AUTHORS = ("سلمى الجابر", "رامي الخطيب", "هند الشامي")
CATEGORIES = ("محليات", "صحة", "تعليم")
TAGS = ("خبز", "ماء", "طريق", "كتاب", "شتاء")

MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")

Theme = Callable[["Post"], str]


@dataclass(frozen=True)
class Post:
    """One post."""

    number: int
    title: str
    author: str
    published: datetime
    modified: datetime
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"{SITE}story-{self.number}/"

    @property
    def content(self) -> str:
        return "".join(f"<p>{one}</p>" for one in self.paragraphs)

    @property
    def truth(self) -> Truth:
        """What the feed says."""
        return Truth(
            url=self.url,
            title=self.title,
            published=self.published.astimezone(UTC),
            modified=self.modified.astimezone(UTC),
            authors=(self.author,),
            terms=(*self.categories, *self.tags),
            content=self.content,
        )


def posts(number: int) -> list[Post]:
    """Return posts of several authors and all seasons; every second one was changed days later."""
    return [_post(each) for each in range(number)]


def _post(number: int) -> Post:
    published = datetime(2021, 1, 10, 9, 17, 31, tzinfo=ZONE) + timedelta(days=53 * number, hours=number % 7)
    changed = timedelta(days=4, hours=3, minutes=11) if number % 2 else timedelta()
    thing = THINGS[number % len(THINGS)]
    return Post(
        number=100 + number,
        title=f"{thing} {EVENTS[number % len(EVENTS)]} في الحي {number}",
        author=AUTHORS[number % len(AUTHORS)],
        published=published.astimezone(ZONE),
        modified=(published + changed).astimezone(ZONE),
        categories=(CATEGORIES[number % len(CATEGORIES)],),
        tags=(TAGS[number % len(TAGS)], TAGS[(number + 2) % len(TAGS)]),
        paragraphs=tuple(
            f"قال عامل في {thing} رقم {number} إن اليوم {day} كان طويلاً على الجميع هنا." for day in range(4)
        ),
    )


def lessons(taught: Sequence[Post], theme: Theme) -> list[Lesson]:
    """Return the lessons that the pages of a theme are."""
    return [Lesson(post.truth, page(post, theme)) for post in taught]


def page(post: Post, theme: Theme) -> Page:
    """Return the page of a post."""
    return Page(theme(post), post.url)


def strange(post: Post) -> str:
    """Print a page as a theme does whose names mean nothing."""
    return f"""<html lang="ar" dir="rtl"><head><title>{post.title} - صدى</title></head><body class="q1">
<div class="k0"><a href="/" class="k1">صدى القرية</a><ul>{_menu()}</ul></div>
<div class="z1"><div class="z2 z2-{post.number}"><strong class="z3">{post.title}</strong>
<div class="m1"><span class="m2">كتبه <a href="/author/a{AUTHORS.index(post.author)}/">{post.author}</a></span>
<span class="m3">{printed(post.published)}</span><span class="m4">{_links("category", post.categories)}</span></div>
<div class="b1">{post.content}<div class="b7">اقرأ أيضاً: <a href="/story-1/">خبر قديم من الأرشيف</a></div></div>
<div class="t1">{_links("tag", post.tags)}</div></div>
<div class="w1"><h3>الأكثر قراءة</h3><a href="/tag/x0/">{TAGS[0]}</a><a href="/tag/x9/">وسم غريب</a></div></div>
</body></html>"""


def printed(moment: datetime) -> str:
    """Print a day as an Arabic theme does."""
    return f"{moment.day} {MONTHS[moment.month - 1]}، {moment.year}"


def with_moment(show: Callable[[Post], str]) -> Theme:
    """Return the strange theme with another moment on its pages."""
    return lambda post: strange(post).replace(f'<span class="m3">{printed(post.published)}</span>', show(post))


def unchanged(taught: Sequence[Post]) -> list[Post]:
    """Return posts as if none had been changed since."""
    return [replace(post, modified=post.published) for post in taught]


def _links(base: str, names: Sequence[str]) -> str:
    known = CATEGORIES if base == "category" else TAGS
    return "، ".join(f'<a href="/{base}/x{known.index(name)}/">{name}</a>' for name in names)


def _menu() -> str:
    return "".join(
        f'<li class="k2"><a href="/category/x{each}/">{name}</a></li>' for each, name in enumerate(CATEGORIES)
    )
