"""Every fenced block of every page, and who proves it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

import click

from deploy.cli import holdshort
from deploy.site import HOUSE, pages

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SPLIT = {"|", "&&", ";"}
_REPLACED = {"ID": "7", "NAME": "ada", "...": "ab" * 32}


class Example(NamedTuple):
    """A block, by the page and its first line."""

    page: str
    language: str
    text: str

    @property
    def first(self) -> str:
        return self.text.splitlines()[0].strip()


def examples() -> Iterator[Example]:
    for page in pages():
        text = (HOUSE / f"{page}.md").read_text("utf-8")
        for found in _FENCE.finditer(text):
            yield Example(page, found[1].strip(), found[2])


def commands(text: str) -> Iterator[list[str]]:
    """The words of each of our commands in a shell's text, what leads it and where its
    output goes left out."""
    joined = text.replace("\\\n", " ")
    for line in joined.splitlines():
        try:
            words = shlex.split(line, comments=True)
        except ValueError:  # a quote that ends on another line: no command of ours
            continue
        words = [word for word in words if not re.fullmatch(r"[A-Z_]+=\S*", word)]
        if "holdshort" in words[:1]:
            yield list(_own(words))


def is_ours(text: str) -> bool:
    """Whether all lines are commands of ours, or set what they read."""
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    others = [line for line in lines if not line.startswith(("export ", "#"))]
    return bool(others) and len(others) == len(list(commands(text)))


def parsed(words: list[str]) -> None:
    """Take it as the command line would, and do not carry it out."""
    found: click.Command = holdshort
    context = click.Context(found)
    words = words[1:]
    while isinstance(found, click.Group):
        name, sub, words = found.resolve_command(context, words)
        assert sub is not None, words
        found, context = sub, click.Context(sub, parent=context, info_name=name)
    for one in found.params:
        if isinstance(one.type, click.Path):
            one.type.exists = False  # a file that it names is not there
    if not {"--help", "-h"} & set(words):
        found.parse_args(context, words)


def _own(words: list[str]) -> Iterator[str]:
    for word in words:
        if word in _SPLIT or word.startswith(">"):
            return
        yield _REPLACED.get(word, word)
