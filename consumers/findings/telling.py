"""What a mail says where its reader does not look, or says in one of its two forms only."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.page import Hidden, Page
from consumers.findings.words import NEGATIONS, mailboxes, numbers, urls, words
from outbox.intent import Email

LONGEST_PREHEADER = 200
_MANY = 12
_FEW = 4


def preheader(mail: Email, page: Page) -> str:
    """The line that a list of mails shows after the subject: hidden in HTML, yet read.

    Honest senders do this, so it is no finding.  A page that shows the mail shows it beside
    the subject.  Text that is long, or that holds an address, a link or a number of its own, is
    none: it is hidden text.
    """
    first = " ".join(" ".join(one.text for one in page.hidden if _starts(one)).split())
    shown = f"{mail.subject} {page.seen} {mail.text}"
    plain = len(first) <= LONGEST_PREHEADER and not urls(first) and not mailboxes(first)
    return first if plain and numbers(first) <= numbers(shown) else ""


def _starts(one: Hidden) -> bool:
    """It comes before all that is seen, in a way that mail programs still read."""
    return one.first and not one.why.startswith(("only in", "in a comment"))


def hidden(mail: Email, page: Page) -> Iterator[Finding]:
    """Hidden text that says something which is not seen elsewhere."""
    for text in page.sheet.written:
        yield Finding(Kind.HIDDEN_TEXT, "html", f"only in a style: {plainly(text)}")
    if not page.hidden:
        return
    shown = f"{mail.subject} {page.seen} {mail.text}"
    known, counted, found = words(shown), numbers(shown), set(mailboxes(shown))
    first = preheader(mail, page)
    for one in page.hidden:
        if first and _starts(one):
            continue
        news = words(one.text) - known or numbers(one.text) - counted or urls(one.text)
        if news or mailboxes(one.text) - found:
            yield Finding(
                Kind.HIDDEN_TEXT, "html", f"{one.why}: {plainly(one.text)}", Severity.ALARM
            )


def different(mail: Email, page: Page) -> Iterator[Finding]:
    """What only one of the two forms of a mail says."""
    if not (mail.text.strip() and mail.html.strip()):
        return
    for what in (*_numbers(mail, page), *_hosts(mail, page), *_words(mail, page)):
        yield Finding(Kind.DIFFERENT_TEXT, "html, text", what)


def _names(mail: Email) -> str:
    """What either form may say without the other: a list of mails shows it, too."""
    return f"{mail.subject} {mail.sender_name}"


def _numbers(mail: Email, page: Page) -> Iterator[str]:
    text, seen, both = numbers(mail.text), numbers(page.seen), numbers(_names(mail))
    if only := seen - text - both:
        yield f"only the HTML says {plainly(', '.join(sorted(only)))}"
    if only := text - seen - both:
        yield f"only the plain text says {plainly(', '.join(sorted(only)))}"


def _hosts(mail: Email, page: Page) -> Iterator[str]:
    targets = [one.attributes.get("href", "") for one in page.named("a", "area")]
    text = {_host(url) for url in urls(mail.text)} - {""}
    html = {_host(url) for url in (*targets, *urls(page.seen))} - {""}
    if text and (only := html - text):
        yield f"only the HTML leads to {plainly(', '.join(sorted(only)))}"
    if only := text - html:
        yield f"only the plain text leads to {plainly(', '.join(sorted(only)))}"


def _host(url: str) -> str:
    try:
        split = urlsplit(url if "//" in url else f"https://{url}")
        return (split.hostname or "").removeprefix("www.") if split.scheme != "mailto" else ""
    except ValueError:
        return ""


def _words(mail: Email, page: Page) -> Iterator[str]:
    text, seen, both = words(mail.text), words(page.seen), words(_names(mail))
    for of, only in (("HTML", seen - text - both), ("plain text", text - seen - both)):
        spoken = {word for word in only if len(word) > 3}
        signs = sum(len(word) == 1 and word > "\u3000" for word in only)
        most = _MANY if of == "HTML" else 2 * _FEW
        if only & NEGATIONS:
            yield f"only the {of} says {plainly(', '.join(sorted(only & NEGATIONS)))}"
        elif len(spoken) + signs / 2 > most or _is_all(only, text if of != "HTML" else seen):
            yield f"only the {of} says {plainly(', '.join(sorted(only)))}"


def _is_all(only: set[str], said: set[str]) -> bool:
    """Most of it is said nowhere else."""
    return len(only) > max(_FEW, len(said) / 2)
