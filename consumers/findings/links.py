"""Links that say one thing and do another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from consumers.findings.elements import Element
from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.lookalikes import host_of
from consumers.findings.page import Page
from consumers.findings.words import mailboxes, urls
from outbox.intent import Email

_SAFE = {"http", "https", "mailto", "tel", "sms", "cid", "ftp"}
_LEADS = {"href", "xlink:href", "action", "formaction"}
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20\u200b-\u200f\u2060\ufeff]")
_NAMED = re.compile(
    r"(?:https?://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24})(?::\d+)?(?:[/?#]\S{0,2000})?",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(pdf|docx?|xlsx?|png|jpe?g|gif|zip|txt|csv|html?|js|md|py|json|xml|ics)$"
)
_A_NUMBER = re.compile(r"^(\d+|0x[0-9a-f]+|\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$")


def misleading(mail: Email, page: Page) -> Iterator[Finding]:
    """Each link that is not what it seems, and a sender's name that is another's address."""
    for one in page.elements:
        for what in _about(one):
            yield Finding(Kind.MISLEADING_LINK, "html", what, Severity.ALARM)
    for url in urls(mail.text):
        if what := _odd_target(url):
            yield Finding(Kind.MISLEADING_LINK, "text", what, Severity.ALARM)
    others = mailboxes(mail.sender_name) - {mail.sender.lower()}
    if others:
        what = f"the sender's name is another address: {plainly(', '.join(sorted(others)))}"
        yield Finding(Kind.MISLEADING_LINK, "sender_name", what, Severity.ALARM)


def _about(link: Element) -> Iterator[str]:
    for name in sorted(_LEADS & link.attributes.keys()):
        if what := _odd_target(link.attributes[name]):
            yield what
    target = link.attributes.get("href", "") if link.name in ("a", "area") else ""
    text = " ".join("".join(link.inside).split())
    host = host_of(target)
    for named in _named(text):
        if host and not _same(named, host):
            yield f"its text says {plainly(named)}, it leads to {plainly(host)}"
    if target.lower().startswith("mailto:"):
        addressed = mailboxes(target.partition("?")[0])
        if (said := mailboxes(text)) and not said & addressed:
            yield f"its text says {plainly(', '.join(said))}, it writes to somebody else"


def _odd_target(target: str) -> str:
    plain = _BLANK.sub("", target[:10_000])
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in _SAFE and "." not in scheme[1]:
        return f"it leads to {plainly(plain, 40)}"
    if not scheme or scheme[1].lower() not in ("http", "https"):
        return ""
    try:
        split = urlsplit(plain.replace("\\", "/"))
        host = split.hostname or ""
    except ValueError:
        return f"it leads to no valid address: {plainly(plain, 40)}"
    if "@" in split.netloc:
        return (
            f"it only looks like {plainly(split.netloc.rpartition('@')[0])}: it leads to {host}"
        )
    return f"it leads to a bare number: {plainly(host)}" if _A_NUMBER.match(host) else ""


def _named(text: str) -> Iterator[str]:
    """The hosts that a link's text names."""
    if (found := _NAMED.fullmatch(text)) and not _FILES.search(found[1].lower()):
        yield found[1].lower()
        return
    for url in urls(text):
        if host := host_of(url):
            yield host


def _same(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
