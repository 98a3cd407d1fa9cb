"""What two texts say, compared: words, numbers, hosts."""

from __future__ import annotations

import re
import unicodedata

_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"']{1,2000}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_NUMBER = re.compile(
    r"\d{1,3}(?:[.,' \u00a0\u202f\u2019]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,:/-]\d+)*"
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}\w")
NEGATIONS = frozenset(
    [
        "not",
        "never",
        "no",
        "cannot",
        "don't",
        "won't",
        "nicht",
        "kein",
        "keine",
        "niemals",
        "pas",
        "jamais",
        "nie",
        "nunca",
        "не",
        "нет",
        "non",
        "nao",
        "não",
    ]
)


def unlinked(text: str) -> str:
    """The text without its web addresses."""
    return _URL.sub(" ", text)


def urls(text: str) -> list[str]:
    """The web addresses in a text."""
    return [found[0].rstrip(".,;:!?") for found in _URL.finditer(text)]


def words(text: str) -> set[str]:
    """Its words in a form that can be compared; a sign of Chinese or Japanese is one."""
    plain = unicodedata.normalize("NFKC", unlinked(text)).casefold().replace("\u00ad", "")
    plain = plain.replace("\u2019", "'").replace("\u200c", "").replace("\u200d", "")
    found: set[str] = set()
    for word in _WORD.findall(plain):
        found.update(word if _is_cjk(word[0]) else (word,))
    return found


def numbers(text: str) -> set[str]:
    """Its numbers of at least two digits, without the signs between them."""
    plain = unicodedata.normalize("NFKC", unlinked(text))
    found = (re.sub(r"\D", "", number) for number in _NUMBER.findall(plain))
    return {digits for digits in found if len(digits) >= 2}


def mailboxes(text: str) -> set[str]:
    """The mail addresses in it."""
    return {found.lower() for found in _ADDRESS.findall(text)}


def _is_cjk(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3"
