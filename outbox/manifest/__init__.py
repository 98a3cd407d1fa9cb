"""Everything that leaves, in one document, and the digest that names it.

A person does not approve a mail or a request but its manifest: which bytes, to whom, from
whom, how well the way is protected, and when.  It is RFC 8785 canonical JSON of strings,
booleans, whole numbers below 2^53, lists, objects and null, so it has one spelling; what is
spelled otherwise is no manifest.  It is made from the rows, again and again: by whoever shows
it, by the desk, and by the sender from what it holds.
"""

from __future__ import annotations

from outbox.manifest.making import Rows, manifest_of, required
from outbox.manifest.reading import differences, lines, read
from outbox.manifest.shape import MailManifest, Manifest, RequestManifest, Transport, sha256_of

__all__ = [
    "MailManifest",
    "Manifest",
    "RequestManifest",
    "Rows",
    "Transport",
    "differences",
    "lines",
    "manifest_of",
    "read",
    "required",
    "sha256_of",
]
