"""The Merkle tree of the log, as RFC 6962 (section 2.1) defines it.

A tree is named by its size alone, since leaves are only ever added.  A *node* is a
complete subtree: (level, index) covers the leaves from index * 2^level on.  Nodes never
change, so every proof of every size is made of a few of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

Place = tuple[int, int]
"""Level and index of a node."""
Node = tuple[int, int, bytes]
"""A node's place, and its hash of 32 bytes."""
Range = tuple[int, int]
"""Some leaves: the first, and the one after the last."""

EMPTY = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_of(span: Range) -> list[Place]:
    """The largest nodes that make up a range of a tree, from the left to the right."""
    first, end = span
    places = []
    while first < end:
        level = (end - first).bit_length() - 1
        if first:
            level = min(level, (first & -first).bit_length() - 1)
        places.append((level, first >> level))
        first += 1 << level
    return places


def edge_of(size: int) -> list[Place]:
    """The nodes that a tree of this size grows on and its root is made of."""
    return nodes_of((0, size))


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of a range, given those of its nodes."""
    if not hashes:
        return EMPTY
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))


def grown(size: int, edge: dict[Place, bytes], leaves: Sequence[bytes]) -> Iterator[Node]:
    """Every node that these leaf hashes complete in a tree of `size`, with its edge."""
    known = dict(edge)
    for index, leaf in enumerate(leaves, size):
        place, hash = (0, index), leaf
        known[place] = hash
        yield (*place, hash)
        while place[1] & 1:
            hash = node_hash(known[place[0], place[1] - 1], hash)
            place = (place[0] + 1, place[1] >> 1)
            known[place] = hash
            yield (*place, hash)


def inclusion(index: int, size: int) -> list[Range]:
    """What to hash to prove that leaf `index` is in the tree of `size`: PATH."""
    first, end, above = 0, size, []
    while end - first > 1:
        middle = first + _largest_power_below(end - first)
        if index < middle:
            above.append((middle, end))
            end = middle
        else:
            above.append((first, middle))
            first = middle
    return above[::-1]


def consistency(old: int, size: int) -> list[Range]:
    """What to hash to prove that the tree of `size` continues that of `old`: PROOF.

    Nothing, if one of them is the other or is empty.
    """
    first, end, above, whole = 0, size, [], True
    while 0 < old != end:
        middle = first + _largest_power_below(end - first)
        if old <= middle:
            above.append((middle, end))
            end = middle
        else:
            above.append((first, middle))
            first, whole = middle, False
    return above[::-1] if whole else [(first, end), *above[::-1]]


def hashed(spans: Sequence[Range], node: Callable[[Place], bytes]) -> list[bytes]:
    """The hash of each range."""
    return [folded([node(place) for place in nodes_of(span)]) for span in spans]


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that this proof leads to; `ValueError` if it cannot be one of this place.

    RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        raise ValueError("no such place in the tree")
    place, last, hash = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ValueError("the proof is too long")
        if place & 1 or place == last:
            hash = node_hash(step, hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash = node_hash(hash, step)
        place, last = place >> 1, last >> 1
    if last:
        raise ValueError("the proof is too short")
    return hash


def continues(
    old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the tree of `size` continues that of `old`.

    RFC 9162, 2.1.4.2; trees of the same size continue each other if they are the same, and
    everything continues the empty tree.
    """
    if not 0 < old < size:
        return not proof and ((old, old_root) == (size, root) or (old, old_root) == (0, EMPTY))
    steps = [old_root, *proof] if old & (old - 1) == 0 else [*proof]
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not steps:
        return False
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (first, second) == (old_root, root)


def _largest_power_below(number: int) -> int:
    return 1 << ((number - 1).bit_length() - 1)
