"""The log's tree is that of RFC 6962, whatever its size and however it grew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.receipts import merkle
from schemas.receipts.merkle import Place
from tests.parts.receipts import root_of

KNOWN_LEAVES = tuple(
    map(
        bytes.fromhex,
        (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ),
    )
)
KNOWN_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The roots of the first leaves, one to eight, as Certificate Transparency's own tests
have them (`merkle_tree_test`)."""

leaves = st.lists(st.binary(max_size=8), max_size=70, unique=True)


def grown_in(parts: list[list[bytes]]) -> dict[Place, bytes]:
    """Every node of the tree that grew by these parts."""
    nodes: dict[Place, bytes] = {}
    size = 0
    for part in parts:
        edge = {place: nodes[place] for place in merkle.edge_of(size)}
        hashes = [merkle.leaf_hash(leaf) for leaf in part]
        nodes |= {
            (level, index): hash for level, index, hash in merkle.grown(size, edge, hashes)
        }
        size += len(part)
    return nodes


def root(nodes: dict[Place, bytes], size: int) -> bytes:
    return merkle.folded([nodes[place] for place in merkle.edge_of(size)])


@pytest.mark.parametrize("size", range(1, 9))
def test_its_roots_are_those_of_certificate_transparency(size: int) -> None:
    nodes = grown_in([[*KNOWN_LEAVES]])

    assert root(nodes, size).hex() == KNOWN_ROOTS[size - 1]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert root({}, 0).hex() == expected


@given(leaves, st.data())
def test_however_it_grew_every_root_is_the_definition(
    all_of_them: list[bytes], data: st.DataObject
) -> None:
    middle = data.draw(st.integers(0, len(all_of_them)))
    nodes = grown_in([all_of_them[:middle], all_of_them[middle:]])

    for size in range(len(all_of_them) + 1):
        assert root(nodes, size) == root_of(all_of_them[:size])
    assert len(nodes) <= 2 * len(all_of_them)


@given(leaves.filter(bool), st.data())
def test_every_leaf_proves_its_place_and_no_other_one_does(
    all_of_them: list[bytes], data: st.DataObject
) -> None:
    size = len(all_of_them)
    nodes = grown_in([all_of_them])
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.hashed(merkle.inclusion(index, size), nodes.__getitem__)
    leaf = merkle.leaf_hash(all_of_them[index])

    assert merkle.root_by_inclusion(leaf, index, size, proof) == root_of(all_of_them)
    assert len(proof) <= size.bit_length()
    for other in range(size + 2):
        if other != index:
            assert proved(leaf, other, size, proof) != root_of(all_of_them)
    for spoilt in (proof[1:], [*proof, leaf], [bytes(32), *proof[1:]]):
        if spoilt != proof:
            assert proved(leaf, index, size, spoilt) != root_of(all_of_them)


def proved(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    try:
        return merkle.root_by_inclusion(leaf, index, size, proof)
    except ValueError:
        return b""


@given(leaves, st.data())
def test_a_tree_continues_its_own_past_and_no_other(
    all_of_them: list[bytes], data: st.DataObject
) -> None:
    size = len(all_of_them)
    nodes = grown_in([all_of_them])
    old = data.draw(st.integers(0, size))
    proof = merkle.hashed(merkle.consistency(old, size), nodes.__getitem__)
    now, past = root_of(all_of_them), root_of(all_of_them[:old])

    assert merkle.continues(old, past, size, now, proof)
    assert not merkle.continues(old, bytes(32), size, now, proof)
    assert not merkle.continues(old, past, size, bytes(32), proof) or old == 0
    assert not merkle.continues(old, past, size, now, [*proof, now])
    if proof:
        assert not merkle.continues(old, past, size, now, proof[1:])
        assert not merkle.continues(old, past, size, now, [bytes(32), *proof[1:]])


def test_no_proof_makes_a_larger_tree_the_past_of_a_smaller() -> None:
    one, two = root_of([b"a"]), root_of([b"a", b"b"])

    assert not merkle.continues(2, two, 1, one, [])
    assert not merkle.continues(2, two, 1, one, [one, two])
