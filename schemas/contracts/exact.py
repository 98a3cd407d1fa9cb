"""Shapes that are read to the letter, from the very tables by which they are read."""

from __future__ import annotations

from typing import Any

from schemas.receipts import bundle, envelope, statement

JSON = dict[str, Any]

_LARGEST = 2**53 - 1
_KINDS: dict[type, JSON] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0, "maximum": _LARGEST},
    dict: {"type": "object"},
    list: {"type": "array"},
    type(None): {"type": "null"},
}


def exactly(fields: dict[str, type | tuple[type, ...]], **closer: JSON) -> JSON:
    """An object of exactly these fields; `closer` says more of some than their type."""
    said = {name: closer.get(name) or _any_of(kinds) for name, kinds in fields.items()}
    return {
        "type": "object",
        "properties": said,
        "required": list(fields),
        "additionalProperties": False,
    }


def _any_of(kinds: type | tuple[type, ...]) -> JSON:
    if isinstance(kinds, tuple):
        return {"anyOf": [_KINDS[kind] for kind in kinds]}
    return _KINDS[kinds]


def _list_of(shape: JSON, **bounds: int) -> JSON:
    return {"type": "array", "items": shape, **bounds}


def _or_null(shape: JSON) -> JSON:
    return {"anyOf": [shape, {"type": "null"}]}


_HEX = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BASE64 = {"type": "string", "contentEncoding": "base64"}
_DIGEST = {
    "anyOf": [exactly({name: str}, **{name: _HEX}) for name in ("hmac-sha256", "sha256")]
}
RECEIPT = exactly(
    statement.FIELDS,
    _type={"const": statement.IN_TOTO},
    predicateType={"const": statement.RECEIPT},
    subject=_list_of(exactly(statement.SUBJECT, digest=_DIGEST), minItems=1, maxItems=1),
    predicate=exactly(statement.PREDICATE, previous=_HEX),
)
ENVELOPE = exactly(
    envelope.FIELDS,
    payload=_BASE64,
    signatures=_list_of(exactly(envelope.SIGNATURE, sig=_BASE64), maxItems=1),
)
_PROOF = _list_of(_BASE64)
_INCLUDED = exactly(bundle.INCLUDED, envelope=ENVELOPE, proof=_PROOF)
RECEIPTS_OF_INTENT = exactly(
    bundle.INTENT,
    format={"const": bundle.OF_INTENT},
    since=_or_null(exactly(bundle.SINCE, proof=_PROOF)),
    count=ENVELOPE,
    receipts=_list_of(_INCLUDED),
    people=_list_of(exactly(bundle.WORD, document=ENVELOPE, receipt=_or_null(_INCLUDED))),
)
LOG = exactly(
    bundle.LOG,
    format={"const": bundle.OF_LOG},
    receipts=_list_of(ENVELOPE),
    people=_list_of(ENVELOPE),
)
