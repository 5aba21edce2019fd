"""The page of a package for a reader without tools, such as a lawyer: Arabic and English, to be printed."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from furat import __version__
from furat.chain.leaves import crawl_of
from furat.chain.proofs import Proven
from furat.clock import now
from furat.handover.dossier import Dossier, Evidence, Line
from furat.items import Article
from furat.store.history import State
from furat.store.records import key_of, parsed
from furat.terminal import readable, visible

if TYPE_CHECKING:
    from furat.handover.wacz import Capture

TEMPLATE = files("furat.handover") / "templates" / "evidence.html"


def page(evidence: Evidence, captures: "Sequence[Capture]", witnesses: Mapping[str, Any]) -> str:
    """Return the page as HTML: in one file, without a link to anything."""
    source = TEMPLATE.read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["address"] = lambda url: visible(readable(url))
    kept = {capture.kept.record: capture for capture in captures}
    return environment.from_string(source).render(
        site=evidence.site,
        made=now(),
        version=__version__,
        articles=[_article(each, evidence, kept) for each in evidence.chosen],
        links=evidence.proof.links,
        tokens=[name for link in evidence.proof.links for name in link.tokens],
        stamps=evidence.stamps,
        agreement=witnesses["agreement"],
        compared=witnesses["compared"],
        accounts=witnesses["articles"],
        records=len(captures),
    )


def _article(dossier: Dossier, evidence: Evidence, kept: "Mapping[str, Capture]") -> dict[str, Any]:
    told = {key_of(parsed(line.text)): line for line in evidence.lines}
    return {
        "id": dossier.id,
        "last": dossier.last,
        "addresses": dossier.addresses,
        "states": [
            {
                "number": number,
                "item": state.item,
                "crawl": state.crawl,
                "is_revision": state.is_revision,
                "is_gone": not isinstance(state.item, Article),
                "line": _proved(told.get((dossier.id, state.item.revision)), evidence.proof),
                "exchanges": list(_exchanges(dossier, state, kept)),
            }
            for number, state in enumerate(dossier.states, 1)
        ],
    }


def _proved(line: Line | None, proof: Proven) -> dict[str, Any] | None:
    """Return what is proven of a delivered ``line``; None if there is none."""
    if line is None:
        return None
    found = proof.proofs.get(line.part)
    links = {link.crawl: link for link in proof.links}
    return {"part": line.part, "manifest": links.get(found.manifest) if found else None}


def _exchanges(dossier: Dossier, state: State, kept: "Mapping[str, Capture]") -> "Iterator[Capture]":
    """Yield the responses that a state was read from."""
    for source in dossier.sources:
        is_of = source.revision == state.item.revision and source.seen >= state.item.seen
        is_its = crawl_of(source.file) in ("", state.crawl)  # of another tool, or of the crawl that saw it
        if is_of and is_its and source.record in kept:
            yield kept[source.record]
