"""A mail that has everything, and each provider that takes it."""

from __future__ import annotations

import base64

import pytest

from outbox.intent import Attachment
from tests.channels.http.accounts import TAKEN
from tests.channels.rig import MAIL

RICH = MAIL.model_copy(
    update={
        "sender_name": 'The "Agent", \\ 7',
        "html": "<p>Grüße</p>",
        "attachments": (
            Attachment(
                filename="a.pdf",
                media_type="application/pdf",
                content=base64.b64encode(b"%PDF"),
            ),
        ),
    }
)
FROM = '"The \\"Agent\\", \\\\ 7" <agent@example.com>'
FILE = base64.b64encode(b"%PDF").decode()
EACH = pytest.mark.parametrize("name", TAKEN)
