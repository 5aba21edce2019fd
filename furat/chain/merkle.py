"""Merkle trees as Certificate Transparency has them (RFC 6962, section 2.1): roots, and proofs for single leaves."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf; its prefix keeps it apart from that of a node."""
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\1" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over ``leaves``, of which only as many hashes are kept as the tree is high.

    >>> root([]).hex()[:8], root([b"a"]) == leaf_hash(b"a")
    ('e3b0c442', True)
    """
    subtrees: list[tuple[int, bytes]] = []  # whole ones, each higher than the next
    for leaf in leaves:
        height, digest = 0, leaf_hash(leaf)
        while subtrees and subtrees[-1][0] == height:
            digest = node_hash(subtrees.pop()[1], digest)
            height += 1
        subtrees.append((height, digest))
    if not subtrees:
        return EMPTY
    digest = subtrees.pop()[1]
    while subtrees:
        digest = node_hash(subtrees.pop()[1], digest)
    return digest


def paths(leaves: Sequence[bytes], wanted: Iterable[int]) -> dict[int, list[bytes]]:
    """Return the audit path of each leaf with a number in ``wanted`` (RFC 6962, section 2.1.1).

    >>> paths([b"a", b"b"], [0]) == {0: [leaf_hash(b"b")]}
    True
    """
    found: dict[int, list[bytes]] = {number: [] for number in wanted}
    places = {number: number for number in found}
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        for number, place in places.items():
            if place ^ 1 < len(level):
                found[number].append(level[place ^ 1])
            places[number] = place // 2
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return found


def root_by(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root of a tree of ``size`` leaves in which ``leaf`` has this ``number``, by its audit ``path``.

    None if the path is too long or too short for that place (RFC 9162, section 2.1.3.2).

    >>> root_by(b"b", 1, 2, [leaf_hash(b"a")]) == root([b"a", b"b"])
    True
    """
    if not 0 <= number < size:
        return None
    place, last, digest = number, size - 1, leaf_hash(leaf)
    for other in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            digest = node_hash(other, digest)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            digest = node_hash(digest, other)
        place, last = place // 2, last // 2
    return digest if last == 0 else None
