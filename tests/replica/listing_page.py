"""The page of a listing, and the pages that are neither post nor listing."""

from collections.abc import Sequence
from dataclasses import dataclass

from .cards import PICTURES, Card
from .theme import NAME, byline, html_page, time


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among the pages of its listing."""

    form: str
    first: str
    """The address of the first page."""

    number: int
    last: int

    def page(self, number: int) -> str:
        """Return the address of a page."""
        return f"{self.first}page/{number}/"


def archive_box(label: str, name: str) -> str:
    """Return the heading of a listing."""
    return f'<div class="archive-box"><div class="title-bar"><span>{label}</span> <h1>{name}</h1></div></div>\n'


def entries(cards: Sequence[tuple[Card, str]], sticky: Sequence[Card]) -> str:
    """Return the entries of a listing: cards with the address to print, sticky ones on top."""
    if not cards:
        return '<div class="penci-nothing"><p>لم نجد هنا أي مادة بعد.</p></div>\n'
    items = [_item(card, card.url, "item sticky") for card in sticky]
    items += [_item(card, url, "item") for card, url in cards]
    return f'<ul class="penci-wrapper-data penci-grid">\n{"".join(items)}</ul>\n'


def page_links(paging: Paging) -> str:
    """Return the links to the pages beside, in one of the theme's three forms."""
    if paging.last <= 1:
        return ""
    return {"older": _older_and_newer, "numbers": _numbers, "more": _more}[paging.form](paging)


def plain_page(title: str, classes: str, text: str, sidebar: str, head: str = "") -> str:
    """Return a page of one text."""
    main = f"""<article>
<h1 class="post-title single-post-title entry-title">{title}</h1>
<div class="post-entry"><div class="inner-post-entry entry-content" id="penci-post-entry-inner">{text}</div></div>
</article>"""
    return html_page(f"<title>{title} &#8211; {NAME}</title>\n{head}", classes, main, sidebar)


def missing_page() -> str:
    """Return the page for what is not there."""
    main = '<div class="page-404"><div class="error-404"><p>لم نجد الصفحة التي تبحث عنها.</p></div></div>'
    return html_page(f"<title>الصفحة غير موجودة &#8211; {NAME}</title>", "error404", main, "")


def _item(card: Card, url: str, classes: str) -> str:
    lead = "النص محمي بكلمة مرور." if card.status == "protected" else card.lead
    return f"""<li class="list-post pclist-layout"><article id="post-{card.id}" class="{classes} hentry">
<a class="penci-image-holder penci-lazy" data-bgset="{PICTURES}photo-{card.index}-585.jpg" href="{url}"></a>
<div class="content-list-right"><div class="header-list-style">
<h2 class="penci-entry-title entry-title grid-title"><a href="{url}">{card.heading}</a></h2>
<div class="penci-hide-tagupdated">{byline(card, "author-italic", "by")} {time(card.published)}</div>
<div class="grid-post-box-meta">{byline(card, "author-post byline", "بقلم")} <span>{time(card.published)}</span></div>
</div>
<div class="item-content entry-content"><p>{lead}</p></div>
</div>
</article></li>
"""


def _older_and_newer(paging: Paging) -> str:
    number = paging.number
    newer = paging.first if number == 2 else paging.page(number - 1)
    links = f'<div class="newer"><a href="{newer}"><span>أحدث</span></a></div>\n' if number > 1 else ""
    if number < paging.last:
        links += f'<div class="older"><a href="{paging.page(number + 1)}"><span>أقدم</span></a></div>\n'
    return f'<div class="penci-pagination">\n{links}</div>\n'


def _numbers(paging: Paging) -> str:
    def link(number: int, classes: str, text: str) -> str:
        return f'<li><a class="{classes}page-numbers" href="{paging.page(number)}">{text}</a></li>\n'

    now, last = paging.number, paging.last
    near = [number for number in range(max(1, now - 2), min(last, now + 2) + 1) if number not in {1, last}]
    items = "".join(
        f'<li><span aria-current="page" class="page-numbers current">{number}</span></li>\n'
        if number == now
        else link(number, "", str(number))
        for number in (1, *near, last)
    )
    before = link(now - 1, "prev ", "السابق") if now > 1 else ""
    after = link(now + 1, "next ", "التالي") if now < last else ""
    return f'<div class="penci-pagination"><ul class="page-numbers">\n{before}{items}{after}</ul></div>\n'


def _more(paging: Paging) -> str:
    button = '<a class="penci-ajax-more-button" href="#" data-mes="لا مزيد" data-offset="10" data-number="10"'
    button += f' data-from="{paging.number}"><span class="ajax-more-text">عرض المزيد</span></a>'
    return f'<div class="penci-pagination penci-ajax-more">{button}</div>\n'
