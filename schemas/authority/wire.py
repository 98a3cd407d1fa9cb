"""DSSE as JSON on a wire: what is to be signed, and what was."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from schemas.authority.documents import APPROVAL, Approval
from schemas.receipts import reading
from schemas.receipts.envelope import Envelope, envelope


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Signature(_Strict):
    keyid: str
    sig: str
    """Base64."""


class Signed(_Strict):
    """A DSSE envelope, with one signature."""

    payloadType: str
    payload: str
    """Base64."""
    signatures: Annotated[list[Signature], Field(min_length=1, max_length=1)]

    def envelope(self) -> Envelope:
        """What it says to be; nothing is verified.  Raises `Unreadable`."""
        return envelope(self.model_dump())


class ToSign(BaseModel):
    """What a person signs with their own key, where only they have it."""

    payloadType: str
    payload: str

    @classmethod
    def of(cls, approval: Approval) -> ToSign:
        """Raises `Unreadable` for what no approval may say."""
        return cls(payloadType=APPROVAL, payload=reading.spelled(approval.written()))
