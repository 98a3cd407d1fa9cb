"""The one way to write what a model of ours holds: RFC 8785, by the encoder in C.

It is that for them alone, and a test holds it against another implementation: their names
are ASCII, where the order of code points is that of UTF-16, and all their numbers are whole
and below 2^53.
"""

from __future__ import annotations

import json

from pydantic import BaseModel

_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
)


def written(model: BaseModel) -> bytes:
    """Its canonical bytes.  Raises `ValueError` for text that UTF-8 cannot hold."""
    return _ENCODER.encode(model.model_dump(mode="json")).encode()
