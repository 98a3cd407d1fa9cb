"""What a mail hides is told to the person who decides; a clean mail is left in peace."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

from consumers.findings import Kind, findings, preheader
from outbox.intent import Attachment, Email
from tests.browser.hostile import corpus
from tests.findings.clean import mails
from tests.findings.smuggled import CASES

MB = 2**20


def mail(**fields: Any) -> Email:
    """A mail of which only these fields matter; names that no transport would take, too."""
    plain: dict[str, Any] = {
        "sender": "billing@acme.example",
        "sender_name": "Acme",
        "to": ("ana@customer.example",),
        "subject": "Hello",
        "text": "" if "html" in fields else "Hello Ana",
    }
    return Email.model_construct(**{**plain, "cc": (), "html": "", "attachments": (), **fields})


@pytest.mark.parametrize("case", CASES)
def test_what_is_smuggled_is_found(case: str) -> None:
    kind, fields = CASES[case]

    assert kind in {found.kind for found in findings(mail(**fields))}


def test_there_are_at_least_sixty_tricks_and_some_of_each_kind() -> None:
    assert len(CASES) >= 60
    assert {kind for kind, _ in CASES.values()} == set(Kind) - {Kind.UNREADABLE}


def test_of_three_hundred_clean_mails_at_most_one_in_fifty_is_flagged() -> None:
    flagged = {n: found for n, one in enumerate(mails(300)) if (found := findings(one))}

    assert len(flagged) <= 6, list(flagged.items())[:10]


def test_the_clean_mails_differ() -> None:
    every = list(mails(300))

    assert len({(one.html, one.text) for one in every}) > 295
    assert sum("display:none" in one.html for one in every) > 60


def test_a_line_for_the_list_of_mails_is_no_finding_but_can_be_shown() -> None:
    line = mail(html='<p style="display:none">Your parcel arrives soon</p><p>Hello Ana')

    assert findings(line) == ()
    assert preheader(line) == "Your parcel arrives soon"
    assert preheader(mail(html="<p>Hello Ana<p hidden>Your parcel arrives soon")) == ""


def test_what_a_finding_repeats_is_plain_and_short() -> None:
    found = findings(mail(html="<p>Hello<p hidden>\u202eone\x1b[2J\n" + "two " * 900))

    assert all(one.what.isprintable() and len(one.what) < 250 for one in found)


HOSTILE = {
    "deep": "<div>" * 200_000 + "x",
    "deep and styled": "<style>div div div b{color:red}</style>" + "<div>" * 50_000,
    "formatting": "<b><p>" * 60_000 + "</b>" * 60_000,
    "tables": "<table><b>x" * 90_000,
    "angles": "<" * MB,
    "ampersands": "&" * MB,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "styles": "<style>" + "p b,p>i,.x{display:none}" * 8_000 + "</style>" + "<p><b>x" * 9_000,
    "selectors": f"<style>{'*:not(' * 99}a{')' * 99}{{}}p{' p' * 999}{{color:red}}</style>x",
    "brackets": "<style>a{"
    + "(" * 100_000
    + "</style>"
    + '<p style="'
    + "[{(" * 50_000
    + '">x',
    "media": "<style>" + "@media all{" * 20_000 + "</style>x",
    "urls": "<p style='" + "background:url(x);" * 12_000 + "'>x",
    "colours": "".join(f"<p style='color:#{n:06x}'>x" for n in range(9_000)),
    "links": "<a href='https://b@a'>a.example" * 9_000,
    "open links": "<a href=x><svg>" * 15_000 + "x",
    "comments": "<!--[if mso]><xml><" + "<xml>" * 50_000 + "<![endif]-->",
    "templates": "<template>" * 25_000 + "x",
    "shown": "<p>" + "word " * 50_000,
}


@pytest.mark.parametrize("form", HOSTILE)
def test_no_html_takes_long_or_breaks_anything(form: str) -> None:
    begun = process_time()

    findings(mail(html=HOSTILE[form]))

    assert process_time() - begun < 8


def test_what_is_hostile_to_a_browser_is_nearly_always_found() -> None:
    """The rest is harmless to a reader: nothing acts on it, or it is a link like others."""
    passed = [one.name for one in corpus() if not findings(mail(html=one.html(1)))]

    assert len(passed) <= 10, passed


@pytest.mark.parametrize("form", ["deep", "angles", "styles", "templates", "media"])
def test_what_was_not_looked_at_is_said(form: str) -> None:
    assert Kind.UNREADABLE in {one.kind for one in findings(mail(html=HOSTILE[form]))}


@pytest.mark.parametrize(
    "text",
    ["\u200b" * MB, "\u0430" * MB, "1," * (MB // 2), "https://a@" * 100_000, "a@" * (MB // 2)],
)
def test_no_plain_text_takes_long(text: str) -> None:
    begun = process_time()

    findings(mail(text=text, html="<p>Hello", subject="x"))

    assert process_time() - begun < 8


def test_twenty_megabytes_of_attachments_are_looked_at_quickly() -> None:
    one = Attachment.model_construct(
        filename="a.bin", media_type="application/octet-stream", content=b"PK\3\4" * (MB // 4)
    )
    begun = process_time()

    findings(mail(attachments=(one,) * 20))

    assert process_time() - begun < 3
