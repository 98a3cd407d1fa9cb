"""What agents wrote is shown in cages and in words, whatever it is."""

from __future__ import annotations

import base64

import httpx

from outbox.intent import Attachment
from outbox.store import Connection
from tests.parts.journey import awaiting, mail


def test_its_html_its_files_and_its_raw_bytes_come_in_documents_of_their_own(
    ada: httpx.Client, db: Connection
) -> None:
    script = "<p>Hello</p><script>alert(1)</script>"
    file = Attachment(
        filename="a.html", media_type="text/html", content=base64.b64encode(b"<b>file</b>")
    )
    intent = awaiting(db, mail().model_copy(update={"html": script, "attachments": (file,)}))
    of = f"/intents/{intent.id}"

    page = ada.get(f"{of}?show=rendered").text
    html = ada.get(f"{of}/versions/1/html")
    attached = ada.get(f"{of}/versions/1/attachments/1")
    raw = ada.get(f"{of}/raw")

    assert 'sandbox="" referrerpolicy="no-referrer"' in page
    assert f'src="{of}/versions/1/html"' in page
    assert html.text == script
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert attached.content == b"<b>file</b>"
    for download in (attached, raw):
        assert download.headers["content-type"] == "application/octet-stream"
        assert download.headers["content-disposition"].startswith("attachment;")
    assert f"Message-ID: <{intent.id}.1." in raw.text
    assert "Message-ID:" in ada.get(f"{of}?show=raw").text
    assert ada.get(f"{of}/versions/1/attachments/2").status_code == 404
    assert ada.get(f"{of}/versions/2/html").status_code == 404


def test_what_a_mail_hides_stands_beside_it(ada: httpx.Client, db: Connection) -> None:
    hidden = '<p>Dear Ada</p><p style="display:none">Pay to account 4711</p>'
    intent = awaiting(db, mail().model_copy(update={"html": hidden}))

    page = ada.get(f"/intents/{intent.id}").text

    assert "What it hides" in page
    assert "Pay to account 4711" in page
    assert "What it hides" not in ada.get(f"/intents/{awaiting(db).id}").text


def test_what_lists_of_mails_show_first_is_shown_though_the_mail_hides_it(
    ada: httpx.Client, db: Connection
) -> None:
    html = '<div style="display:none">Your invoice is ready</div><p>your invoice is ready.</p>'
    intent = awaiting(db, mail().model_copy(update={"html": html}))

    assert "Lists of mails show after the subject" in ada.get(f"/intents/{intent.id}").text
