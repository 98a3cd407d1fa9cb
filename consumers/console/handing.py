"""What would be handed over, byte for byte, as far as that is known before it is sent; and how
to let it, without a browser."""

from __future__ import annotations

import datetime as dt
import shlex

from consumers.channels.http.request import draft
from consumers.channels.smtp.mime import compose
from outbox.intent import Artifact, Email
from outbox.manifest import MailManifest, Manifest


def handed_over(artifact: Artifact, manifest: Manifest) -> bytes:
    """A mail with its date of now; a request without the headers that say who asks."""
    if isinstance(artifact, Email):
        assert isinstance(manifest, MailManifest)
        date = dt.datetime.now(dt.UTC).replace(microsecond=0)
        return compose(artifact, manifest.headers.message_id, date)
    assert not isinstance(manifest, MailManifest)
    return draft(manifest, artifact.body)


def command(person: str, id: int | str = "ID", digest: str = "DIGEST") -> str:
    """How they approve it without a browser."""
    by = shlex.quote(person)
    return f"holdshort approve {id} --digest {digest} --by {by} --key FILE"
