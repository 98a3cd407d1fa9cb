"""What the fields of artifacts have in common, and how a refused one is named."""

from __future__ import annotations

from collections.abc import Container
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

OneLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f\x85\u2028\u2029]*$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2**20)]
MediaType = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$")]
FileName = Annotated[OneLine, StringConstraints(min_length=1, max_length=200)]


class Fields(BaseModel):
    """Exactly these, of exactly these types, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Amount(Fields):
    """How much money an artifact is about, in the smallest unit of its currency."""

    value: Annotated[int, Field(ge=0, lt=2**53)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """ISO 4217."""


Priced = Annotated[Amount | None, Field(exclude_if=lambda given: given is None)]
"""Caps on value count it.  None is not written: such bytes have no such field."""


def first_refused(refusal: ValidationError, *, but: Container[object] = ()) -> tuple[str, str]:
    """The first field that is refused, and why; never what stands there.

    `but` are the names of kinds, of which no field is.  The field is empty if it is all of it.
    """
    first = refusal.errors(include_url=False, include_input=False)[0]
    return ".".join(str(part) for part in first["loc"] if part not in but), first["msg"]
