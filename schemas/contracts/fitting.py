"""Whether a shape still fits those who know an earlier one, and which field does not.

A writer writes what it declares and nothing else; a reader takes what it declares and, where
it is open, whatever else there is.  So a shape fits if all that one side can write, the other
takes.  `jsoncompat` judges that; it says neither where nor why, and does not look at patterns,
formats and encodings, so those are compared here, and what is wrong is looked for field by
field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsoncompat import check_compat

from schemas.contracts.shapes import Way

JSON = dict[str, Any]

_TALK = (
    "title",
    "description",
    "examples",
    "default",
    "discriminator",
    *("$schema", "$id", "$defs"),
)
_BY_FIELD = ("properties", "patternProperties")
_SAME = {"oneOf": "anyOf"}  # ours are told apart by their channel: never two of them at once
_UNJUDGED = ("pattern", "format", "contentEncoding")


def breaks(old: JSON, new: JSON, way: Way, *, where: str = "") -> list[str]:
    """What is wrong with the new one, each beginning with the field's name; empty if it fits.

    References are followed within each document; `where` is what is compared in both.
    """
    before, now = plain(old, old), plain(new, new)
    found: list[str] = []
    if way is not Way.WRITTEN:
        found += _breaks(_closed(before), now, where)
    if way is not Way.READ:
        found += _breaks(_closed(now), before, where, told=_WRITTEN)
    return list(dict.fromkeys(found))


def plain(node: Any, document: JSON) -> Any:
    """The same without references and without words for people."""
    if isinstance(node, list):
        return [plain(one, document) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return plain(_followed(node["$ref"], document), document)
    return {
        _SAME.get(name, name): (
            {field: plain(one, document) for field, one in said.items()}
            if name in _BY_FIELD  # a field may be called `title`
            else plain(said, document)
        )
        for name, said in node.items()
        if name not in _TALK
    }


def _followed(ref: str, document: JSON) -> JSON:
    found: Any = document
    for part in ref.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return dict(found)


def _closed(node: Any) -> Any:
    """What a writer of this shape writes: only what it declares."""
    if isinstance(node, list):
        return [_closed(one) for one in node]
    if not isinstance(node, dict):
        return node
    closed = {name: _closed(one) for name, one in node.items()}
    if "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed


_READ = {
    "gone": "is not taken any more",
    "required": "must be there now, and was not always",
    "other": "takes less than it did",
}
_WRITTEN = {
    "gone": "is new to readers that take no more than they know",
    "required": "is not always there any more",
    "other": "may say what readers do not take",
}


def _breaks(
    written: Any, read: Any, where: str, *, told: Mapping[str, str] = _READ
) -> list[str]:
    """Why not all of what is `written` so can be `read` so."""
    inside = [
        one
        for name, ours, theirs in _pairs(written, read, where)
        for one in _breaks(ours, theirs, name, told=told)
    ]
    own = [
        f"{_or_all(where)}: its {name} {told['other']}: {said}"
        for name, said in _unjudged(written, read)
    ]
    own += _gone(written, read, where, told)
    if inside or own or _fits(written, read):
        return own + inside
    return list(_missing(written, read, where, told)) or [
        f"{_or_all(where)}: {told['other']}: {_why(written, read)}"
    ]


def _gone(written: Any, read: Any, where: str, told: Mapping[str, str]) -> Iterator[str]:
    # Not left to `jsoncompat`: a field that `required` names is there for it.
    ours, theirs = (one.get("properties", {}) for one in (written, read))
    if read.get("additionalProperties") is False:
        for name in sorted(ours.keys() - theirs.keys()):
            yield f"{_at(where, name)}: {told['gone']}"


def _missing(written: Any, read: Any, where: str, told: Mapping[str, str]) -> Iterator[str]:
    always = written.get("properties", {}).keys() & set(written.get("required", ()))
    for name in sorted(set(read.get("required", ())) - always):
        yield f"{_at(where, name)}: {told['required']}"


def _unjudged(written: JSON, read: JSON) -> Iterator[tuple[str, str]]:
    """What nobody can judge must be the same, or be asked for no longer."""
    for name in _UNJUDGED:
        if read.get(name) not in (None, written.get(name)):
            yield name, f"{written.get(name)} is not {read[name]}"


def _pairs(written: JSON, read: JSON, where: str) -> Iterator[tuple[str, JSON, JSON]]:
    """What stands for the same in both."""
    ours, theirs = (one.get("properties", {}) for one in (written, read))
    for name in sorted(ours.keys() & theirs.keys()):
        yield _at(where, name), ours[name], theirs[name]
    for name, below in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(written.get(name), dict) and isinstance(read.get(name), dict):
            yield f"{where}{below}", written[name], read[name]
    takes = _by_kind(read)
    for kind, one in _by_kind(written).items() if "anyOf" in written else ():
        if kind in takes:
            yield where, one, takes[kind]


def _by_kind(node: JSON) -> dict[str, JSON]:
    """Several shapes by what tells each from the others; what nothing tells is left out."""
    kinds: dict[str, list[JSON]] = {}
    for one in node.get("anyOf", [node]):
        channel = one.get("properties", {}).get("channel", {}).get("const")
        kinds.setdefault(str(channel or one.get("const") or one.get("type")), []).append(one)
    return {kind: alike[0] for kind, alike in kinds.items() if len(alike) == 1}


def _fits(written: JSON, read: JSON) -> bool:
    return check_compat(json.dumps(written), json.dumps(read), "deserializer")


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _or_all(where: str) -> str:
    return where or "all of it"


def _why(written: JSON, read: JSON) -> str:
    if "enum" in written and "enum" in read:
        return ", ".join(str(one) for one in written["enum"] if one not in read["enum"])
    ours, theirs = (
        {n: s for n, s in one.items() if s != other.get(n)}
        for one, other in ((written, read), (read, written))
    )
    return f"{_short(ours)} is not within {_short(theirs)}"


def _short(node: JSON) -> str:
    said = json.dumps(node, sort_keys=True)
    return f"{said[:90]}..." if len(said) > 95 else said
