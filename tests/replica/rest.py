"""What WordPress's REST interface tells of categories and tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .plan import CATEGORIES, OF_TERM, TAGS, Members, Term, categories, tags
from .replica import Replica

ROUTES: dict[tuple[str, ...], Sequence[Term]] = {("wp", "v2", "categories"): CATEGORIES, ("wp", "v2", "tags"): TAGS}


@dataclass(frozen=True, slots=True)
class Answer:
    """A value to be sent as JSON."""

    status: int
    value: object
    headers: dict[str, str] = field(default_factory=dict)


def rest(replica: Replica, route: Sequence[str], query: Mapping[str, str]) -> Answer:
    """Return the answer to a route: a list of terms, or a refusal where the site keeps REST closed.

    >>> rest(Replica(), ["wp", "v2", "tags"], {}).status
    401
    """
    if not replica.rest:
        return _refusal(401, "rest_not_logged_in")
    terms = ROUTES.get(tuple(route))
    if terms is None:
        return _refusal(404, "rest_no_route")
    size, page, search = int(query.get("per_page", 10)), int(query.get("page", 1)), query.get("search", "")
    if not 1 <= size <= 100:
        return _refusal(400, "rest_invalid_param")
    found = [term for term in terms if search in term.name or search in term.slug]
    headers = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
    return Answer(200, [_term(replica, term) for term in found[(page - 1) * size : page * size]], headers)


def _term(replica: Replica, term: Term) -> dict[str, object]:
    """Return what REST says of a term; its count leaves the children's posts out."""
    places = OF_TERM[term.path].places
    own = Members(tuple(place for place in places if term in (*categories(place), *tags(place))))
    return {
        "id": term.id,
        "count": replica.count(own),
        "link": term.url,
        "name": term.name,
        "slug": term.slug,
        "taxonomy": "category" if term.kind == "category" else "post_tag",
        "parent": term.parent.id if term.parent else 0,
    }


def _refusal(status: int, code: str) -> Answer:
    return Answer(status, {"code": code, "message": "لا يمكن تلبية هذا الطلب.", "data": {"status": status}})
