"""What a hostile site repeats, to make a reader work without end."""

from collections.abc import Callable

UNITS = (
    *("a", " ", "\n", "_", "-", ".", "/", "%", "%d8", "&", "<", ">", "[", "]", "(", "{", '"', "'", "\\", "\x00", "#"),
    *("1", "٣", "ب", "ـ", "\u064b", "\u0301", "\u200f", "\u200d", "🙂", "👨\u200d", "ﷺ", "ا\u0653", "\ufeff", "\ud800"),
    *("http://", "http://a", "www.", "a@", "a.b", "://", "?a=1", "&a", "&#", "&amp", "&#x", "?utm_a=", "a:", "//"),
    *("[a_", "[/", "[a-", "[…]", "[a_b]", "[a_[", "...", "_ ", "a_", "a-b_", "author_", "_author", "post-"),
    *("<a>", "</a>", "<a href=/x/>", "<a href=/x/><h2>", "<h2>", "<div>", "<p>", "</p>", "<br>", "<td>", "<table>"),
    *("<img>", "<img src=a.jpg>", "<figure>", "<figcaption>", "<img><figcaption>", "<article>", "<article class=post>"),
    *("<div class=ads>", "<div class=entry-content>", "<li>", "<blockquote>", "<script>", "<style>", "<!--", "-->"),
    *("<![CDATA[", "]]>", "<?xml ", "<meta ", "<title>", "<svg>", "<template>", "<b>", "<i>", "<span>", "<time>"),
    *("<item>", "<link>", "<a b='", "</item><item>", "<c d='e'/>", "<url><loc>", "<base href=x>", "<form>", "<option>"),
    *("1 ", "1/", "1-", "1:", "10 يناير 2024 ", "يناير ", "منذ ", "منذ 3 ", "الساعة ", "2024-", "محرم ", "GMT+"),
    *("\r\n", "sitemap:", "\nsitemap", "User-agent: a\n", "Disallow: /*a\n", "</html", "<html>", "<body>", "</body>"),
    *('<script type="application/ld+json">', '{"@graph":', '{"a":', '"a",', "[[", '<p class="', "class=", "style='"),
    *("<script src='/cdn-cgi/challenge-platform/", "<form '", "<meta ;", "<script ", "<a rel=tag href=/tag/x/>x</a>"),
    *("<link rel=canonical href=", "; rel=", "<a>; ", "charset=", "<meta charset", "; charset = ", "é", "بé"),
)


def repeated(unit: str) -> Callable[[int], str]:
    """Return what makes a text of a size of nothing but ``unit``."""
    return lambda size: unit * (size // len(unit))


def between(unit: str) -> Callable[[int], str]:
    """Return what makes a text of a size of ``unit`` after an Arabic word and before a closing bracket of each kind."""
    return lambda size: "خبر " + unit * (size // len(unit)) + " ]>)}\"'x"


SHAPES: dict[str, Callable[[int], str]] = {
    **{f"only {unit!r}": repeated(unit) for unit in UNITS},
    **{f"between {unit!r}": between(unit) for unit in UNITS},
    "numbered classes": lambda size: "".join(f"<div class=c{n}>" for n in range(size // 14)),
    "numbered links": lambda size: "".join(f"<a href=/{n}/><h2>خبر {n}</h2></a>" for n in range(size // 26)),
    "numbered words": lambda size: " ".join(f"كلمة{n}" for n in range(size // 8)),
    "numbered attributes": lambda size: "<p " + " ".join(f"a{n}=b" for n in range(size // 7)),
    "numbered attributes of an end": lambda size: "</p " + " ".join(f"a{n}=b" for n in range(size // 7)),
    "numbered attributes with quotes": lambda size: "<p " + "".join(f"a{n}='>'" for n in range(size // 9)) + ">",
    "numbered attributes of a body": lambda size: "".join(f"<body a{n}=b></body>" for n in range(size // 20)),
    "numbered pictures": lambda size: "".join(f"<img src=/{n}.jpg><figcaption>خبر " for n in range(size // 34)),
    "numbered pictures and a long base": lambda size: (
        f"<base href='/{'a/' * (size // 4)}'>" + "".join(f"<img src={n}.jpg>" for n in range(size // 34))
    ),
    "one long class": lambda size: f"<div class='{'_' * size}'>",
    "many classes": lambda size: f"<div class='{'a_ ' * (size // 3)}'><p>x",
    "long attribute": lambda size: f"<a href='{'x' * size}'>x</a>",
    "long number": lambda size: "<time datetime=2024-01-01>" + "9" * size,
    "numbered query": lambda size: "/?" + "&".join(f"a{n}=b" for n in range(size // 7)),
}
