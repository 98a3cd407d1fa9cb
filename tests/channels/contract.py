"""What every channel keeps to, whatever it speaks: a class that channels' tests inherit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol

import pytest

from consumers.channels import Deferred, Delivered, Halted, Outcome, Refused, Uncertain
from outbox.errors import GateClosed, LeaseLost
from tests.channels.rig import Permits


class Peer(StrEnum):
    """How the other side behaves."""

    WELL = "well"
    GONE = "gone"  # it hangs up at once
    UNTRUSTED = "untrusted"  # nobody vouches for its certificate
    SILENT = "silent"  # it takes everything, and hangs up without a word
    DEFINITE = "definite"  # it takes everything, and says no
    DOUBTFUL = "doubtful"  # it says something that is no answer to what was asked


class Sending(Protocol):
    """A channel, an approved intent that it carries, and a peer that counts."""

    permits: Permits

    def send(self) -> Outcome: ...

    @property
    def delivered(self) -> int:
        """How many effects the other side has seen."""
        ...


Start = Callable[[Peer], AbstractContextManager[Sending]]


class ChannelContract:
    """Delivered, Refused and Uncertain mean the same on every channel.

    Inherit it, and give it a fixture `start`.
    """

    def test_what_was_taken_is_delivered_once_under_one_permit(self, start: Start) -> None:
        with start(Peer.WELL) as sending:
            assert isinstance(sending.send(), Delivered)
        assert (sending.permits.asked, sending.delivered) == (1, 1)

    @pytest.mark.parametrize("peer", [Peer.GONE, Peer.UNTRUSTED])
    def test_whom_it_cannot_trust_or_reach_gets_nothing_and_costs_nothing(
        self, start: Start, peer: Peer
    ) -> None:
        with start(peer) as sending:
            assert isinstance(sending.send(), Deferred | Halted)
        assert (sending.permits.asked, sending.delivered) == (0, 0)

    @pytest.mark.parametrize("peer", [Peer.SILENT, Peer.DOUBTFUL])
    def test_silence_after_everything_is_uncertain_and_never_repeated(
        self, start: Start, peer: Peer
    ) -> None:
        with start(peer) as sending:
            assert isinstance(sending.send(), Uncertain)
        assert sending.permits.asked == 1
        assert sending.delivered <= 1

    def test_a_definite_no_is_refused_and_never_repeated(self, start: Start) -> None:
        with start(Peer.DEFINITE) as sending:
            assert isinstance(sending.send(), Refused)
        assert sending.permits.asked == 1

    @pytest.mark.parametrize("refusal", [GateClosed("outbound_off"), LeaseLost("swept")])
    def test_without_a_permit_nothing_leaves_and_its_refusal_passes_through(
        self, start: Start, refusal: Exception
    ) -> None:
        def refuse() -> None:
            raise refusal

        with start(Peer.WELL) as sending:
            sending.permits.given = refuse
            with pytest.raises(type(refusal)):
                sending.send()
        assert (sending.permits.asked, sending.delivered) == (1, 0)

    def test_until_the_permit_is_given_nothing_is_delivered(self, start: Start) -> None:
        with start(Peer.WELL) as sending:
            seen: list[int] = []
            sending.permits.given = lambda: seen.append(sending.delivered)
            sending.send()
        assert seen == [0]
