"""Which independent accounts of an article agree: its page, the site's feed, its API."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from furat.handover.dossier import Dossier
from furat.handover.wacz import HTML, Capture
from furat.store import Store
from furat.urls import canonical
from furat.wordpress.site_profile import NAME, read


def witnesses(store: Store, chosen: Iterable[Dossier], captures: Iterable[Capture]) -> dict[str, Any]:
    """Return how often the site's pages agree with its feed or API, and what each article was read from."""
    profile = read(store.checkpoints.get(NAME))
    kinds = {capture.kept.record: _kind(capture.kept.content_type) for capture in captures}
    compared = {canonical(teacher.url) for teacher in profile.teachers}
    return {
        "compared": profile.source,
        "when": profile.learned,
        "agreement": [
            {"field": each.field, "agrees": each.agrees, "asked": each.asked}
            for each in profile.agreement
            if each.asked
        ],
        "articles": {
            each.id: {
                "kept": dict(Counter(kinds[source.record] for source in each.sources if source.record in kinds)),
                "is_among_compared": not compared.isdisjoint(each.addresses),
            }
            for each in chosen
        },
    }


def _kind(content_type: str) -> str:
    """Return which account of an article a response is."""
    if content_type.startswith(HTML):
        return "page"
    return "api" if "json" in content_type else "feed" if "xml" in content_type else "other"
