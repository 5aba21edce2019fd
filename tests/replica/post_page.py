"""The page of a post."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from .cards import PICTURES, Card, Page
from .plan import HERE, Term
from .theme import NAME, byline, html_page, time, visible_date

PLACEHOLDER = (
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20800%20448'%3E%3C/svg%3E"
)

PASSWORD_FORM = f"""<form action="{HERE}wp-login.php?action=postpass" class="post-password-form" method="post">
<p>هذه المادة محمية، اكتب كلمة المرور لقراءتها:</p>
<p><label>كلمة المرور: <input name="post_password" type="password"></label> <input type="submit" value="دخول"></p>
</form>
"""


@dataclass(frozen=True, slots=True)
class Post:
    """All that the page of a post shows."""

    card: Card
    pages: list[Page]
    modified: datetime
    shows_modified: bool
    picture: str | None
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    comments: int

    @property
    def text(self) -> str:
        """All of its pages as REST gives them."""
        return "<p><!--nextpage--></p>\n".join(self.page_text(number + 1) for number in range(len(self.pages)))

    def page_text(self, number: int) -> str:
        """Return one of its pages without what the theme sets into it."""
        return "".join(block.html for block in self.pages[number - 1] if not block.is_themes)


@dataclass(frozen=True, slots=True)
class Around:
    """The posts to which the page of a post links."""

    older: Card | None
    newer: Card | None
    related: Sequence[Card]


def post_page(post: Post, number: int, around: Around, sidebar: str) -> str:
    """Return page ``number`` of a post."""
    card = post.card
    kind = "video" if post.pages[0][0].videos else "standard"
    main = f"""{_breadcrumb(post)}
<article id="post-{card.id}" class="post type-post status-publish">
{_header(post)}
{_picture(post.picture)}
<div class="post-entry blockquote-style-1">
<div class="inner-post-entry entry-content" id="penci-post-entry-inner">
{_entry(post, number)}{_tags(post)}</div>
</div>
<div class="tags-share-box single-post-share">
<span class="single-comment-o">{post.comments} تعليق</span>
<a class="post-share-item" href="https://www.facebook.com/sharer/sharer.php?u={card.url}">مشاركة</a>
</div>
<div class="post-author abio-style-1"><div class="author-content">
<h5><a href="{HERE}author/{card.author_slug}/" rel="author">{card.author}</a></h5>
<p>{card.author} من كتّاب {NAME}، يتابع أخبار المدن والأرياف.</p>
</div></div>
{_neighbours(around)}
{_related(around)}
{_comments(post)}
</article>"""
    classes = f"post-template-default single single-post postid-{card.id} single-format-{kind}"
    return html_page(_head(post, number), classes, main, sidebar)


def _head(post: Post, number: int) -> str:
    card = post.card
    return f"""<title>{card.heading or card.id} &#8211; {NAME}</title>
<link rel="alternate" type="application/json" href="{HERE}wp-json/wp/v2/posts/{card.id}" />
<link rel="canonical" href="{card.url}{f"{number}/" if number > 1 else ""}" />
<link rel='shortlink' href='{HERE}?p={card.id}' />
{_json_ld(post)}"""


def _json_ld(post: Post) -> str:
    """Return the structured data: a posting with dates alone, and the way to it."""
    card = post.card
    posting = {
        "@context": "https://schema.org/",
        "@type": "BlogPosting",
        "headline": card.title,
        "description": "" if card.status == "protected" else card.lead,
        "datePublished": card.published.date().isoformat(),
        "datemodified": post.modified.date().isoformat(),
        "mainEntityOfPage": card.url,
        "image": {"@type": "ImageObject", "url": post.picture or f"{HERE}wp-content/no-image.jpg"},
        "publisher": {"@type": "Organization", "name": NAME},
        "author": {"@type": "Person", "name": card.author, "url": f"{HERE}author/{card.author_slug}/"},
    }
    steps = [
        {"@type": "ListItem", "position": place, "item": {"@id": url, "name": name}}
        for place, (name, url) in enumerate(_way(post), 1)
    ]
    way = {"@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": steps}
    return "\n".join(f'<script type="application/ld+json">{_json(block)}</script>' for block in (posting, way))


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


def _way(post: Post) -> list[tuple[str, str]]:
    own = post.categories[0]
    terms = [own.parent, own] if own.parent else [own]
    return [("الرئيسية", HERE), *((term.name, term.url) for term in terms), (post.card.title, post.card.url)]


def _breadcrumb(post: Post) -> str:
    *above, (title, _) = _way(post)
    links = "".join(f'<span><a class="crumb" href="{url}">{name}</a></span> <i></i> ' for name, url in above)
    return f'<div class="container penci-breadcrumb">{links}<span>{escape(title)}</span></div>'


def _header(post: Post) -> str:
    card = post.card
    terms = " ".join(
        f'<a class="penci-cat-name penci-cat-{term.id}" href="{term.url}" rel="category tag">{term.name}</a>'
        for term in post.categories
    )
    changed = f"<span>آخر تحديث: {time(post.modified, 'modified')}</span>" if post.shows_modified else ""
    return f"""<div class="header-standard header-classic single-header">
