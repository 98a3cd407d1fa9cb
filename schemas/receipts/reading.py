"""Read what strangers wrote: exactly one spelling of everything, or it is unreadable."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import rfc8785

JSON = dict[str, Any]

_LARGEST = 2**53 - 1
_HEX = re.compile(r"[0-9a-f]{64}")


class Unreadable(ValueError):
    """This is not what it should be: nothing can be said about its truth."""


def parsed(text: bytes | str) -> Any:
    """JSON in which no name comes twice in one object."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON: {error}") from None


def canonical(value: object) -> bytes:
    """The one way to write this value (RFC 8785).  Raises `Unreadable` if there is none."""
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not canonical JSON: {error}") from None


def fields(value: object, shape: dict[str, type | tuple[type, ...]], of: str) -> JSON:
    """The object, if it has exactly these fields, of these types."""
    if not isinstance(value, dict):
        raise Unreadable(f"{of} is no object")
    if value.keys() != shape.keys():
        odd = ", ".join(sorted(value.keys() ^ shape.keys()))
        raise Unreadable(f"{of} lacks, or should not have: {odd}")
    for name, kinds in shape.items():
        found = value[name]
        if isinstance(found, bool) or not isinstance(found, kinds):
            raise Unreadable(f"{of}: {name} has another type")
        if isinstance(found, int) and not 0 <= found <= _LARGEST:
            raise Unreadable(f"{of}: {name} is out of range")
    return value


def bytes_of(text: object, of: str, *, length: int | None = None) -> bytes:
    """What base64 stands for, if it is spelled in the one way."""
    if not isinstance(text, str):
        raise Unreadable(f"{of} is no base64")
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        raise Unreadable(f"{of} is no base64") from None
    if spelled(found) != text or (length is not None and len(found) != length):
        raise Unreadable(f"{of} is not the one base64 of its bytes")
    return found


def spelled(content: bytes) -> str:
    """Base64, with padding."""
    return base64.b64encode(content).decode()


def digest(text: object, of: str) -> str:
    """A SHA-256 in hex."""
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise Unreadable(f"{of} is no SHA-256 in hex")
    return text


def _unique(pairs: list[tuple[str, Any]]) -> JSON:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")
