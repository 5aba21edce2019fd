"""What WordPress's REST interface tells of posts."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any

from .history import DAMASCUS
from .plan import HERE, ROUND, STICKY, author, categories, tags
from .post_page import Post
from .replica import Replica
from .rest import Answer, Query, bad_number, embedded_term, listed, refusal, user

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
SHAPES = {
    **dict.fromkeys(("after", "before", "modified_after", "modified_before"), MOMENT),
    **dict.fromkeys(("include", "exclude", "categories", "tags", "author"), re.compile(r"\d+(?:,\d+)*")),
    "order": re.compile("asc|desc"),
    "orderby": re.compile("date|id|modified|include"),
    "status": re.compile("publish"),
}
"""How the values of parameters must look, or all of the request is refused."""

TERMS: dict[str, Callable[[int], Iterable[int]]] = {
    "categories": lambda place: (term.id for term in categories(place)),
    "tags": lambda place: (term.id for term in tags(place)),
    "author": lambda place: (author(place).id,),
}
SHOWN_AS = ("per_page", "page", "offset", "context", "_fields", "_embed")
"""Parameters that change which part is shown and how, not which posts are meant."""


def posts(replica: Replica, query: Query) -> Answer:
    """Return a page of the posts that ``query`` asks for.

    Known are after, before, modified_after, modified_before (of the site's own zone where they have none), include,
    exclude, slug, categories and tags (without their children's posts), author, sticky, order, orderby, offset,
    per_page, page, _fields and _embed; other parameters are passed over.
    """
    if query.get("context") == "edit":
        return refusal(401, "rest_forbidden_context")
    if any(name in query and not shape.fullmatch(query[name]) for name, shape in SHAPES.items()):
        return refusal(400, "rest_invalid_param")
    if refused := bad_number(query):
        return refused
    wanted = tuple(sorted((name, value) for name, value in query.items() if name not in SHOWN_AS))
    found = _found(replica, replica.changes.count, wanted)[int(query.get("offset", 0)) :]
    answer = listed(query, len(found), lambda *span: [_shown(replica, n, query) for n in found[slice(*span)]], "posts")
    is_beyond = found and int(query.get("page", 1)) > int(answer.headers["X-WP-TotalPages"])
    return refusal(400, "rest_post_invalid_page_number") if is_beyond else answer


def post(replica: Replica, number: int, query: Query) -> Answer:
    """Return one post by its id."""
    index = replica.by_id(number)
    return refusal(404, "rest_post_invalid_id") if index is None else Answer(200, _shown(replica, index, query))


@lru_cache(maxsize=16)
def _found(replica: Replica, _: int, wanted: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    """Return the posts that are meant, in order: a walk through all pages of a list sorts them once."""
    query = dict(wanted)
    found = [index for index in _candidates(replica, query) if index is not None and replica.is_listed(index)]
    for name, ids_of in TERMS.items():
        if name in query:
            ids = _numbers(query[name])
            places = {place for place in range(ROUND) if not ids.keys().isdisjoint(ids_of(place))}
            found = [index for index in found if index % ROUND in places]
    excluded = {replica.by_id(number) for number in _numbers(query.get("exclude", ""))}
    found = [index for index in found if index not in excluded and ("sticky" not in query or index in STICKY)]
    found = _between(found, replica.published, query.get("after"), query.get("before"))
    found = _between(found, replica.modified, query.get("modified_after"), query.get("modified_before"))
    return tuple(_ordered(replica, found, query))


def _candidates(replica: Replica, query: Query) -> Iterable[int | None]:
    if "include" in query:
        return map(replica.by_id, _numbers(query["include"]))
    if "slug" in query:
        return map(replica.find, query["slug"].lower().split(","))
    return range(replica.posts)


def _between(found: list[int], moment: Callable[[int], datetime], after: str | None, before: str | None) -> list[int]:
    if after:
        begin = _moment(after)
        found = [index for index in found if moment(index) > begin]
    if before:
        end = _moment(before)
        found = [index for index in found if moment(index) < end]
    return found


def _ordered(replica: Replica, found: list[int], query: Query) -> list[int]:
    """Return the posts in the order asked for; newest first, as a list without one is."""
    by, is_descending = query.get("orderby", "date"), query.get("order", "desc") == "desc"
    if by == "include":
        wanted = [*_numbers(query.get("include", ""))]
        return sorted(found, key=lambda index: wanted.index(replica.card(index).id))
    if by == "modified":
        return sorted(found, key=lambda index: (replica.modified(index), index), reverse=is_descending)
    return sorted(found, reverse=is_descending)  # an index counts posts by their date, and so does an id


def _shown(replica: Replica, index: int, query: Query) -> dict[str, Any]:
    """Return a post with the fields and the embedded things that are asked for."""
    post = replica.post(index)
    value = _fields(post) | {"_links": _links(post)}
    asked = [name for name in query.get("_fields", "").split(",") if name]
    kept = _only(value, asked) if asked else value
    wanted = query.get("_embed")
    if wanted is None or "_links" not in kept or (asked and "_embedded" not in asked):
        return kept
    every = wanted.lower() in ("", "1", "true")
    things = {name: make for name, make in EMBEDDED.items() if every or name in wanted.split(",")}
    return kept | {"_embedded": {name: make(post) for name, make in things.items() if name in kept["_links"]}}


def _only(value: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """Return the parts of ``value`` that are named, such as `title` or `title.rendered`."""
    kept: dict[str, Any] = {}
    for name in names:
        top, _, below = name.partition(".")
        with suppress(KeyError):
            part = value[top] if not below else {**kept.get(top, {}), below: value[top][below]}
            kept[top] = part
    return {name: kept[name] for name in value if name in kept}


def _fields(post: Post) -> dict[str, Any]:
    card = post.card
    is_hidden = card.status == "protected"
    text = "" if is_hidden else post.text
    return {
        "id": card.id,
        **_dates("date", card.published),
        "guid": {"rendered": f"{HERE}?p={card.id}"},
        **_dates("modified", post.modified),
        "slug": card.slug,
        "status": "publish",
        "type": "post",
        "link": card.url,
        "title": {"rendered": escape(card.title)},
        "content": {"rendered": text, "protected": is_hidden},
        "excerpt": {"rendered": "" if is_hidden else f"<p>{card.lead}</p>\n", "protected": is_hidden},
        "author": author(card.index).id,
        "featured_media": card.id + 2 if post.picture else 0,
        "sticky": card.index in STICKY,
        "format": "standard",
        "meta": [],
        "categories": [term.id for term in post.categories],
        "tags": [term.id for term in post.tags],
    }


def _dates(name: str, moment: datetime) -> dict[str, str]:
    local, utc = moment.astimezone(DAMASCUS), moment.astimezone(UTC)
    return {name: local.replace(tzinfo=None).isoformat(), f"{name}_gmt": utc.replace(tzinfo=None).isoformat()}


def _links(post: Post) -> dict[str, Any]:
    api, card = f"{HERE}wp-json/wp/v2/", post.card
    media = [{"embeddable": True, "href": f"{api}media/{card.id + 2}"}] if post.picture else []
    links = {
        "self": [{"href": f"{api}posts/{card.id}"}],
        "collection": [{"href": f"{api}posts"}],
        "author": [{"embeddable": True, "href": f"{api}users/{author(card.index).id}"}],
        "wp:featuredmedia": media,
        "wp:term": [
            {"taxonomy": "category", "embeddable": True, "href": f"{api}categories?post={card.id}"},
            {"taxonomy": "post_tag", "embeddable": True, "href": f"{api}tags?post={card.id}"},
        ],
    }
    return {name: link for name, link in links.items() if link}


def _media(post: Post) -> list[dict[str, Any]]:
    picture = {"id": post.card.id + 2, "type": "attachment", "media_type": "image", "source_url": post.picture}
    return [picture | {"caption": {"rendered": ""}}]


EMBEDDED: dict[str, Callable[[Post], list[Any]]] = {
    "author": lambda post: [user(author(post.card.index))],
    "wp:featuredmedia": _media,
    "wp:term": lambda post: [[embedded_term(term) for term in terms] for terms in (post.categories, post.tags)],
}


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=DAMASCUS)


def _numbers(listed: str) -> dict[int, None]:
    """Return the numbers of a list, each once, in its order."""
    return dict.fromkeys(int(number) for number in listed.split(",") if number)
