"""How a known fault gets into a real mail."""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable

from consumers.scorers.reading import unquoted
from outbox.intent import Attachment, Email

Fault = Callable[[Email, random.Random], Email]


def said(*forms: str) -> Fault:
    """One of these, between two lines of the text; `ANY` in it is a random letter or digit."""

    def put(mail: Email, dice: random.Random) -> Email:
        return within(mail, _filled(dice.choice(forms), dice), dice)

    return put


def within(mail: Email, line: str, dice: random.Random) -> Email:
    """The text with one more line somewhere."""
    lines = mail.text.splitlines() or [""]
    lines.insert(dice.randrange(len(lines) + 1), line)
    return mail.model_copy(update={"text": "\n".join(lines)})


def greeted(*names: str) -> Fault:
    """Such a greeting at its beginning."""

    def put(mail: Email, dice: random.Random) -> Email:
        return mail.model_copy(update={"text": f"{dice.choice(names)}\n\n{mail.text}"})

    return put


def garbled(mail: Email, dice: random.Random) -> Email:
    """A sentence with accents, read in the wrong encoding."""
    sentence = dice.choice(
        ("Café résumé naïve", "Grüße aus München", "It\u2019s \u201cso\u201d", "£100")
    )
    return within(mail, sentence.encode().decode("cp1252", "replace"), dice)


def twice(mail: Email, _: random.Random) -> Email:
    """The longest paragraph of its author's, once more behind itself."""
    paragraphs = unquoted(mail.text).split("\n\n")
    longest = max(paragraphs, key=lambda one: len(one.split()))
    text = mail.text.replace("\r", "").replace(longest, f"{longest}\n\n{longest}", 1)
    return mail.model_copy(update={"text": text})


def attached(filename: str, media_type: str, content: bytes) -> Fault:
    """One more file."""
    file = Attachment(
        filename=filename, media_type=media_type, content=base64.b64encode(content)
    )

    def put(mail: Email, _: random.Random) -> Email:
        return mail.model_copy(update={"attachments": (*mail.attachments[:19], file)})

    return put


def alone(fault: Fault) -> Fault:
    """The fault in a mail without files."""
    return lambda mail, dice: fault(mail.model_copy(update={"attachments": ()}), dice)


def marked_up(*pieces: str) -> Fault:
    """This at the end of its HTML, which is its text if it has none."""

    def put(mail: Email, dice: random.Random) -> Email:
        plain = mail.text.replace("&", "&amp;").replace("<", "&lt;")
        html = mail.html or f"<html><body><pre>{plain}</pre></body></html>"
        before, end, after = html.rpartition("</body>")
        piece = dice.choice(pieces)
        return mail.model_copy(
            update={"html": f"{before}{piece}{end}{after}" if end else html + piece}
        )

    return put


def misspelled(mail: Email, dice: random.Random) -> Email:
    """A letter of another alphabet in a word of the subject."""
    letter = dice.choice(("p\u0430ypal", "\u0430ccount", "mi\u0441rosoft", "p\u0430yment"))
    return mail.model_copy(update={"subject": f"{mail.subject} {letter}"})


ANY = "\xa4"
"""In a form: a random letter or digit."""
UNSEEN = "\u200b\u2060\u202e"


def unseen(mail: Email, dice: random.Random) -> Email:
    """A character that nobody sees inside of its text."""
    return within(mail, f"in{dice.choice(UNSEEN)}voice", dice)


def beside(mail: Email, dice: random.Random) -> Email:
    """HTML that says another figure than the text."""
    return mail.model_copy(
        update={
            "text": "The amount to be paid is 1200 EUR until the end of this month.",
            "html": "<p>The amount to be paid is 9200 EUR until the end of this month.</p>",
        }
    )


def mistyped(mail: Email, dice: random.Random) -> Email:
    """Its first recipient at a domain with two letters turned."""
    name, _, domain = mail.to[0].rpartition("@")
    at = dice.randrange(len(domain.split(".")[0]) - 1)
    turned = domain[:at] + domain[at + 1] + domain[at] + domain[at + 2 :]
    return mail.model_copy(update={"to": (f"{name}@{turned}", *mail.to[1:])})


def among(mail: Email, dice: random.Random) -> Email:
    """Two more recipients elsewhere."""
    more = ("ana@one.example", "bo@two.example", "cy@three.example")
    return mail.model_copy(update={"to": (*mail.to[:20], *more)})


def to_nobody(mail: Email, dice: random.Random) -> Email:
    """One more recipient that only ever sends."""
    name = dice.choice(("no-reply", "noreply", "donotreply", "mailer-daemon"))
    domain = mail.to[0].rpartition("@")[2]
    return mail.model_copy(update={"to": (*mail.to[:20], f"{name}@{domain}")})


def card(mail: Email, dice: random.Random) -> Email:
    """A number as a scheme issues it, with its check digit."""
    digits = (
        dice.choice("45") + dice.choice("12345") + "".join(dice.choices(string.digits, k=13))
    )
    right = next(d for d in string.digits if _checks(digits + d))
    number = digits + right
    spaced = " ".join(number[at : at + 4] for at in range(0, 16, 4))
    return within(mail, f"Card: {dice.choice((number, spaced))}", dice)


def _checks(number: str) -> bool:
    doubled = (int(d) * 2 if at % 2 == 0 else int(d) for at, d in enumerate(number))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _filled(form: str, dice: random.Random) -> str:
    signs = string.ascii_letters + string.digits
    return "".join(dice.choice(signs) if one == ANY else one for one in form)
