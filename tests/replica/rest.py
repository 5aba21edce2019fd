"""What WordPress's REST interface tells: where it is, and lists of categories, tags, users and posts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .plan import AUTHORS, CATEGORIES, HERE, OF_TERM, TAGS, Author, Members, Term, categories, tags
from .replica import Replica
from .theme import NAME

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A value to be sent as JSON."""

    status: int
    value: object
    headers: dict[str, str] = field(default_factory=dict)


def root(replica: Replica) -> Answer:
    """Return what the site says of itself."""
    spaces = [
        "oembed/1.0",
        *({"yoast": ["yoast/v1"], "rank-math": ["rankmath/v1"]}.get(replica.sitemaps or "", [])),
        "wp/v2",
    ]
    site = {"name": NAME, "description": "", "url": HERE, "home": HERE}
    return Answer(200, site | {"gmt_offset": 3, "timezone_string": "Asia/Damascus", "namespaces": spaces, "routes": {}})


def listed(query: Query, total: int, show: Callable[[int, int], Sequence[object]], route: str) -> Answer:
    """Return the page of a list that ``query`` asks for; ``show`` gives its items from one rank to another."""
    size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
    last = -(-total // size)
    near = [(number, name) for number, name in ((page - 1, "prev"), (page + 1, "next")) if 1 <= number <= last]
    asked = "".join(
        f"&{name}={value}" for name, value in query.items() if name not in ("per_page", "page", "rest_route")
    )
    links = ", ".join(
        f'<{HERE}wp-json/wp/v2/{route}?per_page={size}&page={number}{asked}>; rel="{name}"' for number, name in near
    )
    headers = {"X-WP-Total": str(total), "X-WP-TotalPages": str(last), **({"Link": links} if links else {})}
    return Answer(200, show((page - 1) * size, min(page * size, total)), headers)


def refusal(status: int, code: str) -> Answer:
    """Return an error as WordPress puts it."""
    return Answer(status, {"code": code, "message": "لا يمكن تلبية هذا الطلب.", "data": {"status": status}})


def bad_number(query: Query) -> Answer | None:
    """Return the refusal of a page that can't be, or None."""
    limits = {"per_page": 100, "page": None, "offset": None}
    for name in limits.keys() & query.keys():
        number = int(query[name]) if query[name].isdecimal() else -1
        if number < (name != "offset") or number > (limits[name] or number):
            return refusal(400, "rest_invalid_param")
    return None


def terms_of(own: Sequence[Term], route: str) -> Callable[[Replica, Query], Answer]:
    """Return what answers for a taxonomy."""

    def answer(replica: Replica, query: Query) -> Answer:
        search = query.get("search", "")
        found = [term for term in own if search in term.name or search in term.slug]
        shown = [_term(replica, term) for term in found]
        return bad_number(query) or listed(query, len(found), lambda start, stop: shown[start:stop], route)

    return answer


def users(query: Query) -> Answer:
    """Return who has published something."""
    return bad_number(query) or listed(
        query, len(AUTHORS), lambda start, stop: [user(who) for who in AUTHORS[start:stop]], "users"
    )


def user(who: Author) -> dict[str, object]:
    """Return what REST says of an author."""
    return {"id": who.id, "name": who.name, "link": f"{HERE}author/{who.slug}/", "slug": who.slug}


def _term(replica: Replica, term: Term) -> dict[str, object]:
    """Return what REST says of a term; its count leaves the children's posts out."""
    places = OF_TERM[term.path].places
    own = Members(tuple(place for place in places if term in (*categories(place), *tags(place))))
    return embedded_term(term) | {"count": replica.count(own), "parent": term.parent.id if term.parent else 0}


def embedded_term(term: Term) -> dict[str, object]:
    """Return what REST says of a term within a post."""
    taxonomy = "category" if term.kind == "category" else "post_tag"
    return {"id": term.id, "link": term.url, "name": term.name, "slug": term.slug, "taxonomy": taxonomy}


TERM_LISTS = {"categories": terms_of(CATEGORIES, "categories"), "tags": terms_of(TAGS, "tags")}
