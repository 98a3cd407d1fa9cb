"""What a provider is handed reads back as what was approved, whoever wrote its file."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consumers.channels import Refused
from consumers.channels.http.providers.account import host_in, provider_in
from consumers.channels.http.providers.adapter import Account as Said
from consumers.channels.http.providers.adapter import adapter_of
from consumers.channels.http.providers.fidelity import composed, difference
from consumers.channels.http.providers.sigv4 import Signer
from outbox.errors import BadSettings
from outbox.intent import Email
from tests.channels.http.accounts import TAKEN, at
from tests.channels.http.conftest import Serve
from tests.channels.http.mails import EACH, RICH
from tests.channels.http.server import Script
from tests.channels.rig import MAIL, approved

TEMPLATES = {
    name: adapter_of(
        Said(provider=name, secret_file=Path("x"), values={"region": "eu-west-1"}), Path()
    ).mail
    for name in TAKEN
}
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=50)
@given(st.sampled_from(sorted(TAKEN)), WORDS, WORDS, WORDS, WORDS)
def test_what_is_composed_reads_back_as_what_was_approved(
    name: str, sender: str, subject: str, text: str, html: str
) -> None:
    mail = Email.model_validate(
        RICH.model_dump(exclude={"attachments"})
        | {"sender_name": sender, "subject": f"s{subject}", "text": f"t{text}", "html": html}
    )
    final = composed(TEMPLATES[name], mail, approved(mail))
    assert difference(TEMPLATES[name], final, approved(mail)) is None


@EACH
@pytest.mark.parametrize(
    "change",
    [
        {"sender_name": "Somebody"},
        {"to": ("eve@example.org",)},
        {"to": ("ada@example.org", "eve@example.org")},
        {"cc": ()},
        {"cc": ("grace@example.net", "eve@example.org")},
        {"subject": "Another"},
        {"text": "Another"},
        {"html": ""},
        {"html": "<p>Another</p>"},
        {"attachments": ()},
        {"attachments": (*RICH.attachments, *RICH.attachments)},
    ],
)
def test_bytes_that_say_anything_else_are_not_what_was_approved(
    name: str, change: dict[str, Any]
) -> None:
    manifest = approved(RICH)
    other = RICH.model_copy(update=change)
    seen = approved(other).model_copy(update={"headers": approved(other).headers})
    final = composed(TEMPLATES[name], other, seen)
    assert difference(TEMPLATES[name], final, manifest) is not None


@EACH
def test_bytes_with_anything_more_or_spelled_otherwise_are_not_what_was_approved(
    name: str,
) -> None:
    manifest = approved(RICH)
    final = composed(TEMPLATES[name], RICH, manifest)
    assert difference(TEMPLATES[name], final, manifest) is None
    for other in (
        final[:-1] + b',"bcc":["eve@example.org"]}',
        final[:-1] + b" }",
        final.replace(b"{", b'{"from":"eve@example.org",', 1),
        final[:-1],
        b"[]",
        b"null",
    ):
        assert difference(TEMPLATES[name], other, manifest) is not None


def test_a_mail_says_what_it_is_to_the_provider_and_nothing_that_is_empty() -> None:
    plain = MAIL.model_copy(update={"cc": ()})
    said = json.loads(composed(TEMPLATES["ses"], plain, approved(plain)))
    assert said["Destination"] == {"ToAddresses": ["ada@example.org"]}
    assert set(said["Content"]["Simple"]) == {"Subject", "Body"}
    assert set(said["Content"]["Simple"]["Body"]) == {"Text"}


@pytest.mark.parametrize(
    ("method", "signature"),
    [
        ("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ],
)
def test_amazons_signature_is_that_of_its_own_test_vectors(method: str, signature: str) -> None:
    signer = Signer(
        key="AKIDEXAMPLE",
        secret="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        region="us-east-1",
        service="service",
    )
    at = dt.datetime(2015, 8, 30, 12, 36, tzinfo=dt.UTC)
    found = signer.headers(method, "https://example.amazonaws.com/", {}, b"", at)
    assert found["authorization"].endswith(f"Signature={signature}")


def _but(**change: Any) -> dict[str, Any]:
    return change


@pytest.mark.parametrize(
    "change",
    [
        _but(mail={"from": "$from"}),
        _but(mail={**TEMPLATES["resend"], "again": "$from"}),
        _but(mail={**TEMPLATES["resend"], "who": "$nobody"}),
        _but(url="http://api.example.com/"),
        _but(url="https://10.0.0.1/"),
        _but(auth=None),
        _but(sigv4={"service": "ses", "region": "eu"}),
        _but(accepted={"id": []}),
        _but(accepted=None),
        _but(surprise=1),
    ],
)
def test_a_file_that_does_not_say_all_of_a_mail_is_refused(
    serve: Serve, tmp_path: Path, change: dict[str, Any]
) -> None:
    with (
        pytest.raises(BadSettings, match="HOLDSHORT_MAIL_API"),
        at(serve, tmp_path, "resend", Script(), change=change),
    ):
        pass


def test_the_files_that_come_with_it_can_be_used_as_they_are(tmp_path: Path) -> None:
    file, secret = tmp_path / "mail.json", tmp_path / "secret"
    secret.write_text("KEY:SECRET")
    secret.chmod(0o600)
    hosts = []
    for name in TAKEN:
        said = {"provider": name, "secret_file": "secret", "values": {"region": "eu-west-1"}}
        file.write_text(json.dumps(said))
        hosts.append(host_in(file))
        assert provider_in(file).name == name
    assert hosts == ["api.resend.com", "api.postmarkapp.com", "email.eu-west-1.amazonaws.com"]
    file.write_text(json.dumps({"provider": "nobody", "secret_file": "secret"}))
    with pytest.raises(BadSettings, match="no provider nobody"):
        provider_in(file)


def test_another_mail_than_the_manifest_names_does_not_leave(
    serve: Serve, tmp_path: Path
) -> None:
    from tests.channels.rig import claim_of

    with at(serve, tmp_path, "resend", Script()) as account:
        other = claim_of(MAIL.model_copy(update={"text": "Another"}))
        outcome = account.hand_in(replace(other, manifest=claim_of(MAIL).manifest))
    assert isinstance(outcome, Refused)
    assert "not what was approved" in outcome.reason
    assert account.rig.server.connections == 0
