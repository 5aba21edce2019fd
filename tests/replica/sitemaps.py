"""The sitemaps of the replica: core's, or those of a plugin.

Core's and Yoast's are as measured; Rank Math's are as its documentation and its pages have them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from .plan import AUTHORS, CATEGORIES, HERE, OF_TERM, TAGS, is_protected
from .replica import Replica


@dataclass(frozen=True, slots=True)
class Form:
    """How one maker names and fills its sitemaps; an index names them all."""

    index: str
    posts: str
    """The name of a sitemap of posts: `{}` is its number."""

    size: int
    others: dict[str, str]
    """The names of the sitemaps of pages, categories, tags and users."""

    moved: dict[str, tuple[int, str]]
    """The status and the target of names that lead elsewhere."""

    has_dates: bool = True
    plain: Literal["never", "first", "only"] = "never"
    """Which sitemap of posts goes without its number; Yoast's first begins with the home page."""

    is_newest_first: bool = False
    has_pictures: bool = False


_PLUGINS = {kind: f"{kind}-sitemap.xml" for kind in ("page", "category", "post_tag", "author")}
_CORE = {
    "page": "wp-sitemap-posts-page-1.xml",
    "category": "wp-sitemap-taxonomies-category-1.xml",
    "post_tag": "wp-sitemap-taxonomies-post_tag-1.xml",
    "author": "wp-sitemap-users-1.xml",
}
_TO_CORE = {"sitemap.xml": (302, "wp-sitemap.xml")}
_TO_PLUGIN = {"sitemap.xml": (301, "sitemap_index.xml"), "wp-sitemap.xml": (301, "sitemap_index.xml")}

FORMS = {
    "core": Form("wp-sitemap.xml", "wp-sitemap-posts-post-{}.xml", 2000, _CORE, _TO_CORE, has_dates=False),
    "yoast": Form("sitemap_index.xml", "post-sitemap{}.xml", 1000, _PLUGINS, _TO_PLUGIN, plain="first"),
    "rank-math": Form(
        "sitemap_index.xml",
        "post-sitemap{}.xml",
        200,
        _PLUGINS,
        _TO_PLUGIN,
        plain="only",
        is_newest_first=True,
        has_pictures=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One address of a sitemap."""

    url: str
    changed: datetime | None = None
    picture: str | None = None


def sitemap(replica: Replica, name: str) -> str | None:
    """Return the sitemap of this name, or None."""
    form = FORMS.get(replica.sitemaps or "")
    if form is None:
        return None
    if name == form.index:
        return _page("sitemapindex", "sitemap", _index(replica, form), form)
    lines = _lines(replica, form, name)
    return _page("urlset", "url", lines, form) if lines else None


def moved(replica: Replica, name: str) -> tuple[int, str] | None:
    """Return the status and the target of a name that leads elsewhere."""
    form = FORMS.get(replica.sitemaps or "")
    return form.moved.get(name) if form else None


def _index(replica: Replica, form: Form) -> Iterator[Line]:
    for name, part in _parts(replica, form).items():
        yield Line(HERE + name, max(map(replica.modified, (part[0], part[-1]))))
    yield from (Line(HERE + name, replica.newest_change) for name in form.others.values())


def _parts(replica: Replica, form: Form) -> dict[str, list[int]]:
    """Return the posts of each sitemap of posts."""
    posts = _posts(replica, replica.changes.count)
    parts = [posts[start : start + form.size] for start in range(0, len(posts), form.size)]
    is_plain = form.plain == "first" or (form.plain == "only" and len(parts) == 1)
    return {form.posts.format("" if is_plain and number == 1 else number): part for number, part in enumerate(parts, 1)}


def _lines(replica: Replica, form: Form, name: str) -> Sequence[Line]:
    if part := _parts(replica, form).get(name):
        home = [Line(HERE, replica.newest_change)] if form.plain == "first" and name == form.posts.format("") else []
        return [*home, *_of_posts(replica, form, part)]
    kind = next((kind for kind, other in form.others.items() if other == name), "")
    changed = replica.newest_change
    used = [term for term in (*CATEGORIES, *TAGS) if replica.count(OF_TERM[term.path])]
    match kind:
        case "page":
            return [Line(f"{HERE}about/", changed)]
        case "author":
            return [Line(f"{HERE}author/{who.slug}/", changed) for who in AUTHORS]
        case "category" | "post_tag":
            return [Line(term.url, changed) for term in used if term.kind == kind.removeprefix("post_")]
    return []


def _of_posts(replica: Replica, form: Form, part: list[int]) -> Iterator[Line]:
    for index in part:
        picture = replica.post(index).picture if form.has_pictures else None
        yield Line(replica.card(index).url, replica.modified(index), picture)


@lru_cache(maxsize=16)
def _posts(replica: Replica, _: int) -> list[int]:
    """Return the posts in the order of their sitemaps: core's by id, with those that have a password."""
    form = FORMS[replica.sitemaps or "core"]
    found = [index for index in range(replica.posts) if replica.is_listed(index)]
    if not form.has_dates:
        return found
    found = [index for index in found if not is_protected(index)]
    return sorted(found, key=lambda index: (replica.modified(index), index), reverse=form.is_newest_first)


def _page(root: str, element: str, lines: Sequence[Line] | Iterator[Line], form: Form) -> str:
    pictures = ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"' if form.has_pictures else ""
    space = f'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{pictures}'
    inside = "".join(f"<{element}>{_line(line, form)}</{element}>\n" for line in lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {space}>\n{inside}</{root}>\n'


def _line(line: Line, form: Form) -> str:
    changed = line.changed.astimezone(UTC).isoformat() if line.changed and form.has_dates else ""
    date = f"<lastmod>{changed}</lastmod>" if changed else ""
    picture = f"<image:image><image:loc>{line.picture}</image:loc></image:image>" if line.picture else ""
    return f"<loc>{line.url}</loc>{date}{picture}"
