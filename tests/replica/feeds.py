"""The feeds of the replica: RSS and Atom as WordPress writes them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from xml.sax.saxutils import escape

from .plan import HERE
from .post_page import PASSWORD_FORM, Post
from .theme import NAME

TYPES = {"rss": "application/rss+xml; charset=UTF-8", "atom": "application/atom+xml; charset=UTF-8"}

_RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>
<channel>
	<title>{title}</title>
	<atom:link href="{here}" rel="self" type="application/rss+xml" />
	<link>{home}</link>
	<lastBuildDate>{changed}</lastBuildDate>
	<language>ar</language>
	<generator>https://wordpress.org/?v=6.1.9</generator>
{items}</channel>
</rss>
"""

_ATOM = """<?xml version="1.0" encoding="UTF-8"?><feed
	xmlns="http://www.w3.org/2005/Atom"
	xml:lang="ar"
	>
	<title type="text">{title}</title>
	<updated>{changed}</updated>
	<link rel="alternate" type="text/html" href="{home}" />
	<id>{here}</id>
	<link rel="self" type="application/atom+xml" href="{here}" />
	<generator uri="https://wordpress.org/" version="6.1.9">WordPress</generator>
{items}</feed>
"""


def feed(kind: str, posts: Sequence[Post], title: str, path: str, newest_change: datetime) -> str:
    """Return a feed of ``posts``; ``title`` is that of its listing, or empty."""
    page, item, moment = (_ATOM, _entry, _iso) if kind == "atom" else (_RSS, _item, _rfc)
    return page.format(
        title=escape(f"{title} – {NAME}" if title else NAME),
        here=HERE + path,
        home=HERE,
        changed=moment(max((post.modified for post in posts), default=newest_change)),
        items="".join(map(item, posts)),
    )


def validators(newest_change: datetime) -> dict[str, str]:
    """Return the headers by which a client may ask again: they are the whole site's, whatever the feed."""
    changed = format_datetime(newest_change.astimezone(UTC), usegmt=True)
    tag = md5(changed.encode(), usedforsecurity=False).hexdigest()
    return {"Last-Modified": changed, "ETag": f'"{tag}"'}


def _item(post: Post) -> str:
    card = post.card
    terms = "".join(f"\t\t<category>{_cdata(term.name)}</category>\n" for term in (*post.categories, *post.tags))
    return f"""	<item>
		<title>{card.heading}</title>
		<link>{card.url}</link>
		<comments>{card.url}#respond</comments>
		<dc:creator>{_cdata(card.author)}</dc:creator>
		<pubDate>{_rfc(card.published)}</pubDate>
{terms}		<guid isPermaLink="false">{HERE}?p={card.id}</guid>
		<description>{_cdata(_summary(post))}</description>
		<content:encoded>{_cdata(_content(post))}</content:encoded>
		<slash:comments>{post.comments}</slash:comments>
	</item>
"""


def _entry(post: Post) -> str:
    card = post.card
    terms = "".join(
        f'<category scheme="{HERE}" term="{escape(term.name)}" />' for term in (*post.categories, *post.tags)
    )
    return f"""	<entry>
		<author><name>{escape(card.author)}</name></author>
		<title type="html">{_cdata(card.heading)}</title>
		<link rel="alternate" type="text/html" href="{card.url}" />
		<id>{HERE}?p={card.id}</id>
		<updated>{_iso(post.modified)}</updated>
		<published>{_iso(card.published)}</published>
		{terms}
		<summary type="html">{_cdata(_summary(post))}</summary>
		<content type="html" xml:base="{card.url}">{_cdata(_content(post))}</content>
		<link rel="replies" type="text/html" href="{card.url}#comments" />
	</entry>
"""


def _content(post: Post) -> str:
    """Return the first page of the text, or the form that asks for the password."""
    return PASSWORD_FORM if post.card.status == "protected" else post.page_text(1)


def _summary(post: Post) -> str:
    return "النص محمي بكلمة مرور." if post.card.status == "protected" else post.card.lead


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def _rfc(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
