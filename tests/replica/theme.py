"""The look of the replica: the structure and class names of the Soledad theme, in markup of our own."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from .cards import Card
from .plan import HERE, MENU, TAGS
from .words import WORDS

NAME = "فرات بوست"
BESIDE = b"<!-- beside -->"
"""Parts what is a page's own from what it shares with others."""

MONTHS = WORDS["calendar"]


def html_page(head: str, classes: str, main: str, sidebar: str) -> str:
    """Return a page."""
    return f"""<!DOCTYPE html>
<html dir="rtl" lang="ar">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
{_common_head()}
</head>
<body class="rtl {classes} soledad-ver-8-2-9 pclight-mode">
<div class="wrapper-boxed header-style-header-1">
{_header()}
<div class="container penci_sidebar right-sidebar">
<div id="main"><div class="theiaStickySidebar">
{main}
</div></div>
{BESIDE.decode()}
{sidebar}
</div>
{_footer()}
</div>
</body>
</html>
"""


def sidebar(recent: Sequence[Card], popular: Sequence[Card]) -> str:
    """Return the widgets that stand beside every page."""
    months = dict.fromkeys((card.published.year, card.published.month) for card in recent)
    widgets = (
        ("recent_entries", "أحدث الأخبار", [(card.url, card.heading) for card in recent]),
        ("penci_popular", "الأكثر قراءة", [(card.url, card.heading) for card in popular]),
        ("categories", "الأقسام", [(term.url, term.name) for term in MENU[:-1]]),  # the last one is empty
        ("tag_cloud", "الوسوم", [(tag.url, tag.name) for tag in TAGS[:8]]),
        (
            "archive",
            "الأرشيف",
            [(f"{HERE}{year}/{month:02}/", f"{MONTHS[month - 1]} {year}") for year, month in months],
        ),
        ("recent_comments", "آخر التعليقات", [(f"{card.url}#comment-{card.id}", card.heading) for card in popular[:2]]),
        ("links", "مواقع صديقة", [("https://partner.example/news/", "موقع شريك")]),
    )
    inside = "".join(_widget(name, title, links) for name, title, links in widgets)
    return f"""<div id="sidebar" class="penci-sidebar-right penci-sidebar-content"><div class="theiaStickySidebar">
{inside}</div></div>"""


def time(moment: datetime, kind: str = "published") -> str:
    """Return a moment as the theme prints it."""
    return f'<time class="entry-date {kind}" datetime="{moment.isoformat()}">{visible_date(moment)}</time>'


def visible_date(moment: datetime) -> str:
    """Return a date as WordPress prints it in Arabic.

    >>> visible_date(datetime(2016, 12, 28))
    '28 ديسمبر، 2016'
    """
    return f"{moment.day} {MONTHS[moment.month - 1]}، {moment.year}"


def byline(card: Card, classes: str, label: str) -> str:
    """Return who wrote a post, behind a label."""
    link = f'<a class="author-url url fn n" href="{HERE}author/{card.author_slug}/">{card.author}</a>'
    return f'<span class="{classes}"><span class="author vcard">{label} {link}</span></span>'


def _widget(name: str, title: str, links: Sequence[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="{url}">{text}</a></li>\n' for url, text in links)
    return f"""<aside id="{name}-2" class="widget widget_{name}">
<h3 class="widget-title"><span class="inner-arrow">{title}</span></h3>
<ul>
{items}</ul>
</aside>
"""


@cache
def _common_head() -> str:
    return f"""<link rel="alternate" type="application/rss+xml" title="{NAME}" href="{HERE}feed/" />
<link rel="https://api.w.org/" href="{HERE}wp-json/" />
<meta name="generator" content="WordPress 6.1.9" />
<link rel="stylesheet" href="{HERE}wp-content/themes/soledad/main.css?ver=8.2.9" media="all" />"""


@cache
def _header() -> str:
    items = "".join(
        f'<li class="menu-item menu-item-object-category"><a href="{term.url}">{term.name}</a></li>\n' for term in MENU
    )
    return f"""<div class="penci-header-wrap">
<nav id="navigation" class="header-layout-top" role="navigation">
<ul id="menu-main" class="menu">
<li class="menu-item menu-item-home"><a href="{HERE}">الرئيسية</a></li>
{items}<li class="menu-item menu-item-object-page"><a href="{HERE}about/">من نحن</a></li>
</ul>
</nav>
<header id="header">
<div id="logo"><a href="{HERE}"><img class="penci-mainlogo" src="{HERE}wp-content/logo.png" alt="{NAME}"></a></div>
<div class="header-slogan">أخبار المدن والأرياف</div>
<div class="header-social"><a href="https://www.facebook.com/example">فيسبوك</a></div>
</header>
</div>"""


@cache
def _footer() -> str:
    return f"""<footer id="footer-section"><div id="footer-copyright">
<p>© 2021 {NAME}. جميع الحقوق محفوظة.</p>
</div></footer>
<div class="penci-wrap-gprd-law">
<div class="penci-gprd-law"><p>نستخدم ملفات تعريف الارتباط لتحسين زيارتك.
<a class="penci-gprd-accept" href="#">موافق</a>
<a class="penci-gprd-more" href="{HERE}about/">قراءة المزيد</a></p></div>
<a class="penci-gdrd-show" href="#">الخصوصية وملفات الارتباط</a>
</div>"""
