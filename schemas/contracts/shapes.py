"""Every shape at rest or on a wire, and who writes it: which way it may change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from outbox.intent import Email
from outbox.manifest import MailManifest, RequestManifest
from outbox.policy.document import Policy
from outbox.webhook import Webhook
from schemas.contracts import exact
from schemas.events import StageEvent

JSON = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Way(StrEnum):
    """Who is on the other side, perhaps with another version than ours."""

    READ = "read"  # others write it, or we did long ago: what was taken once is taken still
    WRITTEN = "written"  # others read it: who could read it once still can
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Shape:
    """One of them."""

    name: str
    way: Way
    schema: JSON

    def written(self) -> JSON:
        """As it is exported."""
        return {
            "$schema": DIALECT,
            "$id": f"urn:holdshort:{self.name}:v1",
            **self.schema,
        }


def of_model(name: str, way: Way, model: type[BaseModel]) -> Shape:
    """The shape of what this model takes."""
    return Shape(name, way, model.model_json_schema(mode="validation", by_alias=True))


def shapes() -> list[Shape]:
    """All of ours, but those that only the description of an API has."""
    return [
        of_model("email", Way.READ, Email),
        of_model("webhook", Way.READ, Webhook),
        of_model("manifest", Way.BOTH, MailManifest),
        of_model("request-manifest", Way.BOTH, RequestManifest),
        of_model("policy", Way.READ, Policy),
        of_model("stage-event", Way.BOTH, StageEvent),
        Shape("receipt", Way.BOTH, exact.RECEIPT),
        Shape("envelope", Way.BOTH, exact.ENVELOPE),
        Shape("receipts", Way.BOTH, exact.RECEIPTS_OF_INTENT),
        Shape("log", Way.BOTH, exact.LOG),
    ]
