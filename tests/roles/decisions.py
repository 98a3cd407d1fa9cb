"""Decisions that nobody may take, or not in this role, as data: see `forgeries`."""

from __future__ import annotations

from tests.parts.journey import A_NO


def decided(which: str, role: str, target: str, kind: str, evidence: str = A_NO) -> str:
    told = f"'eve', '{role}', '{target}', '{kind}', '{evidence}'"
    return f"SELECT outbox.decide(:{which}, #{which}, {told})"


OF_AN_AGENT = (
    decided("proposed", "human", "rejected", "rejected"),
    decided("proposed", "agent", "rejected", "rejected"),
    decided("proposed", "human", "sent_back", "sent_back"),
    decided("proposed", "agent", "sent_back", "sent_back"),
    decided("approved", "agent", "withdrawn", "withdrawn"),
    decided("awaiting", "human", "approved", "approved"),
    decided("proposed", "agent", "withdrawn", "approved", '{"approval": 1}'),
    decided("stranded", "agent", "sent", "resolved"),
)
OF_A_PERSON = (
    *(
        decided(which, role, target, kind)
        for which, role, target, kind in (
            ("awaiting", "human", "approved", "approved"),
            ("awaiting", "human", "sent", "resolved"),
            ("awaiting", "sender", "sending", "sent"),
            ("awaiting", "human", "rejected", "permit"),
            ("awaiting", "router", "in_review", "returned"),
            ("approved", "human", "releasing", "permit"),
            ("approved", "sender", "releasing", "returned"),
            ("sent", "human", "in_review", "resolved"),
            ("stranded", "sender", "sent", "resolved"),
            ("stranded", "human", "approved", "resolved"),
            ("awaiting", "agent", "sent_back", "sent_back"),
            ("approved", "human", "sent_back", "sent_back"),
            ("stranded", "human", "sent_back", "sent_back"),
            ("awaiting", "human", "submitted", "sent_back"),
        )
    ),
    decided("awaiting", "human", "sent_back", "sent_back", "{}"),
)
