"""Three hundred mails as honest senders write them, in many languages and layouts.

They are put together from parts that vary independently, always the same.  They were
written before the findings were tuned, and not around them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from outbox.intent import Attachment, Email
from tests.findings import layouts

_COMPANIES = (
    ("Acme", "acme.example"),
    ("Müller & Söhne", "mueller.example"),
    ("Blue Harbor", "mail.blueharbor.example"),
    ("Café Zoë", "cafe-zoe.example"),
    ("Bücher-Stube", "bücher.example"),
    ("Nord 24", "nord24.example"),
)
_NAMES = (
    "Ana",
    "Jörg Weiß",
    "Zoë",
    "O\u2019Brien",
    "Łukasz",
    "Иван",
    "Ελένη",
    "محمد",
    "山田",
    "李雷",
)
_AMOUNTS = ("€1,249.00", "49,90 €", "$12.50", "1 200,00 zł", "¥3,980", "CHF 87.35")
_DATES = ("2026-11-03", "3 Nov 2026", "03.11.2026", "11/03/2026")
_PDF, _PNG, _ZIP = b"%PDF-1.7\n%...", b"\x89PNG\r\n\x1a\n....", b"PK\x03\x04........"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FILES = (
    ("invoice.pdf", "application/pdf", _PDF),
    ("Rechnung 2026-11.pdf", "application/pdf", _PDF),
    ("請求書.pdf", "application/pdf", _PDF),
    ("photo.v2.png", "image/png", _PNG),
    ("meeting.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ("export.csv", "text/csv", b"a,b\r\n1,2\r\n"),
    ("notes.txt", "text/plain", b"see you there"),
    ("offer.docx", f"{_OFFICE}wordprocessingml.document", _ZIP),
    ("prices.xlsx", f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ("photos.zip", "application/zip", _ZIP),
    ("scan.jpg", "image/jpeg", b"\xff\xd8\xff\xe0....JFIF"),
    ("report.pdf", "application/octet-stream", _PDF),
)


class Said(NamedTuple):
    """What a mail says, before it has a layout."""

    language: str
    kind: str
    subject: str
    first: str
    second: str
    button: str
    footer: str


def mails(count: int = 300) -> Iterator[Email]:
    """So many clean mails."""
    lines = (Path(__file__).with_name("clean.txt")).read_text("utf-8").splitlines()
    for number in range(count):
        yield _mail(Said(*lines[number % len(lines)].split("|")), random.Random(number))


def _mail(said: Said, dice: random.Random) -> Email:
    company, domain = dice.choice(_COMPANIES)
    words = {
        "number": f"{dice.choice(('INV-', 'R', '#', ''))}{dice.randrange(10_000, 99_999)}",
        "company": company,
        "name": dice.choice(_NAMES),
        "amount": dice.choice(_AMOUNTS),
        "date": dice.choice(_DATES),
    }
    said = Said(*(part.format(**words) for part in said))
    link = (
        f"https://{dice.choice(('www.', 'app.', ''))}{domain}/{said.kind}/{dice.randrange(999)}"
    )
    layout = dice.choice(layouts.ALL)
    text = dice.choice((_plain, _wrapped, _short))(said, link)
    return Email(
        sender=f"{dice.choice(('billing', 'hello', 'no-reply'))}@{domain}",
        sender_name=dice.choice((company, f"{company} Support", said.language.upper())),
        to=(dice.choice(("ana@customer.example", "j.weiss@firma.example")),),
        subject=unescape(said.subject),
        text=text if layout is None or dice.random() < 0.85 else "",
        html="" if layout is None else layout(said, company, link),
        attachments=_attached(dice),
    )


def _attached(dice: random.Random) -> tuple[Attachment, ...]:
    return tuple(
        Attachment.model_construct(filename=name, media_type=kind, content=content)
        for name, kind, content in dice.sample(_FILES, dice.choice((0, 0, 1, 2)))
    )


def _plain(said: Said, link: str) -> str:
    return unescape(
        f"{said.first}\n\n{said.second}\n\n{said.button}: {link}\n\n{said.footer}\n"
    )


def _wrapped(said: Said, link: str) -> str:
    body = f"{said.first} {said.second}".replace(". ", ".\r\n")
    return unescape(f"{body}\r\n\r\n{said.button}\r\n<{link}>\r\n\r\n-- \r\n{said.footer}\r\n")


def _short(said: Said, link: str) -> str:
    return unescape(f"{said.first}\n{said.second}\n[{said.button}]({link})\n")
