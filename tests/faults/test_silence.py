"""A mail server that goes away after the dot: in doubt for good, and never asked again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from consumers.channels.smtp import Security, Smtp
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.channels.rig import GENEROUS, Authority, serving
from tests.channels.scripted_smtp import Act, Then
from tests.faults.sending import approved_for_the_rig, sender_over
from tests.parts import journey
from tests.parts.journey import state_of

IMPATIENT = replace(GENEROUS, reply=dt.timedelta(milliseconds=150))


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(Then.CLOSE, marks=pytest.mark.fault("12 closed after the dot")),
        pytest.param(Then.RESET, marks=pytest.mark.fault("12 reset after the dot")),
        pytest.param(Then.HANG, marks=pytest.mark.fault("12 silence after the dot")),
    ],
)
def test_a_server_that_goes_away_after_the_dot_strands_the_mail_and_gets_no_second(
    db: Connection, authority: Authority, then: Then
) -> None:
    id = approved_for_the_rig(db)
    tls = authority.context("localhost")
    with serving(
        *(Security.IMPLICIT_TLS, tls, authority.file, {"dot": Act(then=then)}, IMPATIENT)
    ) as rig:
        sender = sender_over(Smtp(rig.smarthost, timeouts=rig.timeouts), db)

        first = sender.look()
        Ledger(db, worker="sweeper-1").sweep()
        second = sender.look()

    assert (first, second, len(rig.server.mails)) == (1, 0, 1)
    assert (state_of(db, id), journey.kinds_of(db, id)[-1]) == ("stranded", "stranded")
