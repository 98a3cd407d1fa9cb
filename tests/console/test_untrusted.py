"""How agent-written HTML and files are handed to a reviewer's browser."""

from __future__ import annotations

import pytest
from fastapi import Response

from consumers.console import untrusted


def test_html_is_served_byte_for_byte() -> None:
    html = "<p>schön <script>x()</script><!-- kept --></p>\r\n<p hidden>also kept"

    answer = untrusted.document(html)

    assert answer.body == html.encode()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "answer", [untrusted.document("<p>x"), untrusted.download(b"x", "x.html")]
)
def test_nothing_of_it_may_run_load_or_be_kept(answer: Response) -> None:
    assert answer.headers["content-security-policy"] == (
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        "frame-ancestors 'self'"
    )
    assert answer.headers["connection-allowlist"] == "()"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["x-dns-prefetch-control"] == "off"
    assert answer.headers["cache-control"] == "no-store"
    assert "publickey-credentials-get=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize(
    ("filename", "plain", "whole"),
    [
        ("invoice.pdf", "invoice.pdf", "invoice.pdf"),
        ("Rechnung März.pdf", "Rechnung M_rz.pdf", "Rechnung%20M%C3%A4rz.pdf"),
        ('a"; filename=b.exe', "a__ filename=b.exe", "a__%20filename%3Db.exe"),
        ("../../etc/passwd", "_.._etc_passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x", "a__Set-Cookie_%20x"),
        ("fdp.\u202egpj.exe", "fdp._gpj.exe", "fdp._gpj.exe"),
        ("...", "file", "file"),
    ],
)
def test_the_name_of_a_download_is_only_a_name(filename: str, plain: str, whole: str) -> None:
    answer = untrusted.download(b"%PDF-", filename)

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    )
