"""What a mail, or a request, hides from the person who decides about it.

    kinds.py       the kinds of findings, each with its meaning
    page.py        HTML, parsed as its reader meets it; elements.py
    styles.py      which style each element has     hiding.py   how a style hides
    telling.py     hidden text, and HTML against plain text; words.py compares
    characters.py  what nobody sees                 lookalikes.py  what looks like others
    links.py       where links lead                 loading.py     what loads, what acts
    files.py       attachments, by sorts.py
    requests.py    what is no mail

Pure functions of the mail's typed fields.  A finding is told to a person; it changes
nothing of what leaves, decides nothing, and is never stored.  The mail is an agent's: the
time is bounded whatever it says, and what cannot be read is itself a finding.
"""

from __future__ import annotations

from consumers.findings import telling
from consumers.findings.characters import invisible
from consumers.findings.files import files
from consumers.findings.kinds import Finding, Kind, Severity
from consumers.findings.links import misleading
from consumers.findings.loading import active, remote
from consumers.findings.lookalikes import lookalikes
from consumers.findings.page import Page, read_page
from consumers.findings.requests import of_request
from consumers.findings.telling import different, hidden
from outbox.intent import Artifact, Email

__all__ = ["Finding", "Kind", "Severity", "findings", "preheader"]


def findings(artifact: Artifact) -> tuple[Finding, ...]:
    """Everything found in it; empty: nothing was."""
    return _of_mail(artifact) if isinstance(artifact, Email) else tuple(of_request(artifact))


def _of_mail(mail: Email) -> tuple[Finding, ...]:
    try:
        page = read_page(mail.html)
    except RecursionError:
        page = Page(unread=["the HTML: it is too deep"])
    return (
        *(Finding(Kind.UNREADABLE, "html", f"nobody looked at {what}") for what in page.unread),
        *hidden(mail, page),
        *different(mail, page),
        *invisible(mail, page),
        *lookalikes(mail, page),
        *misleading(mail, page),
        *remote(page),
        *active(page),
        *files(mail),
    )


def preheader(mail: Email) -> str:
    """What a list of mails shows after its subject, though its HTML hides it; or nothing."""
    try:
        return telling.preheader(mail, read_page(mail.html))
    except RecursionError:
        return ""
