"""Letters that look like others, in the names by which people know whom they deal with.

Which letter looks like which is Unicode's table of confusables (UTS 39).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import idna
from confusable_homoglyphs import categories, confusables

from consumers.findings.kinds import Finding, Kind, Severity, plainly
from consumers.findings.page import Page
from consumers.findings.words import urls
from outbox.intent import Email

_WORD = re.compile(r"[^\W\d_]+")
_TOGETHER = ({"HAN", "HIRAGANA", "KATAKANA", "LATIN"}, {"HAN", "HANGUL", "LATIN"})
_ANY = {"COMMON", "INHERITED"}
_MOST = 20_000


def lookalikes(mail: Email, page: Page) -> Iterator[Finding]:
    """Each name, address and host that could be taken for another."""
    for where, host in sorted(set(_hosts(mail, page))):
        if why := doubtful_host(host):
            yield Finding(Kind.LOOKALIKE, where, f"{plainly(host)}: {why}", Severity.ALARM)
    texts = {"sender_name": mail.sender_name, "subject": mail.subject, "text": mail.text}
    locals_ = " ".join(one.rpartition("@")[0] for one in (mail.sender, *mail.recipients))
    yield from mixed_in({**texts, "addresses": locals_, "html": page.seen})


def mixed_in(texts: Mapping[str, str]) -> Iterator[Finding]:
    """Each of these texts, by where it stands, with a word of two scripts."""
    for where, text in texts.items():
        mixed = sorted(word for word in _odd_words(text) if is_mixed(word))
        if mixed:
            what = f"letters of two scripts in {plainly(', '.join(mixed))}"
            yield Finding(Kind.LOOKALIKE, where, what, Severity.ALARM)


def _hosts(mail: Email, page: Page) -> Iterator[tuple[str, str]]:
    for address in (mail.sender, *mail.recipients):
        yield "addresses", address.rpartition("@")[2].lower()
    for url in urls(mail.text):
        yield "text", host_of(url)
    for one in page.named("a", "area", "form"):
        for name in ("href", "action"):
            yield "html", host_of(one.attributes.get(name, ""))
    for url in urls(page.seen):
        yield "html", host_of(url)


def host_of(url: str) -> str:
    """The host of a web or mail address, as a browser finds it; empty if there is none."""
    plain = re.sub(r"[\t\r\n]", "", url.strip()).replace("\\", "/")
    if plain.lower().startswith("mailto:"):
        return plain.partition("?")[0].rpartition("@")[2].lower()
    if plain.lower().startswith("www."):
        plain = f"https://{plain}"
    try:
        return (urlsplit(plain).hostname or "").lower()
    except ValueError:
        return ""


def doubtful_host(host: str) -> str:
    """Why this host could be taken for another; empty if it could not."""
    for label in host.split("."):
        shown = _decoded(label)
        if shown is None:
            return "it is no valid name"
        if is_mixed(shown):
            return "it mixes letters of two scripts"
        if not shown.isascii() and all(map(_passes_for_latin, shown)):
            return "every letter of it looks like a Latin one"
        if shown != label:
            return f"it stands for {plainly(shown)}"
    return ""


def _decoded(label: str) -> str | None:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label[:200])
    except (idna.IDNAError, UnicodeError, ValueError, IndexError):
        return None


def _odd_words(text: str) -> set[str]:
    words = _WORD.findall(text) if not text.isascii() else []
    return {word for word in words[:_MOST] if not word.isascii()}


def is_mixed(word: str) -> bool:
    """Whether it is of two scripts that nobody writes in one word, to look like one."""
    scripts = {_script(c) for c in word if c.isalpha()} - _ANY
    if len(scripts) < 2 or any(scripts <= together for together in _TOGETHER):
        return False
    return any(map(_passes_for_latin, (c for c in word if not c.isascii() and c.isalpha())))


def _passes_for_latin(character: str) -> bool:
    return character.isascii() or (_script(character) != "LATIN" and _twins(character))


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return str(categories.alias(character))


@lru_cache(maxsize=4096)
def _twins(character: str) -> bool:
    found = confusables.is_confusable(character, greedy=True, preferred_aliases=[])
    return any("LATIN" in twin["n"] for one in found or () for twin in one["homoglyphs"])
