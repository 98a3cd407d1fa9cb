"""What is handed over is what was checked, or its dot is never asked for."""

from __future__ import annotations

import pytest

from consumers.channels import Delivered, Refused
from consumers.channels.smtp import phases
from consumers.channels.smtp.mime import as_read, stuffed
from consumers.channels.smtp.phases import Conversation
from tests.channels.rig import Rig


def test_bytes_that_changed_after_their_check_get_no_dot(
    well: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = Conversation.hand_over

    def other(talk: Conversation, final: bytes, checked: str) -> None:
        hand_over(talk, final.replace(b"Dear Ada", b"Dear Eve"), checked)

    monkeypatch.setattr(Conversation, "hand_over", other)

    outcome = well.send()

    assert isinstance(outcome, Refused)
    assert "other bytes would be handed over than checked" in outcome.reason
    assert (well.permits.asked, well.server.mails) == (0, [])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"\r\n..\r\n", b"\r\n.\r\n"),
        (b"\r\n\r\n", b"\r\n.\r\n"),
        (b"\r\nbye", b"\r\n."),
    ],
)
def test_no_dot_of_the_body_ends_the_mail_before_its_permit(
    well: Rig, monkeypatch: pytest.MonkeyPatch, right: bytes, wrong: bytes
) -> None:
    def smuggled(final: bytes) -> bytes:
        return stuffed(final).replace(right, wrong)

    monkeypatch.setattr(phases, "stuffed", smuggled)

    outcome = well.send()

    assert isinstance(outcome, Refused)
    assert (well.permits.asked, well.server.mails) == (0, [])
    assert "DATA" not in well.server.commands


def test_the_evidence_says_that_the_bytes_were_compared(well: Rig) -> None:
    outcome = well.send()

    assert isinstance(outcome, Delivered)
    checks = outcome.evidence["checks"]
    assert isinstance(checks, list)
    assert "handed_over_is_what_was_checked" in checks


@pytest.mark.parametrize("mail", [b"a\r\n", b".\r\n", b"..a\r\n.\r\n", b"a\r\n\r\n"])
def test_a_server_reads_what_was_meant(mail: bytes) -> None:
    assert as_read(stuffed(mail)) == mail