<div class="penci-standard-cat"><span class="cat">{terms}</span></div>
<h1 class="post-title single-post-title entry-title">{card.heading}</h1>
<div class="penci-hide-tagupdated">{byline(card, "author-italic", "by")} {time(card.published)}</div>
<div class="post-box-meta-single">
{byline(card, "author-post byline", "بقلم")} <span>{time(card.published)}</span>{changed}
</div>
</div>"""


def _picture(url: str | None) -> str:
    """Return the lazy picture above the text; some addresses have Arabic letters where no escapes are needed."""
    if url is None:
        return ""
    raw = url.replace("%d8%b5%d9%88%d8%b1%d8%a9", "صورة")
    return f"""<div class="post-image"><a href="{url}" data-rel="penci-gallery-image-content">
<img class="attachment-penci-full-thumb penci-lazy wp-post-image" width="800" height="448" alt=""
 src="{PLACEHOLDER}" data-srcset="{raw} 585w" data-src="{url}">
</a></div>"""


def _entry(post: Post, number: int) -> str:
    """Return what stands in the body's element: the text and links to its other pages, or the password form."""
    if post.card.status == "protected":
        return PASSWORD_FORM
    text = "".join(block.html for block in post.pages[number - 1])
    return f'{text}<div class="penci-single-link-pages">{_page_links(post, number)}</div>\n'


def _tags(post: Post) -> str:
    links = "".join(f'<a href="{tag.url}" rel="tag">{tag.name}</a>' for tag in post.tags)
    return f'<div class="post-tags">\n{links} </div>\n' if links else ""


def _page_links(post: Post, number: int) -> str:
    if len(post.pages) == 1:
        return ""
    links = [f'<a href="{post.card.url}" class="post-page-numbers">1</a>']
    links += [
        f'<a href="{post.card.url}{other}/" class="post-page-numbers">{other}</a>'
        for other in range(2, len(post.pages) + 1)
    ]
    links[number - 1] = f'<span class="post-page-numbers current" aria-current="page">{number}</span>'
    return f'<p class="post-nav-links">الصفحات: {" ".join(links)}</p>'


def _neighbours(around: Around) -> str:
    links = "".join(
        f'<div class="{kind}-post"><span>{label}</span> <a href="{card.url}"><h5>{card.heading}</h5></a></div>\n'
        for kind, label, card in (("prev", "السابق", around.older), ("next", "التالي", around.newer))
        if card
    )
    return f'<div class="post-pagination">\n{links}</div>'


def _related(around: Around) -> str:
    items = "".join(
        f"""<div class="item-related">
<a class="related-thumb penci-image-holder" data-bgset="{PICTURES}photo-{card.index}-585.jpg" href="{card.url}"></a>
<h3><a href="{card.url}">{card.heading}</a></h3> <span class="date">{time(card.published)}</span>
</div>
"""
        for card in around.related
    )
    return f"""<div class="post-related">
<div class="post-title-box"><h4 class="post-box-title">قد يعجبك أيضاً</h4></div>
{items}</div>"""


def _comments(post: Post) -> str:
    comments = "".join(_comment(post, number) for number in range(1, post.comments + 1))
    return f"""<div class="post-comments" id="comments">
<div class="post-title-box"><h4 class="post-box-title">{post.comments} تعليق</h4></div>
<div class="comments">{comments}</div>
<div id="respond" class="comment-respond">
<h3 id="reply-title" class="comment-reply-title">اترك تعليقاً</h3>
<form action="{HERE}wp-comments-post.php" method="post" id="commentform" class="comment-form">
<textarea name="comment" placeholder="تعليقك"></textarea>
<input name="author" placeholder="الاسم"> <input name="email" placeholder="البريد">
<p class="comment-form-gdpr"><label><input type="checkbox"> أوافق على أن يحفظ الموقع ما كتبته هنا</label></p>
<input type="submit" value="إرسال">
</form>
</div>
</div>"""


def _comment(post: Post, number: int) -> str:
    mark = post.card.id * 10 + number
    return f"""<div class="comment" id="comment-{mark}"><div class="thecomment"><div class="comment-text">
<span class="author">زائر {number}</span>
<span class="date" datetime="{post.modified.isoformat()}">{visible_date(post.modified)}</span>
<div class="comment-content"><p>شكراً على هذا الخبر، ننتظر المزيد.</p></div>
<a rel="nofollow" class="comment-reply-link" href="{post.card.url}?replytocom={mark}#respond">رد</a>
</div></div></div>
"""
