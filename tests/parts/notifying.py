"""A file that says whom to tell, with its secrets beside it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deploy.local.sink import MailSink, SmtpEndpoint
from tests.parts.catcher import Catcher

SECRET = b"0123456789abcdef0123456789abcdef"
MUST = ("stranded", "escalated")
EVERYTHING = (
    *("stranded", "escalated", "switch", "attester_silent"),
    *("in_review", "awaiting_approval", "reminded"),
)
NOBODY: Mapping[str, Any] = MappingProxyType({})


def secret_file(file: Path, text: str) -> str:
    """Write it for its owner alone; give back its name."""
    file.touch(mode=0o600)
    file.write_text(text + "\n")
    return file.name


def webhook(room: Path, catcher: Catcher, path: str = "/hook") -> dict[str, Any]:
    """Where a signed notification goes."""
    secret = f"whsec_{base64.b64encode(SECRET).decode()}"
    return {
        "webhook": f"{catcher.url}{path}",
        "secret_file": secret_file(room / "webhook-secret", secret),
        "ca_file": str(catcher.ca_file),
    }


def slack(room: Path, catcher: Catcher, path: str = "/services/T0/B0/secret") -> dict[str, Any]:
    """Where a message of Slack's goes."""
    file = secret_file(room / "slack-url", f"{catcher.url}{path}")
    return {"slack": file, "ca_file": str(catcher.ca_file)}


def smtp(room: Path, endpoint: SmtpEndpoint) -> dict[str, Any]:
    """The smart host of the house."""
    return {
        "url": f"smtp+starttls://{endpoint.login}@{endpoint.host}:{endpoint.port}",
        "password_file": secret_file(room / "smtp-password", endpoint.password),
        "ca_file": str(endpoint.ca_file),
        "from": "holdshort@house.example",
    }


def route(where: Mapping[str, Any], *kinds: str, **others: Any) -> dict[str, Any]:
    """Everything, at once, unless told otherwise."""
    return {"kinds": kinds or EVERYTHING, "gather": "0s", "where": dict(where), **others}


def book(
    room: Path,
    *,
    smtp: Mapping[str, Any] | None = None,
    people: Mapping[str, Any] = NOBODY,
    **routes: Mapping[str, Any],
) -> Path:
    """The file, in the room with its secrets."""
    said = {"routes": {name.replace("_", "-"): dict(one) for name, one in routes.items()}}
    others = {"smtp": smtp and dict(smtp), "people": dict(people)}
    file = room / "notify.json"
    file.write_text(json.dumps(said | {name: one for name, one in others.items() if one}))
    return file


def told_and_untold(room: Path, sink: MailSink) -> Path:
    """The file for one who is there, and one where nobody listens."""
    nobody = {"slack": secret_file(room / "slack-url", "https://127.0.0.1:1/")}
    ada = {"email": ["ada@house.example"]}
    house = smtp(room, sink.endpoint)
    return book(room, smtp=house, ada=route(ada), nobody=route(nobody))
