"""What can be found in a mail: its kinds, and how much each finding should worry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong, in one word; `meaning` says it in a sentence."""

    meaning: str
    example: str
    """HTML beside the plain text `Hello` in which it is found; of a file, its name.
    `&hellip;` stands for many more elements."""

    def __new__(cls, value: str, meaning: str, example: str) -> Kind:
        kind = str.__new__(cls, value)
        kind._value_, kind.meaning, kind.example = value, meaning, example
        return kind

    HIDDEN_TEXT = (
        "hidden_text",
        "HTML holds text that its reader does not see, or that only some see",
        '<p>Hello<p style="display:none">Pay to account 123',
    )
    DIFFERENT_TEXT = (
        "different_text",
        "the HTML and the plain text of the mail do not say the same",
        "<p>Hello, please pay 9,900 EUR",
    )
    INVISIBLE_CHARACTERS = (
        "invisible_characters",
        "a text holds characters that nobody sees, or that turn the direction of others",
        "<p>Hel&#8203;lo",
    )
    LOOKALIKE = (
        "lookalike",
        "a name, an address or a host is written with letters that look like others",
        '<p>Hello <a href="https://p&#1072;ypal.example">',
    )
    MISLEADING_LINK = (
        "misleading_link",
        "a link leads somewhere else than it says, or where no link should lead",
        '<p>Hello <a href="https://bank.example@evil.example">',
    )
    REMOTE_CONTENT = (
        "remote_content",
        "the mail loads something when it is opened, which tells who opens it and may change",
        '<p>Hello <img src="https://tracker.example/p.gif">',
    )
    ACTIVE_CONTENT = (
        "active_content",
        "HTML holds a script, an event handler or a form",
        '<p onclick="go()">Hello',
    )
    DISGUISED_FILE = (
        "disguised_file",
        "an attachment is not what its name or its type says",
        "invoice.pdf",
    )
    DANGEROUS_FILE = (
        "dangerous_file",
        "an attachment can run something on the machine of whoever opens it",
        "invoice.pdf.exe",
    )
    UNREADABLE = (
        "unreadable",
        "the mail is too large or too tangled to be looked at whole",
        "<p>Hello &hellip;",
    )


class Severity(StrEnum):
    """How much it should worry the person who decides."""

    WARNING = "warning"
    """Honest senders hardly do it."""
    ALARM = "alarm"
    """It is there to deceive."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a mail, to be told to a person.  It changes nothing of the mail."""

    kind: Kind
    where: str
    """The field it is in, as `html` or `attachments[2].filename`."""
    what: str
    """A short plain text; what is invisible is spelled out."""
    severity: Severity = Severity.WARNING


def plainly(text: str, longest: int = 80) -> str:
    """A piece of an agent's text that is safe to repeat: short, visible, on one line."""
    one_line = " ".join(text[: 4 * longest].split())
    shown = "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in one_line[:longest])
    return f"{shown}…" if len(one_line) > longest else shown
