"""Ask a destination what became of an attempt, by the name that both know it by.

It goes the same guarded way as the attempt did, and can change nothing there: it is a GET.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from consumers.channels import Evidence
from consumers.channels.http.answer import Answer
from consumers.channels.http.connecting import Way
from consumers.channels.http.exchange import exchanged
from consumers.channels.http.places import Place, place_of
from consumers.channels.http.providers.account import Provider
from consumers.channels.http.providers.channel import credentials
from consumers.channels.http.providers.fidelity import key_of
from consumers.channels.http.providers.mapping import at
from consumers.channels.http.request import Request
from consumers.channels.http.trail import Trail
from consumers.channels.http.verdict import YES
from consumers.channels.line import Stopped
from outbox.lookups import Stranded
from outbox.manifest import MailManifest, RequestManifest

Asking = Callable[[Stranded], Evidence]
"""What the other side says of it.  `found` says in words what that means."""

KNOWN = "the other side knows it"
UNKNOWN = "the other side does not know it, or not yet"
UNTOLD = "the other side does not tell"
UNASKED = "nobody can be asked"

_NOBODY: Evidence = {"found": UNASKED}


def of_requests(places: Mapping[str, Place]) -> Asking:
    """Ask the destination of a request, if its operator has said where."""

    def ask(about: Stranded) -> Evidence:
        manifest = about.manifest
        if not isinstance(manifest, RequestManifest):
            return _NOBODY
        place = place_of(places, manifest.request.url)
        if place is None or place.said.lookup is None:
            return {**_NOBODY, "why": "the destination has no lookup in HOLDSHORT_WEBHOOKS"}
        said = manifest.request
        url = place.said.lookup.url.replace("{id}", said.id).replace("{key}", said.key)
        own = {"accept": "application/json"}
        if place.said.auth is not None and place.credential is not None:
            own[place.said.auth.header] = place.credential
        return _asked(url, own, place.way, Trail(place.secrets), known=())

    return ask


def of_mail(provider: Provider) -> Asking:
    """Ask the provider of a mail, by its name for it or by ours."""

    def ask(about: Stranded) -> Evidence:
        manifest, lookup = about.manifest, provider.said.lookup
        if not isinstance(manifest, MailManifest) or lookup is None:
            return {**_NOBODY, "why": f"{provider.name} has no lookup"}
        if "{id}" in lookup.url and about.named is None:
            why = f"{provider.name} knows a mail by its own name alone, and has not told it"
            return {**_NOBODY, "why": why}
        url = lookup.url.replace("{id}", about.named or "").replace("{key}", key_of(manifest))
        own = {"accept": "application/json", **provider.said.headers}
        own |= credentials(provider, "GET", url, own, b"")
        return _asked(url, own, provider.way, Trail(provider.secrets), known=lookup.known)

    return ask


def _asked(
    url: str, own: dict[str, str], way: Way, trail: Trail, known: tuple[str, ...]
) -> Evidence:
    request = Request(url=url, method="GET", headers=own, body=b"")
    trail.note(host=request.host)
    try:
        answer = exchanged(request, way, lambda: None, trail)
    except Stopped as stop:
        why = trail.without_secrets(f"{trail.phase}: {stop.reason}")
        return {**trail.evidence(), "found": UNTOLD, "why": why}
    trail.note(status=answer.status, final_reply=trail.without_secrets(answer.line))
    return {**trail.evidence(), "found": _meaning(answer, known)}


def _meaning(answer: Answer, known: tuple[str, ...]) -> str:
    if answer.status in (404, 410):
        return UNKNOWN
    if answer.status not in YES:
        return UNTOLD
    if not known:
        return KNOWN
    try:
        said = json.loads(answer.body) if answer.whole else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or known[0] not in said:
        return UNTOLD
    return KNOWN if at(said, known) else UNKNOWN
