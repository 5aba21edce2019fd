"""What core's post_class() says of the categories and tags of a post, by their slugs.

https://developer.wordpress.org/reference/functions/get_post_class/
"""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode as Node

from furat.sections import Kind, Section

POST = re.compile(r"(?<!\S)post-\d{1,19}(?!\S)", re.ASCII)
LOST = re.compile(r"%[0-9a-f]{2}|[^\w-]", re.IGNORECASE | re.ASCII)
"""What sanitize_html_class() leaves out of a slug."""


def post_class(around: Iterable[Node]) -> str:
    """Return the classes that core gives to the first of the elements ``around`` an article that it marks as a post."""
    classes = (each.attributes.get("class") or "" for each in around)
    return next(filter(marks_a_post, classes), "")


def marks_a_post(classes: str) -> bool:
    """Return whether core gives ``classes`` to a post, which has a number and a type.

    >>> marks_a_post("post-7 post type-post hentry"), marks_a_post("post-7 type")
    (True, False)
    """
    return " type-" in classes and POST.search(classes) is not None


def own(sections: tuple[Section, ...], kind: Kind, classes: str) -> tuple[Section, ...]:
    """Return those of ``sections`` that ``classes`` give to the post; all of them where these give it none, or most.

    >>> one, other = (Section("category", name, f"https://example.org/category/{name}/") for name in ("war", "sport"))
    >>> [section.name for section in own((one, other), "category", "post-7 type-post category-war")]
    ['war']
    """
    given = {name.removeprefix(f"{kind}-") for name in classes.split() if name.startswith(f"{kind}-")}
    if not given:
        return sections
    slugs = [(section, slug_of(section.url)) for section in sections]
    is_row = sum(not slug for _, slug in slugs) <= sum(map(str.isdecimal, given))
    found = tuple(section for section, slug in slugs if slug in given or (not slug and is_row))
    return sections if 2 * len(found) > len(sections) else found


def slug_of(url: str) -> str:
    """Return the slug of a section as core makes a class of it; empty where it takes the section's number instead.

    >>> slug_of("https://example.org/category/war-news/"), slug_of("https://example.org/tag/%D8%AD%D9%85%D8%B5/")
    ('war-news', '')
    """
    slug = LOST.sub("", url.rstrip("/").rpartition("/")[2])
    return "" if slug.strip("-").isdecimal() or not slug.strip("-") else slug
