"""What could never be sent is refused at the door."""

from __future__ import annotations

import json

import pytest

from outbox.errors import BadArtifact
from outbox.intent import parse_artifact
from tests.parts.journey import mail


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"to": []}, "to"),
        ({"to": ["not an address"]}, "to.0"),
        ({"to": ["ada@example.org", "ada@example.org"]}, "named twice"),
        ({"sender": "a@example.com\r\nBcc: eve@example.net"}, "sender"),
        ({"sender_name": "Billing\r\nBcc: eve@example.net"}, "sender_name"),
        ({"subject": "Hello\nBcc: eve@example.net"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"text": "", "html": "  "}, "needs text or html"),
        ({"text": "a\x00b"}, "text"),
        ({"bcc": ["eve@example.net"]}, "bcc"),
        ({"headers": {"X-Mailer": "x"}}, "headers"),
        ({"channel": "pigeon"}, "channel"),
        ({"text": 7}, "text"),
    ],
)
def test_what_could_never_be_sent_is_refused_with_its_field(
    wrong: dict[str, object], named: str
) -> None:
    fields = mail().model_dump(mode="json") | wrong

    with pytest.raises(BadArtifact, match=named):
        parse_artifact(json.dumps(fields))
