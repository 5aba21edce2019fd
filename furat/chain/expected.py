"""What manifests say that a file holds, once all that was taken away on purpose is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from furat.chain.blank import blank
from furat.chain.compare import is_whole
from furat.chain.leaves import File, Leaf, Part, Removed

Removals = Mapping[str, Mapping[tuple[int, str], Removed]]
"""By path, and by the offset and digest of the part."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A file as it should be."""

    whole: File
    """As it was when the manifest was written."""

    parts: Sequence[Part]
    """Its parts as they should be now."""

    removed: Sequence[Removed]
    """What was taken away since."""

    is_clear: bool
    """Whether the manifest tells the file once, and its parts make it up."""


def removals(sentences: Iterable[Removed]) -> dict[str, dict[tuple[int, str], Removed]]:
    """Return what these ``sentences`` take away; of the same part, the first counts."""
    found: dict[str, dict[tuple[int, str], Removed]] = defaultdict(dict)
    for leaf in sentences:
        found[leaf.path].setdefault((leaf.offset, leaf.sha256), leaf)
    return found


def expected(sentences: Iterable[Leaf], removed: Removals) -> list[Expected]:
    """Return the files that a manifest's ``sentences`` cover, without what was ``removed``; each once."""
    files, parts = defaultdict[str, list[File]](list), defaultdict[str, list[Part]](list)
    for leaf in sentences:
        match leaf:
            case File():
                files[leaf.path].append(leaf)
            case Part():
                parts[leaf.path].append(leaf)
    return [_expected(same, parts[path], removed.get(path, {})) for path, same in files.items()]


def _expected(same: Sequence[File], parts: Sequence[Part], removed: Mapping[tuple[int, str], Removed]) -> Expected:
    gone = {part: removed[key] for part in parts if (key := (part.offset, part.sha256)) in removed} if removed else {}
    now = [_without(part, gone[part].moment) if part in gone else part for part in parts] if gone else parts
    left = [part for part in now if part]
    return Expected(same[0], left, [*gone.values()], len(same) == 1 and is_whole(parts, same[0].size))


def _without(part: Part, moment: str) -> Part | None:
    """Return what stands in the place of a ``part`` that was taken away; None if nothing does."""
    if not part.path.endswith(".gz"):
        return None
    return replace(part, sha256=sha256(blank(part.length, moment)).hexdigest())
